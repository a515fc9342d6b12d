/**
 * The files of an archive, read one after the other. Each is judged again when
 * it is opened, as for a request of its own, and has to be the one that was
 * announced: an archive holds what its directory says, or breaks off.
 *
 * @module
 */

import type { Crc32 } from "../archive/crc32.ts";
import { BrokenBody } from "../reply.ts";
import type { Checksums } from "./checksums.ts";
import type { EntryTable, WalkedEntry } from "./entry_table.ts";
import { factsOf } from "./facts.ts";
import { closeFile, type OpenFile } from "./open_file.ts";
import { findWalked, openWalked, type WalkedPlace } from "./open_walked.ts";
import { BLOCK_BYTES } from "./read_file.ts";

/** What the files of an archive are read with. */
export interface ArchiveFilesOptions extends WalkedPlace {
  readonly entries: EntryTable;
  /** How a CRC is computed; `null` where the archive has none. */
  readonly crc32: Crc32 | null;
  /** What was computed before. */
  readonly checksums: Checksums;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called whenever something was read. */
  readonly onProgress: () => void;
}

/** The file that is being read. */
interface Current {
  readonly index: number;
  readonly file: OpenFile;
  /** Where it is read next. */
  position: number;
  checksum: number;
  /** Up to where the CRC is of all bytes. */
  summed: number;
}

/** Reads the files of one archive. */
export class ArchiveFiles {
  readonly #options: ArchiveFilesOptions;
  /** NaN where not known. The memory of all archives may be too small. */
  readonly #checksums: Float64Array;
  #current: Current | null = null;
  #isBusy = false;
  #isClosed = false;

  /**
   * Begins with no file open.
   *
   * @param options What the files are read with.
   */
  constructor(options: ArchiveFilesOptions) {
    this.#options = options;
    const count = options.crc32 === null ? 0 : options.entries.length;
    this.#checksums = new Float64Array(count).fill(NaN);
  }

  /**
   * Reads a part of a file.
   *
   * @param index Position of the file among the entries.
   * @param start Where the part begins.
   * @param into What is filled; not beyond the end of the file.
   * @returns How many bytes were read, at least one.
   * @throws {BrokenBody} If the file is not the one that was announced.
   */
  async read(
    index: number,
    start: number,
    into: Uint8Array<ArrayBuffer>,
  ): Promise<number> {
    return await this.#whileBusy(() => this.#read(index, start, into));
  }

  /**
   * Ends the reading of a file, before its last bytes leave.
   *
   * @throws {BrokenBody} If the file was changed meanwhile.
   */
  async finish(): Promise<void> {
    await this.#whileBusy(() => this.#finish());
  }

  /**
   * Gives the CRC of a file; reads it where that is not known.
   *
   * @param index Position of the file among the entries.
   * @returns The CRC.
   */
  checksumOf(index: number): number | Promise<number> {
    const own = this.#checksums[index] ?? NaN;
    if (!Number.isNaN(own)) return own;
    const known = this.#options.checksums.find(this.#entryAt(index));
    return known ?? this.#whileBusy(() => this.#readChecksum(index));
  }

  /**
   * Looks whether files without content still have none.
   *
   * @param from Position of the first entry that is looked at.
   * @param to Position of the first that is not.
   * @throws {BrokenBody} If one was changed or is gone.
   */
  async checkEmpty(from: number, to: number): Promise<void> {
    const { entries, onProgress } = this.#options;
    for (let index = from; index < to; index++) {
      const entry = entries.at(index);
      if (entry === undefined || entry.size > 0 || entry.isFolder) continue;
      await findWalked(this.#options, entry);
      onProgress();
      if (this.#isClosed) return;
    }
  }

  /** Frees all; what is under way keeps its file until it ends. */
  close(): void {
    this.#isClosed = true;
    if (!this.#isBusy) this.#leave();
  }

  async #read(
    index: number,
    start: number,
    into: Uint8Array<ArrayBuffer>,
  ): Promise<number> {
    const current = await this.#enter(index);
    const { content } = current.file;
    let count: number;
    if (content.kind === "memory") {
      const part = content.bytes.subarray(start, start + into.length);
      into.set(part);
      count = part.length;
    } else {
      const { file } = content;
      if (current.position !== start) {
        await file.seek(start, Deno.SeekMode.Start);
      }
      count = await file.read(into) ?? 0;
    }
    this.#options.onProgress();
    if (count === 0) throw new BrokenBody("A file in the archive is shorter");
    current.position = start + count;
    this.#sum(current, start, into.subarray(0, count));
    return count;
  }

  #sum(current: Current, start: number, bytes: Uint8Array<ArrayBuffer>): void {
    const { crc32 } = this.#options;
    if (crc32 === null || current.summed !== start) return;
    current.checksum = crc32(bytes, current.checksum);
    current.summed = start + bytes.length;
  }

  async #finish(): Promise<void> {
    const current = this.#current;
    if (current === null) return;
    const { checksums, now } = this.#options;
    const entry = this.#entryAt(current.index);
    const { content } = current.file;
    const facts = content.kind === "handle"
      ? factsOf(await content.file.stat())
      : current.file.facts;
    if (facts.size !== entry.size || facts.modified !== entry.modified) {
      throw new BrokenBody("A file in the archive was changed");
    }
    if (current.summed === entry.size && this.#options.crc32 !== null) {
      this.#checksums[current.index] = current.checksum;
      const isSame = facts.changed === entry.facts.changed;
      if (isSame) checksums.keep(entry, current.checksum, now());
    }
    this.#leave();
  }

  async #readChecksum(index: number): Promise<number> {
    const { size } = this.#entryAt(index);
    const block = new Uint8Array(Math.min(BLOCK_BYTES, size));
    for (let at = 0; at < size && !this.#isClosed;) {
      const room = block.subarray(0, Math.min(block.length, size - at));
      at += await this.#read(index, at, room);
    }
    await this.#finish();
    const checksum = this.#checksums[index] ?? NaN;
    if (Number.isNaN(checksum)) throw new BrokenBody("The client has gone");
    return checksum;
  }

  /** Opens a file, unless it is the one that is open. */
  async #enter(index: number): Promise<Current> {
    if (this.#current?.index === index) return this.#current;
    this.#leave();
    const file = await openWalked(this.#options, this.#entryAt(index));
    const current = { index, file, position: -1, checksum: 0, summed: 0 };
    this.#current = current;
    return current;
  }

  #entryAt(index: number): WalkedEntry {
    const entry = this.#options.entries.at(index);
    if (entry === undefined) throw new RangeError(`There is no entry ${index}`);
    return entry;
  }

  async #whileBusy<T>(work: () => Promise<T>): Promise<T> {
    this.#isBusy = true;
    try {
      return await work();
    } finally {
      this.#isBusy = false;
      if (this.#isClosed) this.#leave();
    }
  }

  #leave(): void {
    const file = this.#current?.file;
    this.#current = null;
    if (file === undefined) return;
    closeFile(file);
    // Nobody else has these bytes: their memory is given back at once.
    if (file.content.kind === "memory") file.content.bytes.buffer.transfer(0);
  }
}
