/**
 * Parts of the page's script, run where there is no page.
 *
 * @module
 */

/**
 * Runs a part of the script and gives what it made.
 *
 * @param part Text of the part.
 * @param names What of it is wanted.
 * @param given What it finds outside itself.
 * @returns What has these names.
 */
export function runPart(
  part: string,
  names: readonly string[],
  given: Readonly<Record<string, unknown>>,
  // deno-lint-ignore no-explicit-any -- a script has no types
): Record<string, any> {
  const code = `"use strict"; ${part}; return { ${names.join(", ")} };`;
  return new Function(...Object.keys(given), code)(...Object.values(given));
}

/** Stands for whatever a part looks for and does not find. */
export const NO_PAGE: Readonly<Record<string, unknown>> = {
  document: {
    querySelector: () => null,
    documentElement: { classList: new Set() },
    addEventListener: () => {},
  },
  location: { search: "", href: "http://h/a/" },
  addEventListener: () => {},
};
