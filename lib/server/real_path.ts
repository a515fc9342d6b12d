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

/**
 * Gives files as they are spelt, and what those lead to now: the one is read
 * again later, by a link that may then lead elsewhere, and the other is what
 * the runtime checks an opened file against.
 *
 * @param files Paths as they were written.
 * @returns All of them, and the canonical paths that are spelt otherwise.
 *
 * @example Usage
 * ```ts
 * import { withTargets } from "./real_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await withTargets(["./no-such-file"]), ["./no-such-file"]);
 * ```
 */
export async function withTargets(
  files: readonly string[],
): Promise<readonly string[]> {
  const targets = await Promise.all(
    files.map((file) => realPathOf(file).catch(() => file)),
  );
  return [...new Set([...files, ...targets])];
}
