/**
 * The layout of a tar (POSIX.1-2024 `pax`): for each entry its headers and the
 * file, filled up to whole blocks, and zeros at the end.
 *
 * @module
 */

import { createEntryCheck, entryAt } from "./entry_check.ts";
import {
  type ArchiveEntries,
  type ArchiveLayout,
  createLayout,
} from "./layout.ts";
import { addUp, type Pause } from "./offsets.ts";
import { padded, tarHeader, tarHeaderLength } from "./tar_header.ts";
import { BLOCK_BYTES } from "./ustar.ts";

/** At least two blocks of zeros end a tar. */
const END_BYTES = 2 * BLOCK_BYTES;

/** Programs for tapes write and expect a multiple of 20 blocks. */
const UNIT_BYTES = 20 * BLOCK_BYTES;

/**
 * Makes the layout of a tar. It keeps the entries and 8 bytes for each.
 *
 * @param entries Files and folders, in the order of the archive.
 * @param pause Called after every 64 entries.
 * @returns The layout, which never asks for a checksum.
 * @throws {RangeError} If an entry cannot be in an archive (see
 * `entry_check.ts`).
 *
 * @example Usage
 * ```ts
 * import { tarLayout } from "./tar_layout.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const entries = [{ name: "a.txt", size: 5, modified: null }];
 * const tar = await tarLayout(entries, () => undefined);
 * const pieces = await Array.fromAsync(tar.pieces(0, tar.length, () => 0));
 *
 * assertEquals(tar.length, 10_240);
 * assertEquals(pieces.map(({ kind }) => kind), ["bytes", "file", "bytes"]);
 * ```
 */
export async function tarLayout(
  entries: ArchiveEntries,
  pause: Pause,
): Promise<ArchiveLayout> {
  const count = entries.length;
  const check = createEntryCheck(entries);
  const offsets = await addUp({
    count: count + 1,
    lengthOf(frame, before) {
      if (frame === count) return endLengthBehind(before[frame] ?? 0);
      const entry = entryAt(entries, frame);
      return tarHeaderLength(entry, check(frame)) + padded(entry.size);
    },
  }, pause);
  const sizeOf = (frame: number) =>
    frame < count ? entryAt(entries, frame).size : 0;

  return createLayout({
    offsets,
    sizeOf,
    tailLengthOf: (frame) => padded(sizeOf(frame)) - sizeOf(frame),
    recordOf({ kind, frame, length }) {
      const isHeader = frame < count && kind === "head";
      return isHeader
        ? tarHeader(entryAt(entries, frame))
        : new Uint8Array(length);
    },
  });
}

function endLengthBehind(length: number): number {
  const whole = length + END_BYTES;
  return Math.ceil(whole / UNIT_BYTES) * UNIT_BYTES - length;
}
