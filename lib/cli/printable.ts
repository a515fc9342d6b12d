/**
 * How text from outside, such as an argument or the name of a folder, is
 * shown on a terminal: always on one line, and never as a command to it.
 *
 * @module
 */

// SECURITY: C0 and C1 controls move the cursor and change colours, line
// separators forge a line, marks of direction reorder what a person reads.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * Escapes control characters and what else would not show as itself.
 *
 * @param text Text from outside.
 * @returns The text with `\xHH` or `\uHHHH` in their place, on one line.
 *
 * @example Usage
 * ```ts
 * import { toPrintable } from "./printable.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(toPrintable("a\nb\x1b[31m 日本"), "a\\x0ab\\x1b[31m 日本");
 * ```
 */
export function toPrintable(text: string): string {
  return text.replaceAll(UNPRINTABLE, escapeOf);
}

function escapeOf(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length <= 2
    ? `\\x${code.padStart(2, "0")}`
    : `\\u${code.padStart(4, "0")}`;
}
