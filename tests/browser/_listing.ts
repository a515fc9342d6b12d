/**
 * Tests of the folder page that share one browser, and what they look at.
 *
 * @module
 */

import type { Browser, Page } from "playwright-core";

import { CHROMIUM, launchBrowser } from "../_support/browser.ts";
import type { Entries, Link } from "../_support/tree.ts";

/** A folder with something of everything. */
export const MIXED: Record<string, string | Uint8Array | Link | null> = {
  "docs/": null,
  "Álbum/": null,
  "file 10.txt": "x".repeat(12_345),
  "file 2.txt": "xx",
  "École.pdf": "xxx",
  "photo.JPG": "xxxx",
  "song.mp3": "xxxxx",
  "site.tar.gz": "xxxxxx",
  "two\nlines & <b>.md": "# x",
  "קובץ.txt": "x",
  [`${"long ".repeat(50)}.txt`]: "x",
};

/** So many small files. */
export function filesOf(count: number): Entries {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`file-${index}.txt`, "x"]),
  );
}

/** Registers tests of one kind, which share a browser; without one, ignored. */
export function listingTests(
  name: string,
  tests: Readonly<Record<string, (browser: Browser) => Promise<void>>>,
): void {
  const isMissing = CHROMIUM === null;
  Deno.test({
    name: isMissing ? `${name} (ignored: no Chromium, set CHROMIUM)` : name,
    ignore: isMissing,
    // The driver keeps timers and pipes of its own that outlive a test.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn(t) {
      const browser = await launchBrowser();
      try {
        for (const [what, test] of Object.entries(tests)) {
          await t.step(what, () => test(browser));
        }
      } finally {
        await browser.close();
      }
    },
  });
}

/** Names in the order in which they are shown. */
export async function shownNames(page: Page): Promise<string[]> {
  return await page.evaluate(
    `[...document.querySelectorAll("tbody:not(.top) a")]
      .filter((link) => link.checkVisibility())
      .map((link) => decodeURIComponent(link.pathname.split("/").filter(Boolean).at(-1)))`,
  );
}

/** Names of the entries that are selected. */
export async function selectedNames(page: Page): Promise<string[]> {
  return await page.evaluate(
    `[...document.querySelectorAll("[name=name]:checked")].map((box) => box.value)`,
  );
}

/** Name of the entry that has the focus, or else the kind of element. */
export async function focused(page: Page): Promise<string> {
  return await page.evaluate(
    `document.activeElement.querySelector("bdi")?.textContent ?? (document.activeElement.id || document.activeElement.textContent || document.activeElement.tagName)`,
  );
}

/** Sum of all layout shifts so far, those after a press of a key included. */
export const WATCH_SHIFTS = `
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) shifts.push([value, hadRecentInput]);
  }).observe({ type: "layout-shift", buffered: true });
`;
