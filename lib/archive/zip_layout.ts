/**
 * The layout of a zip (APPNOTE 4.3.6): for each entry local header, file and
 * data descriptor, then the central directory, a header for each entry, and the
 * records at the end. Every length is known from name, size and time alone.
 *
 * @module
 */

import { createEntryCheck, entryAt } from "./entry_check.ts";
import type { Section } from "./frames.ts";
import {
  type ArchiveEntries,
  type ArchiveLayout,
  type ChecksumOf,
  createLayout,
} from "./layout.ts";
import { addUp, numberAt, type Pause } from "./offsets.ts";
import { dataDescriptor, dataDescriptorLength } from "./zip_descriptor.ts";
import { type Directory, endRecords, endRecordsLength } from "./zip_end.ts";
import {
  centralHeader,
  centralHeaderLength,
  localHeader,
  localHeaderLength,
} from "./zip_records.ts";

/**
 * Makes the layout of a zip. It keeps the entries and 18 bytes for each.
 *
 * @param entries Files and folders, in the order of the archive.
 * @param pause Called after every 64 entries or so.
 * @returns The layout.
 * @throws {RangeError} If an entry cannot be in an archive (see
 * `entry_check.ts`).
 *
 * @example Usage
 * ```ts
 * import { zipLayout } from "./zip_layout.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const entries = [{ name: "a.txt", size: 5, modified: null }];
 * const zip = await zipLayout(entries, () => undefined);
 * const pieces = await Array.fromAsync(zip.pieces(0, zip.length, () => 0));
 *
 * assertEquals(pieces.map(({ kind }) => kind), ["bytes", "file", "bytes"]);
 * ```
 */
export async function zipLayout(
  entries: ArchiveEntries,
  pause: Pause,
): Promise<ArchiveLayout> {
  const count = entries.length;
  const check = createEntryCheck(entries);
  const nameLengths = new Uint16Array(count);

  // First the entries, then the headers of the directory, then the end.
  const offsets = await addUp({
    count: 2 * count + 1,
    lengthOf(frame, before) {
      if (frame === 2 * count) {
        return endRecordsLength(directoryOf(count, before));
      }
      const entry = entryAt(entries, frame % count);
      if (frame < count) {
        const nameBytes = nameLengths[frame] = check(frame);
        return localHeaderLength(entry, nameBytes) + entry.size +
          dataDescriptorLength(entry.size);
      }
      return centralHeaderLength(entry, {
        nameBytes: numberAt(nameLengths, frame - count),
        offset: numberAt(before, frame - count),
      });
    },
  }, pause);
  const sizeOf = (frame: number) =>
    frame < count ? entryAt(entries, frame).size : 0;

  return createLayout({
    offsets,
    sizeOf,
    tailLengthOf: (frame) => dataDescriptorLength(sizeOf(frame)),
    recordOf: (section, checksumOf) =>
      recordOf({ entries, offsets }, section, checksumOf),
  });
}

/** What the records of a zip are made from. */
interface Zip {
  readonly entries: ArchiveEntries;
  readonly offsets: Float64Array<ArrayBuffer>;
}

function recordOf(
  { entries, offsets }: Zip,
  { kind, frame }: Section,
  checksumOf: ChecksumOf,
): Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>> {
  const count = entries.length;
  if (frame === 2 * count) return endRecords(directoryOf(count, offsets));
  const index = frame % count;
  const entry = entryAt(entries, index);
  if (frame < count && kind === "head") return localHeader(entry);

  const write = (checksum: number) =>
    frame < count
      ? dataDescriptor(entry.size, checksum)
      : centralHeader(entry, { checksum, offset: numberAt(offsets, index) });
  const checksum = entry.size === 0 ? 0 : checksumOf(index);
  return typeof checksum === "number" ? write(checksum) : checksum.then(write);
}

function directoryOf(
  count: number,
  offsets: Float64Array<ArrayBuffer>,
): Directory {
  const offset = numberAt(offsets, count);
  return { count, offset, length: numberAt(offsets, 2 * count) - offset };
}
