/**
 * Entries for the pages of folders, and names that try to break out of them.
 *
 * @module
 */

import type { Entry } from "../../../lib/entry.ts";
import { visibleName } from "../../../lib/pages/html.ts";

/** An entry of one byte, from the year in which time began. */
export function file(name: string, facts: Partial<Entry> = {}): Entry {
  return { name, kind: "file", size: 1, modified: 0, ...facts };
}

/** Names that are no good inside HTML, attributes, or a terminal. */
export const HOSTILE_NAMES = [
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "' onmouseover='alert(1)",
  "a&b&amp;c",
  "javascript:alert(1)",
  "data:text/html,<b>",
  "two\nlines",
  "\x1b[31mred\x07\x00",
  "cod\u202Egpj.exe",
  "\u2069\u2069out",
  "-rf",
  "..hid",
  "C:drive",
  "50% #1?.txt",
  "back\\slash",
  "</style></table></body>",
  "\uD800half",
  "  ",
  "x".repeat(255),
];
/** The same, each after what a test is called by it. */
export const LABELLED_NAMES = HOSTILE_NAMES.map((name) =>
  [visibleName(name).slice(0, 30), name] as const
);
