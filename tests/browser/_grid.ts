/**
 * The grid view of the folder page, as a test looks at it.
 *
 * @module
 */

import type { Page } from "playwright-core";

import type { Entries } from "../_support/tree.ts";
import { JPEG, PNG, SVG, until } from "./_gallery.ts";

/** Opens the page as a grid. */
export const GRID = { query: "?view=grid" };

/** Four images among other entries. */
export const MIXED: Entries = {
  "docs/": null,
  "a photo.JPG": JPEG,
  "b.png": PNG,
  "c.svg": SVG,
  "notes.txt": "text",
  "page.html": "<p>page",
  "x.zip": "zip",
  [`${"long name ".repeat(20)}.png`]: PNG,
};

/** So many images, named by their number. */
export function pictures(count: number): Entries {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${String(index).padStart(5, "0")}.png`,
      PNG,
    ]),
  );
}

/** Names of the tiles that have a picture, once there are so many. */
export async function shownNames(page: Page, count: number): Promise<unknown> {
  await until(
    page,
    `document.querySelectorAll(".shot.ready").length === ${count}`,
  );
  return await page.evaluate(
    `[...document.querySelectorAll(".shot.ready")]
      .map((shot) => shot.parentNode.querySelector("bdi").textContent)`,
  );
}
