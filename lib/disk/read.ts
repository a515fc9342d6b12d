/**
 * Reading a part of an open file.
 *
 * @module
 */

/**
 * Reads a part of a file.
 *
 * @param file Open file.
 * @param position Where the part begins.
 * @param length Number of bytes.
 * @returns So many bytes, or fewer where the file ends.
 *
 * @example Usage
 * ```ts
 * import { readAt } from "./read.ts";
 * import { assertEquals } from "@std/assert";
 *
 * using file = await Deno.open("deno.json");
 *
 * assertEquals((await readAt(file, 0, 1)).length, 1);
 * ```
 */
export async function readAt(
  file: Deno.FsFile,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  // The system notes the place, and asks no disk.
  file.seekSync(position, Deno.SeekMode.Start);
  let filled = 0;
  while (filled < length) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) return bytes.subarray(0, filled);
    filled += count;
  }
  return bytes;
}

/**
 * Compares bytes.
 *
 * @param a Some bytes.
 * @param b Other bytes.
 * @returns Whether they are the same.
 *
 * @example Usage
 * ```ts
 * import { isEqual } from "./read.ts";
 * import { assert } from "@std/assert";
 *
 * assert(isEqual(new Uint8Array([1]), new Uint8Array([1])));
 * ```
 */
export function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
