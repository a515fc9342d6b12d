/**
 * The viewer of the folder page, as a test looks at it.
 *
 * @module
 */

import type { Page } from "playwright-core";

import type { Entries } from "../_support/tree.ts";
import { JPEG, PNG, SVG, until } from "./_gallery.ts";

/** Four entries that the viewer shows, among others. */
export const FILES: Entries = {
  "docs/": null,
  "a.png": PNG,
  "b.jpg": JPEG,
  "c.svg": SVG,
  "manual.pdf": "%PDF-1.4",
  "notes.md": "# Title\n<script>ran = 1</script>",
  "page.html": "<title>site</title><p>page",
  "x.zip": "zip",
};

/** What a person sees of the viewer. */
export interface State {
  /** Name, position and size, or `null` while the viewer is closed. */
  readonly what: string | null;
  readonly show: string | null;
  readonly focus: string | null;
}

/** Looks at the viewer. */
export function stateOf(page: Page): Promise<State> {
  return page.evaluate(`(() => {
    const dialog = document.querySelector(".viewer[open]");
    return {
      what: dialog && [...dialog.querySelectorAll(".what > *")]
        .map(({ textContent }) => textContent).join(" | "),
      show: new URLSearchParams(location.search).get("show"),
      focus: document.activeElement.textContent || null,
    };
  })()`);
}

/** Waits until the viewer shows something, by the text of its element. */
export async function shown(page: Page, selector: string): Promise<string> {
  const found = `.viewer[open] .stage[aria-busy=false] ${selector}`;
  await until(page, `document.querySelector(${JSON.stringify(found)})`);
  return await page.locator(found).textContent() ?? "";
}

/** Waits until the viewer says something, and gives it. */
export async function noteOf(page: Page): Promise<string> {
  await until(page, `document.querySelector(".viewer .note")?.textContent`);
  return await page.locator(".viewer .note").textContent() ?? "";
}

/** Waits until the viewer and its address are gone. */
export function isClosed(page: Page): Promise<void> {
  return until(
    page,
    `!document.querySelector(".viewer[open]") && !location.search.includes("show")`,
  );
}
