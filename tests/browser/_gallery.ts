/**
 * A folder of pictures, recordings and texts, served as it is served to people
 * and opened in a real browser.
 *
 * @module
 */

import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import { serveLocally } from "../_support/server.ts";
import { makeTree } from "../_support/tree.ts";
import type { Entries, Tree } from "../_support/tree.ts";

/** A red picture of 64 by 48. */
export const PNG: Uint8Array = bytesOf(
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAACXBIWXMAAAABAAAAAQBPJcTWAAAAXElEQVR4nO3PAQkAQBCEwO3f+eBjiLxggHG3qeMFDcjjBQ3I4wUNyOMFDcjjBQ3I4wUNyOMFDcjjBQ3I4wUNyOMFDcjjBQ3I4wUNyOMFDcjjBQ3I4wUNyOMFvw88NFPcptzFom0AAAAASUVORK5CYII=",
);

/** A blue picture of 8 by 8. */
export const JPEG: Uint8Array = bytesOf(
  "/9j/4AAQSkZJRgABAgAAAQABAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAg+Pkk+SVVVVVVVVWRdZGhoaGRkZGRoaGhwcHCDg4NwcHBoaHBwfHyDg4+Tj4eHg4eTk5ubm7q6srLZ2eD/////xABMAAEBAAAAAAAAAAAAAAAAAAAABwEBAQAAAAAAAAAAAAAAAAAABQcQAQAAAAAAAAAAAAAAAAAAAAARAQAAAAAAAAAAAAAAAAAAAAD/wAARCAAIAAgDASIAAhEAAxEA/9oADAMBAAIRAxEAPwCOAL+Lf//Z",
);

/** A green drawing, with a script that must never run. */
export const SVG = `<svg viewBox="0 0 4 3" xmlns="http://www.w3.org/2000/svg">
  <script>parent.ran = top.ran = "SVG"; fetch("/ran-svg")</script>
  <rect width="4" height="3" fill="green" onload="fetch('/ran-svg')"/>
</svg>`;

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** A small window that is touched. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
};

/** A window on a desk. */
export const DESKTOP: BrowserContextOptions = {
  viewport: { width: 1280, height: 800 },
};

/** An open folder page. */
export interface Gallery extends AsyncDisposable {
  readonly page: Page;
  readonly tree: Tree;
  /** Address of the folder, with a slash at its end. */
  readonly url: string;
  /** What the browser complained of: errors, refused scripts, failed requests. */
  readonly problems: readonly string[];
  /** Paths of what was asked for, decoded, in order. */
  readonly asked: readonly string[];
}

/** What differs from a desktop that opens the folder. */
export interface GalleryOptions extends BrowserContextOptions {
  /** As in `?view=grid`. */
  readonly query?: string;
  /** Done to the page before it is opened. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** Serves a folder of these files and opens its page. */
export async function openGallery(
  browser: Browser,
  files: Entries,
  options: GalleryOptions = {},
): Promise<Gallery> {
  const { query = "", prepare, ...contextOptions } = options;
  const tree = await makeTree(
    Object.fromEntries(
      Object.entries(files).map(([name, file]) => [`folder/${name}`, file]),
    ),
  );
  const server = await serveLocally(tree.path);
  const context = await browser.newContext({ ...DESKTOP, ...contextOptions });
  const page = await context.newPage();
  const problems: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  context.on("request", (request) => {
    const { origin, pathname, search } = new URL(request.url());
    if (origin !== server.origin) problems.push(request.url());
    asked.push(decodeURIComponent(pathname) + search);
  });
  await prepare?.(page);
  const url = `${server.origin}/folder/`;
  await page.goto(url + query);
  return {
    page,
    tree,
    url,
    problems,
    asked,
    async [Symbol.asyncDispose]() {
      await context.close();
      await server[Symbol.asyncDispose]();
      await tree[Symbol.asyncDispose]();
    },
  };
}

/**
 * Waits until an expression holds. The page's own policy forbids Playwright's
 * way of waiting, which evaluates text inside the page.
 */
export async function until(page: Page, expression: string): Promise<void> {
  await page.evaluate(`new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("never")), 10_000);
    const look = () => {
      if (!(${expression})) return setTimeout(look, 5);
      clearTimeout(late);
      resolve();
    };
    look();
  })`);
}

/** What axe-core finds in a part of the page; its script is let in by force. */
export async function violationsOf(
  page: Page,
  selector = "html",
): Promise<unknown> {
  if (await page.evaluate("!window.axe")) await page.evaluate(axe.source);
  return await page.evaluate(
    `axe.run(${JSON.stringify(selector)}).then(({ violations }) =>
      violations.map(({ id, nodes }) => [id, nodes[0].html]))`,
  );
}
