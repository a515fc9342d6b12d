/**
 * The headers of a zip entry (APPNOTE 4.3.7, 4.3.12): stored, not
 * compressed, its name in UTF-8, with the rights of a Unix file.
 *
 * The checksum of a file is known only after its bytes, so it is in a data
 * descriptor behind them (bit 3, `zip_descriptor.ts`). The sizes are known: they are in the local
 * header as well, where the APPNOTE has zeros, so that what reads from a stream
 * need not search for the end of the file. A folder and an empty file have no
 * bytes and no descriptor.
 *
 * @module
 */

import { toDosTime } from "./dos_time.ts";
import type { ArchiveEntry } from "./layout.ts";
import { RecordWriter } from "./record_writer.ts";
import {
  isLarge,
  LIMIT_32,
  timestampField,
  timestampFieldLength,
  zip64Field,
  zip64FieldLength,
} from "./zip_extra.ts";

const LOCAL_SIGNATURE = 0x04034b50;
const CENTRAL_SIGNATURE = 0x02014b50;

const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;

/** Unix (3), by version 6.3 of the APPNOTE, the first with names in UTF-8. */
export const MADE_BY = (3 << 8) | 63;

/** Version 2.0: folders. */
const NEEDS_FOLDERS = 20;

/** Version 4.5: zip64. */
export const NEEDS_ZIP64 = 45;

/** Bit 3: checksum in a data descriptor. */
const HAS_DESCRIPTOR = 1 << 3;

/** Bit 11: the name is UTF-8. */
const IS_UTF8 = 1 << 11;

const STORED = 0;

/** A regular file that all may read, and a folder that all may enter. */
const FILE_MODE = 0o100_644;
const FOLDER_MODE = 0o040_755;

/** What MS-DOS calls a folder. */
const FOLDER_ATTRIBUTE = 0x10;

const encoder = new TextEncoder();

/** What the local header and the central header have in common. */
interface Shared {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly timestamp: Uint8Array<ArrayBuffer>;
  readonly zip64: Uint8Array<ArrayBuffer>;
  readonly checksum: number;
}

/**
 * Writes the header in front of a file.
 *
 * @param entry The file or folder.
 * @returns The header.
 *
 * @example Usage
 * ```ts
 * import { localHeader } from "./zip_records.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const header = localHeader({ name: "a", size: 5, modified: null });
 *
 * assertEquals(header.length, 31);
 * assertEquals([...header.subarray(0, 4)], [0x50, 0x4b, 3, 4]);
 * ```
 */
export function localHeader(entry: ArchiveEntry): Uint8Array<ArrayBuffer> {
  const sizes = isLarge(entry.size) ? [entry.size, entry.size] : [];
  const shared: Shared = {
    name: encoder.encode(entry.name),
    timestamp: timestampField(entry.modified),
    zip64: zip64Field(sizes),
    checksum: 0,
  };
  const record = new RecordWriter(localHeaderLength(entry, shared.name.length))
    .uint32(LOCAL_SIGNATURE);
  return writeShared(record, entry, shared)
    .raw(shared.name)
    .raw(shared.timestamp)
    .raw(shared.zip64)
    .bytes;
}

/**
 * Tells how long the header in front of a file is.
 *
 * @param entry The file or folder.
 * @param nameBytes Bytes of its name in UTF-8.
 * @returns Bytes.
 *
 * @example Usage
 * ```ts
 * import { localHeaderLength } from "./zip_records.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(localHeaderLength({ name: "a", size: 5, modified: 0 }, 1), 40);
 * ```
 */
export function localHeaderLength(
  entry: ArchiveEntry,
  nameBytes: number,
): number {
  return LOCAL_BYTES + nameBytes + timestampFieldLength(entry.modified) +
    zip64FieldLength(isLarge(entry.size) ? 2 : 0);
}

/**
 * Writes the header of the central directory.
 *
 * @param entry The file or folder.
 * @param place Checksum of the file, and where its local header begins.
 * @returns The header.
 *
 * @example Usage
 * ```ts
 * import { centralHeader } from "./zip_records.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const entry = { name: "a", size: 5, modified: null };
 * const header = centralHeader(entry, { checksum: 0, offset: 0 });
 *
 * assertEquals(header.length, 47);
 * assertEquals([...header.subarray(0, 4)], [0x50, 0x4b, 1, 2]);
 * ```
 */
export function centralHeader(
  entry: ArchiveEntry,
  place: { readonly checksum: number; readonly offset: number },
): Uint8Array<ArrayBuffer> {
  const { size, modified } = entry;
  const large = isLarge(size) ? [size, size] : [];
  if (isLarge(place.offset)) large.push(place.offset);
  const shared: Shared = {
    name: encoder.encode(entry.name),
    timestamp: timestampField(modified),
    zip64: zip64Field(large),
    checksum: place.checksum,
  };
  const length = CENTRAL_BYTES + shared.name.length + shared.timestamp.length +
    shared.zip64.length;
  const record = new RecordWriter(length)
    .uint32(CENTRAL_SIGNATURE)
    .uint16(MADE_BY);
  return writeShared(record, entry, shared)
    .uint16(0) // comment
    .uint16(0) // disk
    .uint16(0) // internal attributes
    .uint32(attributesOf(entry.name))
    .uint32(Math.min(place.offset, LIMIT_32))
    .raw(shared.name)
    .raw(shared.timestamp)
    .raw(shared.zip64)
    .bytes;
}

/**
 * Tells how long the header of the central directory is.
 *
 * @param entry The file or folder.
 * @param place Bytes of its name in UTF-8, and where its local header begins.
 * @returns Bytes.
 *
 * @example Usage
 * ```ts
 * import { centralHeaderLength } from "./zip_records.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const entry = { name: "a", size: 5, modified: 0 };
 *
 * assertEquals(centralHeaderLength(entry, { nameBytes: 1, offset: 0 }), 56);
 * ```
 */
export function centralHeaderLength(
  entry: ArchiveEntry,
  place: { readonly nameBytes: number; readonly offset: number },
): number {
  const large = (isLarge(entry.size) ? 2 : 0) + (isLarge(place.offset) ? 1 : 0);
  return CENTRAL_BYTES + place.nameBytes +
    timestampFieldLength(entry.modified) + zip64FieldLength(large);
}

/** From the version needed to the length of the extra fields. */
function writeShared(
  record: RecordWriter,
  { size, modified }: ArchiveEntry,
  { name, timestamp, zip64, checksum }: Shared,
): RecordWriter {
  const { date, time } = toDosTime(modified);
  return record
    .uint16(zip64.length > 0 ? NEEDS_ZIP64 : NEEDS_FOLDERS)
    .uint16(size > 0 ? IS_UTF8 | HAS_DESCRIPTOR : IS_UTF8)
    .uint16(STORED)
    .uint16(time)
    .uint16(date)
    .uint32(checksum)
    .uint32(Math.min(size, LIMIT_32)) // compressed
    .uint32(Math.min(size, LIMIT_32)) // as it is
    .uint16(name.length)
    .uint16(timestamp.length + zip64.length);
}

function attributesOf(name: string): number {
  return name.endsWith("/")
    ? FOLDER_MODE * 0x1_0000 + FOLDER_ATTRIBUTE
    : FILE_MODE * 0x1_0000;
}
