/**
 * A folder that somebody hostile has filled, shared by the command with the
 * least permissions, and a browser that tells of everything that happens.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { Browser, Page } from "playwright-core";

import { CHROMIUM, launchBrowser } from "../_support/browser.ts";
import { type Server, startServer } from "../_support/cli.ts";
import { type Entries, makeTree, type Tree } from "../_support/tree.ts";

/** What every attack of these tests calls when it gets to run. */
export const PWN = "window.__pwned=1;document.title='pwned';alert(1)";

/** A page, and what happened in it. */
export interface Visit {
  readonly page: Page;
  /** Asks for a path and waits until everything of the page is there. */
  goto(path: string): Promise<void>;
  /** Follows the first link that a selector finds, without leaving the page. */
  follow(selector: string): Promise<Followed>;
  /** The texts of what a selector finds. */
  textsOf(selector: string): Promise<string[]>;
  /** Paths that the browser asked this server for since the test began. */
  asked(): readonly string[];
  /** Fails if anything ran, or was asked for from elsewhere. */
  assertHarmless(title: string): Promise<void>;
}

/** Where a link led. */
export interface Followed {
  readonly status: number;
  readonly redirected: boolean;
  readonly text: string;
}

/** One browser and one server for the tests of a file. */
export interface Stage {
  readonly origin: () => string;
  /** Registers a test of one case. */
  test(name: string, fn: (visit: Visit) => Promise<void>): void;
}

interface Running extends Seen {
  readonly browser: Browser;
  readonly visit: Visit;
  readonly server: Server;
  readonly tree: Tree;
}

/** What was seen since a test began. */
interface Seen {
  /** What should not have happened. */
  readonly happened: string[];
  /** What was asked of the server. */
  readonly asked: string[];
}

const NOT_FOUND = /^Failed to load resource: .* status of 404/;

const WATCH = `
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.__violations.push(event.violatedDirective + " " + event.blockedURI));
`;

/** Makes the stage: server and browser start with the first test. */
export function createStage(entries: Entries): Stage {
  let running: Running | undefined;

  async function start(): Promise<Running> {
    const tree = await makeTree(entries);
    const server = await startServer({
      directory: tree.path,
      args: ["--dotfiles", "--quiet"],
    });
    const browser = await launchBrowser();
    const context = await browser.newContext();
    await context.addInitScript(WATCH);
    const page = await context.newPage();
    const seen = { happened: [], asked: [] };
    watch(page, server.origin, seen);
    const visit = createVisit(page, server.origin, seen);
    return { tree, server, browser, visit, ...seen };
  }

  Deno.test.afterAll(async () => {
    await running?.browser.close();
    await running?.server[Symbol.asyncDispose]();
    await running?.tree[Symbol.asyncDispose]();
  });

  return {
    origin: () => running?.server.origin ?? "",
    test(name, fn) {
      const isMissing = CHROMIUM === null;
      Deno.test({
        name: isMissing ? `${name} (ignored: no Chromium, set CHROMIUM)` : name,
        ignore: isMissing,
        // Browser and server are those of all tests of the file.
        sanitizeOps: false,
        sanitizeResources: false,
        async fn() {
          running ??= await start();
          running.happened.length = 0;
          running.asked.length = 0;
          await fn(running.visit);
        },
      });
    },
  };
}

function watch(page: Page, origin: string, { happened, asked }: Seen): void {
  page.on("dialog", async (dialog) => {
    happened.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("console", (message) => {
    // An image of a README that is not there, or an icon, does no harm.
    if (NOT_FOUND.test(message.text())) return;
    happened.push(`console: ${message.text()}`);
  });
  page.on("pageerror", ({ message }) => happened.push(`error: ${message}`));
  page.on("popup", (popup) => happened.push(`popup: ${popup.url()}`));
  page.on("download", (file) => happened.push(`download: ${file.url()}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin === origin) asked.push(url.pathname + url.search);
    else if (url.protocol !== "data:") {
      happened.push(`request: ${url.href}`);
    }
  });
}

function createVisit(
  page: Page,
  origin: string,
  { happened, asked }: Seen,
): Visit {
  return {
    page,
    async goto(path) {
      await page.goto(`${origin}${path}`);
    },
    textsOf: (selector) => page.locator(selector).allTextContents(),
    follow: (selector) =>
      page.evaluate(`(async () => {
        const link = document.querySelector(${JSON.stringify(selector)});
        const response = await fetch(link.href);
        const { status, redirected } = response;
        return { status, redirected, text: await response.text() };
      })()`),
    asked: () => asked,
    async assertHarmless(title) {
      // What a timer or an event of the page would still do.
      await page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))",
      );
      const state = await page.evaluate(
        "({ title: document.title, pwned: window.__pwned, violations: window.__violations })",
      );
      assertEquals(state, { title, pwned: undefined, violations: [] });
      assertEquals(happened, []);
    },
  };
}
