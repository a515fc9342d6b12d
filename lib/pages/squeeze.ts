/**
 * Style sheets and scripts are written to be read, and sent without what only
 * a reader needs.
 *
 * @module
 */

/**
 * Takes the indentation, the empty lines and the lines that are comments out of
 * a style sheet or a script.
 *
 * @param text Text in which no line of a literal begins with white space or
 * `//`.
 * @returns The text to send.
 *
 * @example Usage
 * ```ts
 * import { squeeze } from "./squeeze.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(squeeze("\n  // Why.\n  a();\n\n    b();\n"), "a();\nb();");
 * ```
 */
export function squeeze(text: string): string {
  return text.replaceAll(/^\s*(?:\/\/.*)?\n|^[ \t]+/gm, "").trimEnd();
}
