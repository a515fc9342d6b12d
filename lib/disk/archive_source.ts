/**
 * The body of an archive: what its layout says, with the bytes of its files
 * between, in blocks.
 *
 * @module
 */

import type { ArchiveLayout, ArchivePiece } from "../archive/layout.ts";
import { BrokenBody, type ByteSource } from "../reply.ts";
import { ArchiveFiles, type ArchiveFilesOptions } from "./archive_files.ts";
import type { BlockUse } from "./file_source.ts";
import { pace } from "./pace.ts";
import { BLOCK_BYTES } from "./read_file.ts";

/** What an archive is read from. */
export interface ArchiveSourceOptions extends ArchiveFilesOptions {
  readonly layout: ArchiveLayout;
  /** Position of the first byte. */
  readonly start: number;
  /** Position of the first byte that is not sent. */
  readonly end: number;
  /** What becomes of blocks that were handed over. */
  readonly blocks: BlockUse;
  /** Is told once that nothing is held any more. */
  readonly onClose: () => void;
}

// While files are read for their CRCs alone, what there is goes out so often:
// a client that hears nothing for long gives up.
const SILENCE_MS = 250;

/**
 * Makes the source of an archive, or of a part of it.
 *
 * @param options Layout and files, and which part.
 * @returns A source. It breaks off where a file is not what was announced.
 *
 * @example Usage
 * ```ts ignore
 * import { archiveSource } from "./archive_source.ts";
 *
 * const source = archiveSource({ ...about, start: 0, end: layout.length });
 * const first = await source.next();
 * ```
 */
export function archiveSource(options: ArchiveSourceOptions): ByteSource {
  return new ArchiveSource(options);
}

class ArchiveSource implements ByteSource {
  readonly #options: ArchiveSourceOptions;
  readonly #files: ArchiveFiles;
  readonly #pieces: AsyncGenerator<ArchivePiece>;
  /** What is left of the piece that did not fit into the last block. */
  #rest: ArchivePiece | null = null;
  /** The block that was handed over last. */
  #last: Uint8Array<ArrayBuffer> | null = null;
  /** Where the archive goes on. */
  #position: number;
  /** Files before this one were looked at; `null` before the first. */
  #checked: number | null;
  #isReadingAhead = false;
  #isBusy = false;
  #isClosed = false;
  #isCancelled = false;
  #isFreed = false;

  constructor(options: ArchiveSourceOptions) {
    const { layout, start, end } = options;
    this.#options = options;
    this.#files = new ArchiveFiles(options);
    this.#pieces = layout.pieces(start, end, (index) => {
      const checksum = this.#files.checksumOf(index);
      if (typeof checksum !== "number") this.#isReadingAhead = true;
      return checksum;
    });
    this.#position = start;
    this.#checked = start === 0 ? 0 : null;
  }

  async next(): Promise<Uint8Array<ArrayBuffer> | null> {
    this.#releaseLast();
    // Its place was given to another one: no end that looks like one.
    if (this.#isClosed) throw new BrokenBody("The archive was given up");
    this.#isBusy = true;
    try {
      this.#options.onProgress();
      const block = await this.#readBlock();
      this.#last = block;
      return block;
    } finally {
      this.#isBusy = false;
      if (this.#isClosed) this.#free();
      if (this.#isCancelled) this.#releaseLast();
    }
  }

  /** What is under way keeps its file until it ends. */
  close(): void {
    this.#isClosed = true;
    this.#files.close();
    if (!this.#isBusy) this.#free();
  }

  cancel(): void {
    this.close();
    this.#isCancelled = true;
    if (!this.#isBusy) this.#releaseLast();
  }

  free(): void {
    if (this.#isClosed && !this.#isBusy) this.#releaseLast();
  }

  async #readBlock(): Promise<Uint8Array<ArrayBuffer> | null> {
    const { end } = this.#options;
    const left = Math.min(BLOCK_BYTES, end - this.#position);
    if (left === 0) return null;
    const block = new Uint8Array(left);
    const start = performance.now();
    let at = 0;
    this.#isReadingAhead = false;
    while (at < left && !this.#isClosed) {
      const piece = await this.#nextPiece();
      at += await this.#put(piece, block.subarray(at));
      await pace();
      const isLate = performance.now() - start > SILENCE_MS;
      if (this.#isReadingAhead && isLate) break;
    }
    this.#position += at;
    if (this.#position === end) await this.#checkRest();
    return block.subarray(0, at);
  }

  async #nextPiece(): Promise<ArchivePiece> {
    const rest = this.#rest;
    if (rest !== null) {
      this.#rest = null;
      return rest;
    }
    const { value, done } = await this.#pieces.next();
    if (done !== true) return value;
    throw new Error("The layout of an archive is shorter than its length");
  }

  /** Fills a block with a piece, and remembers what does not fit. */
  async #put(
    piece: ArchivePiece,
    room: Uint8Array<ArrayBuffer>,
  ): Promise<number> {
    if (piece.kind === "bytes") {
      const part = piece.bytes.subarray(0, room.length);
      room.set(part);
      if (part.length < piece.bytes.length) {
        this.#rest = { ...piece, bytes: piece.bytes.subarray(part.length) };
      }
      return part.length;
    }
    const { index, start, length } = piece;
    if (this.#checked !== null && this.#checked < index) {
      await this.#files.checkEmpty(this.#checked, index);
    }
    this.#checked = index + 1;
    const into = room.subarray(0, Math.min(room.length, length));
    const count = await this.#files.read(index, start, into);
    if (count < length) {
      const rest = { start: start + count, length: length - count };
      this.#rest = { ...piece, ...rest };
    } else {
      await this.#files.finish();
    }
    return count;
  }

  /** Before the last bytes leave: the files without content behind the last. */
  async #checkRest(): Promise<void> {
    const { entries, layout, end } = this.#options;
    if (this.#checked === null || end !== layout.length) return;
    await this.#files.checkEmpty(this.#checked, entries.length);
  }

  #free(): void {
    if (this.#isFreed) return;
    this.#isFreed = true;
    this.#files.close();
    this.#options.onClose();
  }

  /** `transfer` detaches the buffer and gives its memory back at once. */
  #releaseLast(): void {
    if (this.#options.blocks === "released") this.#last?.buffer.transfer(0);
    this.#last = null;
  }
}
