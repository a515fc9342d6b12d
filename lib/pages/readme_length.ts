/**
 * How much of a README is shown under the entries of its folder. Markdown is
 * read block by block, with pauses between them; within this, the longest block
 * takes some milliseconds, whatever is in it.
 *
 * @module
 */

/** A page of so many bytes takes an hour to read. */
export const README_BYTES_MAX = 65_536;

// Measured: a list of so many items takes 5 ms, a table of so many rows 6 ms.
const LINES_MAX = 2_000;

// A table has as many cells: so many take 6 ms.
const BARS_MAX = 5_000;

const LINE_FEED = 0x0a;
const BAR = 0x7c;

/**
 * Finds out how much of a text is shown.
 *
 * @param text Text of the file, as much as was read of it.
 * @returns Its first lines, or all of them.
 *
 * @example Usage
 * ```ts
 * import { shownPart } from "./readme_length.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shownPart("a\nb\n"), "a\nb\n");
 * assertEquals(shownPart("a\n".repeat(9_999)).length, 4_000);
 * ```
 */
export function shownPart(text: string): string {
  let lines = 0;
  let bars = 0;
  let lineStart = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BAR && ++bars > BARS_MAX) return text.slice(0, lineStart);
    if (code !== LINE_FEED) continue;
    lineStart = at + 1;
    if (++lines === LINES_MAX) return text.slice(0, lineStart);
  }
  return text;
}
