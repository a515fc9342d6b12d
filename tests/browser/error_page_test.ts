import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import { createHandler } from "../../lib/handler.ts";
import type { ServeOptions } from "../../lib/options.ts";
import { createRefuse } from "../../lib/replies/refusal.ts";
import { browserTest } from "../_support/browser.ts";
import { makeTree } from "../_support/tree.ts";

const PHONE = { viewport: { width: 360, height: 740 } };
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const STATUSES = [400, 401, 403, 404, 405, 412, 414, 416, 421, 500, 503];

interface Site extends AsyncDisposable {
  readonly page: Page;
  readonly problems: readonly string[];
  readonly origin: string;
}

/** A server whose `/status/N/x` is refused with that status. */
async function openSite(
  browser: Browser,
  path: string,
  options: BrowserContextOptions,
  look: Partial<ServeOptions> = {},
): Promise<Site> {
  const tree = await makeTree({ "a/b/c.txt": "" });
  const handler = await createHandler(tree.path, look);
  const refuse = await createRefuse({ title: null, theme: "auto", ...look });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request, info) => {
      const status = /\/status\/(\d+)\/x$/.exec(request.url)?.[1];
      if (status === undefined) return handler(request, info);
      const asked = { segments: ["status", status, "x"], isFolder: false };
      const { headers, body } = refuse(Number(status), [], asked);
      return new Response(body.kind === "bytes" ? body.bytes : null, {
        status: Number(status),
        headers: headers.map(([name, value]) => [name, value]),
      });
    },
  );
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    // Chromium says so of each of these pages.
    if (!message.text().includes("responded with a status of")) {
      problems.push(message.text());
    }
  });
  await page.goto(`${origin}${path}`);
  return {
    page,
    problems,
    origin,
    async [Symbol.asyncDispose]() {
      await context.close();
      await server.shutdown();
      await tree[Symbol.asyncDispose]();
    },
  };
}

browserTest("the page of each error explains itself", async (browser) => {
  await using site = await openSite(browser, "/", PHONE);
  const { page, origin } = site;
  for (const status of STATUSES) {
    await page.goto(`${origin}/status/${status}/x`);

    assertEquals(await page.locator(".code").textContent(), String(status));
    assertEquals(await page.locator("h1").count(), 1);
    assertEquals(
      await page.evaluate("document.documentElement.scrollWidth"),
      360,
    );
    const sizes: number[][] = await page.evaluate(
      `[...document.querySelectorAll("a")].map((link) => {
        const { width, height } = link.getBoundingClientRect();
        return [width, height];
      })`,
    );
    assert(sizes.every((size) => Math.min(...size) >= 24), String(sizes));
    assertEquals(site.problems, []);
  }
});

browserTest("a page of 404 leads back, folder by folder", async (browser) => {
  await using site = await openSite(browser, "/a/b/none/x", DESKTOP);
  const { page, origin } = site;
  const up = page.getByRole("link", { name: "Go up one folder" });

  await up.click();
  await page.waitForURL(`${origin}/a/b/none/`);
  await up.click();
  await page.waitForURL(`${origin}/a/b/`);
  assertEquals(await page.locator("h1").textContent(), "b");

  await page.goto(`${origin}/a/none`);
  await page.getByRole("link", { name: "Go to the start page" }).click();
  await page.waitForURL(`${origin}/`);
});

browserTest("a page of 503 can be asked for again", async (browser) => {
  await using site = await openSite(browser, "/status/503/x?a=b", DESKTOP);
  const { page, origin } = site;
  await page.goto(`${origin}/status/503/x`);
  const again = page.waitForRequest(`${origin}/status/503/x`);

  await page.getByRole("link", { name: "Try again" }).click();

  assertEquals((await again).method(), "GET");
});

browserTest(
  "a page of 404 has the title and theme of the site",
  async (browser) => {
    const look = { title: "Photos <b>", theme: "dark" } as const;
    await using site = await openSite(
      browser,
      "/a/none",
      { ...DESKTOP, colorScheme: "light" },
      look,
    );

    assertEquals(await site.page.title(), "404 Not Found: Photos <b>");
    assertEquals(
      await site.page.evaluate("getComputedStyle(document.body).colorScheme"),
      "dark",
    );
    assertEquals(
      await site.page.getByRole("link").last().textContent(),
      "Go to Photos <b>",
    );
  },
);

browserTest(
  "axe finds nothing on the page of any error, light or dark",
  async (browser) => {
    const options = { ...PHONE, bypassCSP: true };
    await using site = await openSite(browser, "/", options);
    const { page, origin } = site;
    for (const status of STATUSES) {
      await page.goto(`${origin}/status/${status}/x`);
      await page.evaluate(axe.source);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });

        const violations = await page.evaluate(
          "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))",
        );

        assertEquals(violations, [], `${status} ${colorScheme}`);
      }
    }
  },
);
