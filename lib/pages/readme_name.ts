/**
 * Which file of a folder is its README.
 *
 * @module
 */

// By the order in which they are preferred.
const NAMES = ["readme.md", "readme.markdown", "readme.txt", "readme"];

const LENGTH_MAX = Math.max(...NAMES.map((name) => name.length));

/**
 * Chooses the file of a folder that is shown in its page.
 *
 * @param entries What is in the folder.
 * @returns Its name; `undefined` where there is none.
 *
 * @example Usage
 * ```ts
 * import { findReadme } from "./readme_name.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   findReadme([
 *     { name: "readme.txt", kind: "file" },
 *     { name: "README.md", kind: "file" },
 *   ]),
 *   "README.md",
 * );
 * ```
 */
export function findReadme(
  entries: readonly { readonly name: string; readonly kind: string }[],
): string | undefined {
  let best = NAMES.length;
  let found: string | undefined;
  for (const { name, kind } of entries) {
    if (name.length > LENGTH_MAX || kind !== "file") continue;
    if (!/^readme/i.test(name)) continue;
    const rank = NAMES.indexOf(name.toLowerCase());
    if (rank === -1 || rank > best) continue;
    // Two that differ in case alone: the same in every order of the entries.
    if (rank === best && found !== undefined && found < name) continue;
    best = rank;
    found = name;
  }
  return found;
}

/**
 * Tells whether a README is Markdown.
 *
 * @param name Name of the file.
 * @returns Whether its name says so; any other is plain text.
 *
 * @example Usage
 * ```ts
 * import { isMarkdown } from "./readme_name.ts";
 * import { assert } from "@std/assert";
 *
 * assert(isMarkdown("README.md"));
 * assert(!isMarkdown("README"));
 * ```
 */
export function isMarkdown(name: string): boolean {
  return /\.(?:md|markdown)$/i.test(name);
}
