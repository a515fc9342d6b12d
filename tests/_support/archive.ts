/**
 * Archives for tests: their bytes out of a layout, and a reader of zips that
 * follows the APPNOTE from the end on, as readers do, and knows nothing of the
 * program.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import type { ArchiveEntry, ArchiveLayout } from "../../lib/archive/layout.ts";

const { crc32 } = await import("node:zlib");

/** Files and folders with what is in them; a folder has no bytes. */
export interface Content {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly modified: number | null;
}

/** What the zip says of an entry. */
export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  readonly checksum: number;
  /** Where its local header begins. */
  readonly offset: number;
  /** Where its bytes begin. */
  readonly start: number;
  readonly isFolder: boolean;
  /** Seconds since 1970 of the extended timestamp. */
  readonly seconds: number | null;
}

/** Gives bytes of an archive. */
export type ReadRange = (
  start: number,
  end: number,
) => Promise<Uint8Array<ArrayBuffer>>;

/** Never lets others come first. */
export const noPause = () => undefined;

/** Entries of contents. */
export function toEntries(contents: readonly Content[]): ArchiveEntry[] {
  return contents.map(({ name, bytes, modified }) => ({
    name,
    size: bytes.length,
    modified,
  }));
}

/** The bytes of a range of an archive, its files filled with their contents. */
export async function bytesOf(
  layout: ArchiveLayout,
  contents: readonly Content[],
  range: { readonly start: number; readonly end: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(range.end - range.start);
  const checksumOf = (index: number) => {
    const content = contents[index];
    assert(content !== undefined && content.bytes.length > 0);
    return crc32(content.bytes);
  };
  let at = 0;
  for await (const piece of layout.pieces(range.start, range.end, checksumOf)) {
    const part = piece.kind === "bytes"
      ? piece.bytes
      : contents[piece.index]?.bytes.subarray(
        piece.start,
        piece.start + piece.length,
      );
    assert(part !== undefined && part.length > 0);
    if (piece.kind === "file") assertEquals(part.length, piece.length);
    bytes.set(part, at);
    at += part.length;
  }
  assertEquals(at, bytes.length);
  return bytes;
}

/** Reads the records of an archive whose files have no bytes here. */
export function recordsOf(
  layout: ArchiveLayout,
  checksumOf: (index: number) => number,
): ReadRange {
  return async (start, end) => {
    const bytes = new Uint8Array(end - start);
    let at = 0;
    for await (const piece of layout.pieces(start, end, checksumOf)) {
      if (piece.kind === "bytes") bytes.set(piece.bytes, at);
      at += piece.kind === "bytes" ? piece.bytes.length : piece.length;
    }
    assertEquals(at, bytes.length);
    return bytes;
  };
}

/** The entries of a zip, by its end records, directory and local headers. */
export async function readZip(
  read: ReadRange,
  length: number,
): Promise<ZipEntry[]> {
  const directory = await readEnd(read, length);
  const bytes = await read(
    directory.offset,
    directory.offset + directory.length,
  );
  const entries: ZipEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const view = new DataView(bytes.buffer, at);
    assertEquals(view.getUint32(0, true), 0x02014b50);
    const nameEnd = 46 + view.getUint16(28, true);
    const end = nameEnd + view.getUint16(30, true);
    entries.push(await readEntry(read, bytes.slice(at, at + end), nameEnd));
    at += end;
  }
  assertEquals(entries.length, directory.count);
  return entries;
}

async function readEnd(read: ReadRange, length: number) {
  const end = new DataView((await read(length - 22, length)).buffer);
  assertEquals(end.getUint32(0, true), 0x06054b50);
  assertEquals(end.getUint16(20, true), 0);
  assertEquals(end.getUint16(8, true), end.getUint16(10, true));
  const old = {
    count: end.getUint16(10, true),
    length: end.getUint32(12, true),
    offset: end.getUint32(16, true),
  };
  const isZip64 = old.count === 0xffff || old.length === 0xffffffff ||
    old.offset === 0xffffffff;
  if (!isZip64) {
    assertEquals(old.offset + old.length, length - 22);
    return old;
  }
  const locator = new DataView((await read(length - 42, length - 22)).buffer);
  assertEquals(locator.getUint32(0, true), 0x07064b50);
  assertEquals(locator.getUint32(16, true), 1);
  const at = uint64(locator, 8);
  assertEquals(at, length - 98);
  const record = new DataView((await read(at, at + 56)).buffer);
  assertEquals(record.getUint32(0, true), 0x06064b50);
  assertEquals(uint64(record, 4), 44);
  assertEquals(uint64(record, 24), uint64(record, 32));
  const directory = {
    count: uint64(record, 32),
    length: uint64(record, 40),
    offset: uint64(record, 48),
  };
  assertEquals(directory.offset + directory.length, at);
  return directory;
}

async function readEntry(
  read: ReadRange,
  header: Uint8Array<ArrayBuffer>,
  nameEnd: number,
): Promise<ZipEntry> {
  const view = new DataView(header.buffer);
  const extra = readExtra(header.subarray(nameEnd));
  const stored = view.getUint32(20, true);
  const plain = view.getUint32(24, true);
  const offset = view.getUint32(42, true);
  const size = plain === 0xffffffff ? extra.next() : plain;
  assertEquals(stored === 0xffffffff ? extra.next() : stored, size);
  const at = offset === 0xffffffff ? extra.next() : offset;
  extra.end();
  const nameBytes = header.slice(46, nameEnd);
  const start = await checkLocal(read, { at, size, header, nameBytes });
  await checkDescriptor(read, {
    start,
    size,
    checksum: view.getUint32(16, true),
  });
  return {
    name: new TextDecoder("utf-8", { fatal: true }).decode(nameBytes),
    size,
    checksum: view.getUint32(16, true),
    offset: at,
    start,
    isFolder: (view.getUint32(38, true) & 0x10) !== 0,
    seconds: extra.seconds,
  };
}

/** The local header says what the central one says; where the bytes begin. */
async function checkLocal(
  read: ReadRange,
  entry: {
    readonly at: number;
    readonly size: number;
    readonly header: Uint8Array<ArrayBuffer>;
    readonly nameBytes: Uint8Array<ArrayBuffer>;
  },
): Promise<number> {
  const central = new DataView(entry.header.buffer);
  const local = new DataView((await read(entry.at, entry.at + 30)).buffer);
  assertEquals(local.getUint32(0, true), 0x04034b50);
  // Flags, method, time, date; the checksum is 0, in the descriptor only.
  assertEquals(local.getUint32(6, true), central.getUint32(8, true));
  assertEquals(local.getUint32(10, true), central.getUint32(12, true));
  assertEquals(local.getUint32(14, true), 0);
  const nameEnd = entry.at + 30 + local.getUint16(26, true);
  assertEquals(await read(entry.at + 30, nameEnd), entry.nameBytes);
  const start = nameEnd + local.getUint16(28, true);
  const extra = readExtra(await read(nameEnd, start));
  for (const at of [18, 22]) {
    const size = local.getUint32(at, true);
    assertEquals(size === 0xffffffff ? extra.next() : size, entry.size);
  }
  extra.end();
  return start;
}

async function checkDescriptor(
  read: ReadRange,
  file: {
    readonly start: number;
    readonly size: number;
    readonly checksum: number;
  },
): Promise<void> {
  if (file.size === 0) return;
  const isZip64 = file.size >= 0xffffffff;
  const at = file.start + file.size;
  const bytes = await read(at, at + (isZip64 ? 24 : 16));
  const descriptor = new DataView(bytes.buffer);
  assertEquals(descriptor.getUint32(0, true), 0x08074b50);
  assertEquals(descriptor.getUint32(4, true), file.checksum);
  for (const place of isZip64 ? [8, 16] : [8, 12]) {
    const size = isZip64
      ? uint64(descriptor, place)
      : descriptor.getUint32(place, true);
    assertEquals(size, file.size);
  }
}

/** The values of the zip64 field one after the other, and the time. */
function readExtra(bytes: Uint8Array<ArrayBuffer>) {
  const values: number[] = [];
  let seconds: number | null = null;
  for (let at = 0; at < bytes.length;) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at);
    const length = view.getUint16(2, true);
    if (view.getUint16(0, true) === 1) {
      for (let k = 4; k < 4 + length; k += 8) values.push(uint64(view, k));
    } else {
      assertEquals([view.getUint16(0, true), length], [0x5455, 5]);
      assertEquals(view.getUint8(4), 1);
      seconds = view.getInt32(5, true);
    }
    at += 4 + length;
  }
  return {
    seconds,
    next() {
      const value = values.shift();
      assert(value !== undefined, "there is no value in the zip64 field");
      return value;
    },
    end: () => assertEquals(values, []),
  };
}

function uint64(view: DataView<ArrayBuffer>, at: number): number {
  return Number(view.getBigUint64(at, true));
}
