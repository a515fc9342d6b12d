/**
 * The records at the end of a zip (APPNOTE 4.3.14 to 4.3.16): where the central
 * directory is, once more in zip64 where the old record cannot say it.
 *
 * @module
 */

import { RecordWriter } from "./record_writer.ts";
import { LIMIT_32 } from "./zip_extra.ts";
import { MADE_BY, NEEDS_ZIP64 } from "./zip_records.ts";

const ZIP64_END_SIGNATURE = 0x06064b50;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
const END_SIGNATURE = 0x06054b50;

const ZIP64_END_BYTES = 56;
const ZIP64_LOCATOR_BYTES = 20;
const END_BYTES = 22;

/** From this on a number of 16 bits says: it is in the zip64 record. */
const LIMIT_16 = 0xffff;

/** The central directory of a zip. */
export interface Directory {
  /** Number of its headers. */
  readonly count: number;
  /** Where in the archive it begins. */
  readonly offset: number;
  /** Bytes of it. */
  readonly length: number;
}

/**
 * Writes the records behind the central directory.
 *
 * @param directory The directory.
 * @returns The records.
 *
 * @example Usage
 * ```ts
 * import { endRecords } from "./zip_end.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const records = endRecords({ count: 0, offset: 0, length: 0 });
 *
 * assertEquals(records.length, 22);
 * ```
 */
export function endRecords(directory: Directory): Uint8Array<ArrayBuffer> {
  const record = new RecordWriter(endRecordsLength(directory));
  if (needsZip64(directory)) writeZip64(record, directory);
  const count = Math.min(directory.count, LIMIT_16);
  return record
    .uint32(END_SIGNATURE)
    .uint16(0) // this disk
    .uint16(0) // disk of the directory
    .uint16(count) // on this disk
    .uint16(count)
    .uint32(Math.min(directory.length, LIMIT_32))
    .uint32(Math.min(directory.offset, LIMIT_32))
    .uint16(0) // comment
    .bytes;
}

/**
 * Tells how long the records behind the central directory are.
 *
 * @param directory The directory.
 * @returns Bytes.
 *
 * @example Usage
 * ```ts
 * import { endRecordsLength } from "./zip_end.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const directory = { count: 65_534, offset: 0, length: 0 };
 *
 * assertEquals(endRecordsLength(directory), 22);
 * assertEquals(endRecordsLength({ ...directory, count: 65_535 }), 98);
 * ```
 */
export function endRecordsLength(directory: Directory): number {
  return needsZip64(directory)
    ? ZIP64_END_BYTES + ZIP64_LOCATOR_BYTES + END_BYTES
    : END_BYTES;
}

function needsZip64({ count, offset, length }: Directory): boolean {
  return count >= LIMIT_16 || offset >= LIMIT_32 || length >= LIMIT_32;
}

function writeZip64(
  record: RecordWriter,
  { count, offset, length }: Directory,
): void {
  record
    .uint32(ZIP64_END_SIGNATURE)
    .uint64(ZIP64_END_BYTES - 12) // what follows
    .uint16(MADE_BY)
    .uint16(NEEDS_ZIP64)
    .uint32(0) // this disk
    .uint32(0) // disk of the directory
    .uint64(count) // on this disk
    .uint64(count)
    .uint64(length)
    .uint64(offset)
    .uint32(ZIP64_LOCATOR_SIGNATURE)
    .uint32(0) // disk of the record before
    .uint64(offset + length)
    .uint32(1); // disks
}
