/**
 * An archive as a row of frames, of which all lengths are known before a byte
 * is made: each is a head, the bytes of a file, and a tail. Any part of the
 * archive can be made without what is before it.
 *
 * What heads and tails hold is decided by the format (`zip_layout.ts`,
 * `tar_layout.ts`).
 *
 * @module
 */

import { type Frames, type Section, sectionsIn } from "./frames.ts";
import { numberAt } from "./offsets.ts";

/** A file or folder that goes into an archive. */
export interface ArchiveEntry {
  /** Path in the archive, `/` between its parts; a folder ends with `/`. */
  readonly name: string;
  /** Bytes of the file, 0 for a folder. */
  readonly size: number;
  /** Milliseconds since 1970, `null` where it is not known. */
  readonly modified: number | null;
}

/** What goes into an archive, in order: an array, or what is read like one. */
export interface ArchiveEntries {
  /** How many entries there are. */
  readonly length: number;
  /** Gives the entry at a position. */
  at(index: number): ArchiveEntry | undefined;
}

/** The next part of an archive. */
export type ArchivePiece =
  | {
    readonly kind: "bytes";
    /** Headers and the like, cut to the range. */
    readonly bytes: Uint8Array<ArrayBuffer>;
  }
  | {
    readonly kind: "file";
    /** Which entry the bytes are of. */
    readonly index: number;
    /** Position in the file. */
    readonly start: number;
    /** At least 1. */
    readonly length: number;
  };

/** Tells the CRC-32 of an entry's file. */
export type ChecksumOf = (index: number) => number | Promise<number>;

/** An archive whose bytes can be made. */
export interface ArchiveLayout {
  /** Bytes of the whole archive. */
  readonly length: number;
  /**
   * Makes the bytes of a range, in order.
   *
   * @param start Position of the first byte.
   * @param end Position behind the last byte.
   * @param checksumOf Asked for files of at least one byte, and only where a
   * record with their checksum is in the range: after the bytes of the file,
   * when the next piece is asked for, and once more at the end of the archive.
   * For a promise, everything before it is given out first.
   * @returns Pieces of one byte or more; records up to about 16 KiB together.
   * @throws {RangeError} If the range is not within the archive.
   */
  pieces(
    start: number,
    end: number,
    checksumOf: ChecksumOf,
  ): AsyncGenerator<ArchivePiece, void>;
}

/** The frames of an archive, and how their records are made. */
export interface ArchiveFrames extends Frames {
  /** Makes a head or tail, of exactly the length that was announced. */
  readonly recordOf: (
    section: Section,
    checksumOf: ChecksumOf,
  ) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Records are given out together up to this: a piece of its own costs more, and
 * 64 KiB of them held everything up for 6 ms.
 */
const GATHER_BYTES = 16_384;

/**
 * Makes the layout of an archive out of its frames.
 *
 * @param frames Frames, at least one.
 * @returns The layout.
 *
 * @example Usage
 * ```ts
 * import { createLayout } from "./layout.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const layout = createLayout({
 *   offsets: Float64Array.of(0, 5),
 *   sizeOf: () => 3,
 *   tailLengthOf: () => 1,
 *   recordOf: ({ kind }) =>
 *     new TextEncoder().encode(kind === "head" ? "<" : ">"),
 * });
 *
 * const pieces = await Array.fromAsync(layout.pieces(2, 5, () => 0));
 * assertEquals(pieces, [
 *   { kind: "file", index: 0, start: 1, length: 2 },
 *   { kind: "bytes", bytes: new TextEncoder().encode(">") },
 * ]);
 * ```
 */
export function createLayout(frames: ArchiveFrames): ArchiveLayout {
  const length = numberAt(frames.offsets, frames.offsets.length - 1);
  return {
    length,
    async *pieces(start, end, checksumOf) {
      if (!(start >= 0 && start <= end && end <= length)) {
        throw new RangeError(
          `Cannot give bytes ${start} to ${end} of an archive of ${length}`,
        );
      }
      const gathered = new Gathered();
      for (const section of sectionsIn(frames, start, end)) {
        if (section.kind === "file") {
          if (gathered.length > 0) yield gathered.take();
          yield toFilePiece(section);
          continue;
        }
        let bytes = frames.recordOf(section, checksumOf);
        if (bytes instanceof Promise) {
          // Whoever asks for the next piece is told; nobody may ask any more.
          bytes.catch(() => {});
          if (gathered.length > 0) yield gathered.take();
          bytes = await bytes;
        }
        gathered.add(cut(bytes, section));
        if (gathered.length >= GATHER_BYTES) yield gathered.take();
      }
      if (gathered.length > 0) yield gathered.take();
    },
  };
}

function toFilePiece({ frame, start, end }: Section): ArchivePiece {
  return { kind: "file", index: frame, start, length: end - start };
}

/** The part of a record that was asked for. */
function cut(
  bytes: Uint8Array<ArrayBuffer>,
  { frame, kind, length, start, end }: Section,
): Uint8Array<ArrayBuffer> {
  // The length of the archive was announced: one byte more or less would put
  // everything behind it in the wrong place.
  if (bytes.length !== length) {
    throw new Error(
      `The ${kind} of frame ${frame} has ${bytes.length} bytes, not ${length}`,
    );
  }
  return end - start === length ? bytes : bytes.subarray(start, end);
}

/** Records that wait to be given out together. */
class Gathered {
  #records: Uint8Array<ArrayBuffer>[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(record: Uint8Array<ArrayBuffer>): void {
    this.#records.push(record);
    this.#length += record.length;
  }

  take(): ArchivePiece {
    const [only] = this.#records;
    const bytes = this.#records.length === 1 && only !== undefined
      ? only
      : this.#joined();
    this.#records = [];
    this.#length = 0;
    return { kind: "bytes", bytes };
  }

  #joined(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const record of this.#records) {
      bytes.set(record, at);
      at += record.length;
    }
    return bytes;
  }
}
