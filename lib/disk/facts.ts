/**
 * What is used of the disk's answer about a file.
 *
 * @module
 */

import type { FileFacts } from "../target.ts";

/**
 * Takes from the disk's answer what is used of it.
 *
 * @param info What `lstat` or `stat` gave.
 * @returns Size, time and identity.
 *
 * @example Usage
 * ```ts
 * import { factsOf } from "./facts.ts";
 * import { assert } from "@std/assert";
 *
 * assert(factsOf(await Deno.lstat("deno.json")).size > 0);
 * ```
 */
export function factsOf(info: Deno.FileInfo): FileFacts {
  return {
    size: info.size,
    modified: timeOf(info.mtime),
    device: info.dev,
    inode: info.ino,
    changed: timeOf(info.ctime),
  };
}

/** Some file systems hold times that a Date cannot. */
function timeOf(date: Date | null): number | null {
  const time = date?.getTime() ?? NaN;
  return Number.isNaN(time) ? null : time;
}
