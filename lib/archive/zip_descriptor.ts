/**
 * The data descriptor of a zip (APPNOTE 4.3.9): the checksum of a file, behind
 * its bytes.
 *
 * @module
 */

import { RecordWriter } from "./record_writer.ts";
import { isLarge } from "./zip_extra.ts";

const DESCRIPTOR_SIGNATURE = 0x08074b50;

/**
 * Writes what is behind the bytes of a file.
 *
 * @param size Bytes of the file.
 * @param checksum CRC-32 of the file.
 * @returns The descriptor, with sizes of 64 bits where the local header has
 * them.
 *
 * @example Usage
 * ```ts
 * import { dataDescriptor } from "./zip_descriptor.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   [...dataDescriptor(5, 0x01020304)],
 *   [0x50, 0x4b, 7, 8, 4, 3, 2, 1, 5, 0, 0, 0, 5, 0, 0, 0],
 * );
 * ```
 */
export function dataDescriptor(
  size: number,
  checksum: number,
): Uint8Array<ArrayBuffer> {
  const record = new RecordWriter(dataDescriptorLength(size))
    .uint32(DESCRIPTOR_SIGNATURE)
    .uint32(checksum);
  return isLarge(size)
    ? record.uint64(size).uint64(size).bytes
    : record.uint32(size).uint32(size).bytes;
}

/**
 * Tells how long the descriptor behind a file is.
 *
 * @param size Bytes of the file.
 * @returns Bytes; 0 for an empty file and a folder, which have none.
 *
 * @example Usage
 * ```ts
 * import { dataDescriptorLength } from "./zip_descriptor.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(dataDescriptorLength(0), 0);
 * assertEquals(dataDescriptorLength(1), 16);
 * assertEquals(dataDescriptorLength(2 ** 32), 24);
 * ```
 */
export function dataDescriptorLength(size: number): number {
  if (size === 0) return 0;
  return isLarge(size) ? 24 : 16;
}
