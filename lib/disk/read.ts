/**
 * Reading a part of an open file.
 *
 * @module
 */

import { look, type QuickDisk, UNKNOWN_DISK } from "./quick_look.ts";

/**
 * Reads a part of a file.
 *
 * @param file Open file.
 * @param position Where the part begins.
 * @param length Number of bytes.
 * @param disk What is known of the disk it lies on.
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
  disk: QuickDisk = UNKNOWN_DISK,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  await seek(file, position, disk);
  let filled = 0;
  while (filled < length) {
    const count = await readInto(file, bytes.subarray(filled), disk);
    if (count === null) return bytes.subarray(0, filled);
    filled += count;
  }
  return bytes;
}

/**
 * Sets where the next read of a file begins.
 *
 * @param file Open file.
 * @param position Number of bytes before it.
 * @param disk What is known of the disk it lies on.
 * @returns The position, perhaps later.
 *
 * @example Usage
 * ```ts
 * import { UNKNOWN_DISK } from "./quick_look.ts";
 * import { seek } from "./read.ts";
 * import { assertEquals } from "@std/assert";
 *
 * using file = await Deno.open("deno.json");
 *
 * assertEquals(await seek(file, 5, UNKNOWN_DISK), 5);
 * ```
 */
export function seek(
  file: Deno.FsFile,
  position: number,
  disk: QuickDisk,
): number | Promise<number> {
  const { Start } = Deno.SeekMode;
  return look(
    disk,
    () => file.seekSync(position, Start),
    () => file.seek(position, Start),
  );
}

/**
 * Reads from where a file is.
 *
 * @param file Open file.
 * @param bytes What is read comes here.
 * @param disk What is known of the disk it lies on.
 * @returns Number of bytes, or `null` at the end; perhaps later.
 *
 * @example Usage
 * ```ts
 * import { UNKNOWN_DISK } from "./quick_look.ts";
 * import { readInto } from "./read.ts";
 * import { assertEquals } from "@std/assert";
 *
 * using file = await Deno.open("deno.json");
 *
 * assertEquals(await readInto(file, new Uint8Array(9), UNKNOWN_DISK), 9);
 * ```
 */
export function readInto(
  file: Deno.FsFile,
  bytes: Uint8Array<ArrayBuffer>,
  disk: QuickDisk,
): number | null | Promise<number | null> {
  return look(disk, () => file.readSync(bytes), () => file.read(bytes));
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
