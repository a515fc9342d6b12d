/**
 * What stands before a file in a tar: the old header, and before that an
 * extended one where the old cannot say the name (long, or not ASCII), the size
 * (from 8 GiB on) or the time (before 1970).
 *
 * Times are whole seconds. Parts of a second would need the extended header for
 * every file, a kilobyte more of each.
 *
 * @module
 */

import type { ArchiveEntry } from "./layout.ts";
import { type PaxRecord, paxRecordLength, paxRecords } from "./pax.ts";
import { BLOCK_BYTES, OCTAL_MAX, splitPath, ustarHeader } from "./ustar.ts";

/** The name that other programs give it; nothing is ever written there. */
const EXTENDED_NAME = "././@PaxHeader";

/**
 * Writes the headers in front of a file.
 *
 * @param entry The file or folder.
 * @returns One block, or three and more with the extended header.
 *
 * @example Usage
 * ```ts
 * import { tarHeader } from "./tar_header.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const entry = { name: "a.txt", size: 5, modified: 0 };
 *
 * assertEquals(tarHeader(entry).length, 512);
 * assertEquals(tarHeader({ ...entry, name: "é.txt" }).length, 3 * 512);
 * ```
 */
export function tarHeader(entry: ArchiveEntry): Uint8Array<ArrayBuffer> {
  const { name, size } = entry;
  const seconds = secondsOf(entry);
  const header = ustarHeader({
    name,
    type: name.endsWith("/") ? "5" : "0",
    size: isOctal(size) ? size : 0,
    seconds: isOctal(seconds) ? seconds : 0,
  });
  const records = paxRecords(recordsOf(entry));
  if (records.length === 0) return header;

  const bytes = new Uint8Array(
    BLOCK_BYTES + padded(records.length) + BLOCK_BYTES,
  );
  bytes.set(ustarHeader({
    name: EXTENDED_NAME,
    type: "x",
    size: records.length,
    seconds: 0,
  }));
  bytes.set(records, BLOCK_BYTES);
  bytes.set(header, bytes.length - BLOCK_BYTES);
  return bytes;
}

/**
 * Tells how long the headers in front of a file are.
 *
 * @param entry The file or folder.
 * @param nameBytes Bytes of its name in UTF-8.
 * @returns Bytes.
 *
 * @example Usage
 * ```ts
 * import { tarHeaderLength } from "./tar_header.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const entry = { name: "é.txt", size: 5, modified: 0 };
 *
 * assertEquals(tarHeaderLength(entry, 6), 3 * 512);
 * ```
 */
export function tarHeaderLength(
  entry: ArchiveEntry,
  nameBytes: number,
): number {
  let length = 0;
  for (const { key, value } of recordsOf(entry)) {
    length += paxRecordLength(key, key === "path" ? nameBytes : value.length);
  }
  if (length === 0) return BLOCK_BYTES;
  return BLOCK_BYTES + padded(length) + BLOCK_BYTES;
}

/**
 * Rounds up to whole blocks.
 *
 * @param length Bytes.
 * @returns Bytes.
 *
 * @example Usage
 * ```ts
 * import { padded } from "./tar_header.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(padded(512), 512);
 * assertEquals(padded(513), 1_024);
 * ```
 */
export function padded(length: number): number {
  return Math.ceil(length / BLOCK_BYTES) * BLOCK_BYTES;
}

/** What the old header cannot say. */
function recordsOf(entry: ArchiveEntry): PaxRecord[] {
  const { name, size } = entry;
  const seconds = secondsOf(entry);
  const records: PaxRecord[] = [];
  if (splitPath(name) === null) records.push({ key: "path", value: name });
  if (!isOctal(size)) records.push({ key: "size", value: String(size) });
  if (!isOctal(seconds)) records.push({ key: "mtime", value: String(seconds) });
  return records;
}

function isOctal(value: number): boolean {
  return value >= 0 && value <= OCTAL_MAX;
}

function secondsOf({ modified }: ArchiveEntry): number {
  return Math.floor((modified ?? 0) / 1_000);
}
