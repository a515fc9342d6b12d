/**
 * Where a path leads, for what is to be permitted before anything is opened.
 *
 * @module
 */

/**
 * Resolves all links of a path.
 *
 * @param path Path as the user wrote it.
 * @returns The canonical path.
 * @throws {Deno.errors.NotFound} If it leads nowhere.
 *
 * @example Usage
 * ```ts
 * import { realPathOf } from "./real_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await realPathOf("."), Deno.cwd());
 * ```
 */
export async function realPathOf(path: string): Promise<string> {
  return await Deno.realPath(path);
}
