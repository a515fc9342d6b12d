/**
 * What the flags about the folder page mean. The rules themselves stand in
 * `option_checks.ts`, since they hold for the library as well.
 *
 * @module
 */

import { checkTheme, checkTitle, THEMES } from "../option_checks.ts";
import type { Theme } from "../options.ts";
import { UsageError } from "./errors.ts";

/**
 * Reads what the pages are called.
 *
 * @param text Text of the value.
 * @returns The title, without white space around it.
 * @throws {UsageError} If it is empty, long, or does not fit on one line.
 *
 * @example Usage
 * ```ts
 * import { parseTitle } from "./page_values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseTitle("Holiday pictures "), "Holiday pictures");
 * ```
 */
export function parseTitle(text: string): string {
  const wrong = checkTitle(text);
  if (wrong !== undefined) throw new UsageError(wrong);
  return text.trim();
}

/**
 * Reads the colours of the pages.
 *
 * @param text Name of the theme.
 * @returns The theme.
 * @throws {UsageError} If there is no such theme.
 *
 * @example Usage
 * ```ts
 * import { parseTheme } from "./page_values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseTheme("dark"), "dark");
 * ```
 */
export function parseTheme(text: string): Theme {
  const theme = THEMES.find((each) => each === text);
  if (theme === undefined) throw new UsageError(checkTheme(text));
  return theme;
}
