/**
 * The page that a shared folder has of its own for what is not there.
 *
 * @module
 */

import { join } from "../disk_path.ts";
import type { FileRules } from "../options.ts";
import type { Target } from "../target.ts";
import { findVisible } from "./resolve.ts";
import type { Root } from "./root.ts";

/** Its name. */
export const NOT_FOUND_PAGE = "404.html";

/**
 * Finds the page that a shared folder has for what is not there.
 *
 * @param root What is shared.
 * @param rules What can be seen.
 * @returns The file `404.html`, or `undefined`.
 *
 * @example Usage
 * ```ts
 * import { DEFAULTS } from "../options.ts";
 * import { resolveNotFoundPage } from "./not_found_page.ts";
 * import { openRoot } from "./root.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const root = await openRoot("lib");
 *
 * assertEquals(await resolveNotFoundPage(root, DEFAULTS), undefined);
 * ```
 */
export async function resolveNotFoundPage(
  root: Root,
  rules: FileRules,
): Promise<Extract<Target, { kind: "file" }> | undefined> {
  if (root.kind === "file") return undefined;
  const path = join(root.path, NOT_FOUND_PAGE);
  const found = await findVisible(root, path, rules);
  return found.kind === "file"
    ? { ...found, kind: "file", asked: path, name: NOT_FOUND_PAGE }
    : undefined;
}
