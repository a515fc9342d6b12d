/**
 * The shared folder, or the one shared file.
 *
 * @module
 */

import { basename, resolve } from "../disk_path.ts";

/** What is shared. */
export interface Root {
  readonly kind: "directory" | "file";
  /** Canonical path, without a final separator (but for the disk's root). */
  readonly path: string;
  /** Name of the file as the user wrote it; empty for a folder. */
  readonly name: string;
}

/**
 * Finds what is to be shared.
 *
 * @param directory Folder or file as the user wrote it; may lead over links.
 * @returns Its canonical form.
 * @throws {Deno.errors.NotFound} If there is nothing.
 * @throws {Deno.errors.NotCapable} If the path may not be read, or a link on
 * the way leads to where it may not.
 * @throws {TypeError} If it is neither a folder nor a regular file.
 *
 * @example Usage
 * ```ts
 * import { openRoot } from "./root.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const root = await openRoot(".");
 *
 * assertEquals(root.kind, "directory");
 * assertEquals(root.path, await Deno.realPath("."));
 * ```
 */
export async function openRoot(directory: string): Promise<Root> {
  const path = await Deno.realPath(directory);
  const info = await Deno.lstat(path);
  if (info.isDirectory) return { kind: "directory", path, name: "" };
  if (info.isFile) {
    return { kind: "file", path, name: basename(resolve(directory)) };
  }
  throw new TypeError(
    `Cannot share "${directory}": give a folder or a regular file`,
  );
}
