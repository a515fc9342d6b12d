/**
 * Two sites in one browser: names of foreign sites that lead to this machine,
 * a web server of a stranger, and what a page of theirs can find out about us.
 *
 * @module
 */

import type { Browser, Page } from "playwright-core";

import { launchBrowser } from "../../_support/browser.ts";

/** Names of the internet, as far as the browser knows. */
export const FOREIGN_NAMES = ["evil.example", "friend.example"] as const;

/** Starts a browser in which foreign names lead to this machine. */
export function launchForeignBrowser(): Promise<Browser> {
  const rules = FOREIGN_NAMES.map((name) => `MAP ${name} 127.0.0.1`);
  return launchBrowser([
    `--host-resolver-rules=${rules.join(",")}`,
    "--no-proxy-server",
  ]);
}

/** A web server that is not ours. */
export interface ForeignSite extends AsyncDisposable {
  readonly port: number;
}

/** Serves a page on every path of every name that leads here. */
export function serveForeign(): ForeignSite {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () =>
      new Response("<!doctype html><title>foreign</title>foreign", {
        headers: { "content-type": "text/html", "connection": "close" },
      }),
  );
  return {
    port: server.addr.port,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** How a page asks. */
export interface Asking {
  readonly headers?: Readonly<Record<string, string>>;
  readonly credentials?: "include" | "omit";
  readonly mode?: "cors" | "no-cors";
}

/** What a page could read, or that the browser did not let it. */
export interface Seen {
  readonly status: number;
  readonly text: string;
  /** `ETag` and `Content-Range`, as far as a script may see them. */
  readonly etag: string | null;
  readonly contentRange: string | null;
  /** `basic`, `cors`, `opaque`, or `blocked`. */
  readonly type: string;
}

/** Reads a URL by a script of the page. */
export async function readFrom(
  page: Page,
  url: string,
  asking: Asking = {},
): Promise<Seen> {
  return await page.evaluate(async ({ url, asking }) => {
    try {
      const response = await fetch(url, {
        headers: { ...asking.headers },
        credentials: asking.credentials ?? "same-origin",
        mode: asking.mode ?? "cors",
        cache: "no-store",
      });
      return {
        status: response.status,
        text: await response.text(),
        etag: response.headers.get("etag"),
        contentRange: response.headers.get("content-range"),
        type: response.type,
      };
    } catch {
      const nothing = { etag: null, contentRange: null };
      return { status: 0, text: "", ...nothing, type: "blocked" };
    }
  }, { url, asking });
}

/** Embeds an image in the page: its width, 0 where it was not shown. */
export async function embedImage(page: Page, url: string): Promise<number> {
  return await page.evaluate<number>(`(async () => {
    const image = document.createElement("img");
    image.src = ${JSON.stringify(url)};
    document.body.append(image);
    await image.decode().catch(() => {});
    return image.naturalWidth;
  })()`);
}

/** Frames a URL in the page: whether a text is in what the frame shows. */
export async function isFramed(
  page: Page,
  url: string,
  text: string,
): Promise<boolean> {
  await page.evaluate(`new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.src = ${JSON.stringify(url)};
    frame.addEventListener("load", () => resolve());
    document.body.append(frame);
  })`);
  const shown = page.frames().filter((frame) => frame.parentFrame() !== null);
  const contents = await Promise.all(shown.map((frame) => frame.content()));
  return contents.some((content) => content.includes(text));
}

/** Opens a page of a foreign site, in a browser profile of its own. */
export async function openPage(
  browser: Browser,
  url: string,
  login?: { readonly username: string; readonly password: string },
): Promise<Page> {
  const context = await browser.newContext(
    login === undefined ? {} : { httpCredentials: login },
  );
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** What a DNS entry is for a name that changes: where connections lead. */
export interface Switch extends AsyncDisposable {
  readonly port: number;
  /** Where connections lead from now on. */
  pointTo(port: number): void;
}

/**
 * Hands connections on to a port of this machine that can be changed: what a
 * stranger does with the DNS entry of a name, seen from the browser.
 */
export function openSwitch(first: number): Switch {
  let target = first;
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const relays: Promise<void>[] = [];

  async function relay(from: Deno.Conn): Promise<void> {
    open.add(from);
    try {
      const to = await Deno.connect({ hostname: "127.0.0.1", port: target });
      open.add(to);
      await Promise.allSettled([
        from.readable.pipeTo(to.writable),
        to.readable.pipeTo(from.writable),
      ]);
    } catch { /* nobody listens there: the browser sees the end */ }
  }

  function cut(): void {
    for (const connection of open) {
      try {
        connection.close();
      } catch { /* closed already, with its streams */ }
    }
    open.clear();
  }

  const accepting = (async () => {
    for await (const connection of listener) relays.push(relay(connection));
  })();
  return {
    port: listener.addr.port,
    pointTo(port) {
      target = port;
      cut();
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      cut();
      await Promise.allSettled([accepting, ...relays]);
    },
  };
}
