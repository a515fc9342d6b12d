/**
 * What a walk found, in as little memory as will do: some 70 bytes an entry,
 * none of them the garbage collector's, and all given back at once. As objects
 * they would take four times as much, and what the collector lets lie besides.
 *
 * @module
 */

import type { ArchiveEntry } from "../archive/layout.ts";
import { SEPARATOR } from "../disk_path.ts";
import type { FileFacts } from "../target.ts";

/** A file or folder that was found. */
export interface WalkedEntry extends ArchiveEntry {
  readonly isFolder: boolean;
  /** Where it is on the disk: links in it are not resolved. */
  readonly path: string;
  /** Of the file, or of what a link leads to. */
  readonly facts: FileFacts;
}

/** Something to be added. */
export interface NewEntry {
  /** Position of the folder that it is in; `null` for the first of all. */
  readonly parent: number | null;
  readonly name: string;
  readonly isFolder: boolean;
  /** Canonical path, where it is not the parent's with its name behind it. */
  readonly path: string | null;
  readonly facts: FileFacts;
}

// Size, time, device, inode and change.
const NUMBERS = 5;
const FIRST_ENTRIES = 256;
const NAME_BYTES_MAX = 1_024;

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/** Names of a folder, made once for all that is in it. */
interface Place {
  readonly index: number;
  readonly name: string;
  readonly path: string;
}

/**
 * Entries in the order in which they were added. NaN stands for `null` in what
 * is kept, and a size of -1 for a folder.
 */
export class EntryTable {
  #length = 0;
  #numbers: Float64Array<ArrayBuffer> = new Float64Array(
    FIRST_ENTRIES * NUMBERS,
  );
  /** Two for each: the folder that it is in, and the end of its name. */
  #links: Uint32Array<ArrayBuffer> = new Uint32Array(FIRST_ENTRIES * 2);
  #names: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_ENTRIES * 32);
  /** Where folders are that a link led to. */
  readonly #paths: Map<number, string> = new Map();
  #place: Place | null = null;
  #last: { readonly index: number; readonly entry: WalkedEntry } | null = null;

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /**
   * Adds an entry.
   *
   * @param entry Entry, in a folder that was added before.
   * @returns Its position.
   */
  add(entry: NewEntry): number {
    const index = this.#length;
    const { size, modified, device, inode, changed } = entry.facts;
    const end = this.#nameEnd(index);
    this.#makeRoom(end);
    const { written } = ENCODER.encodeInto(
      entry.name,
      this.#names.subarray(end),
    );
    const at = index * NUMBERS;
    this.#numbers[at] = entry.isFolder ? -1 : size;
    this.#numbers[at + 1] = modified ?? NaN;
    this.#numbers[at + 2] = device;
    this.#numbers[at + 3] = inode ?? NaN;
    this.#numbers[at + 4] = changed ?? NaN;
    this.#links[index * 2] = entry.parent ?? index;
    this.#links[index * 2 + 1] = end + written;
    if (entry.path !== null) this.#paths.set(index, entry.path);
    this.#length++;
    return index;
  }

  /**
   * Gives an entry.
   *
   * @param index Its position.
   * @returns The entry, `undefined` where there is none.
   */
  at(index: number): WalkedEntry | undefined {
    if (!(index >= 0 && index < this.#length)) return undefined;
    // Whoever asks for one asks for it several times.
    if (this.#last?.index !== index) {
      this.#last = { index, entry: this.#toEntry(index) };
    }
    return this.#last.entry;
  }

  /** Gives all memory back: nothing is in it any more. */
  free(): void {
    this.#length = 0;
    this.#paths.clear();
    this.#place = null;
    this.#last = null;
    for (const { buffer } of [this.#numbers, this.#links, this.#names]) {
      buffer.transfer(0);
    }
  }

  #toEntry(index: number): WalkedEntry {
    const at = index * NUMBERS;
    const numbers = this.#numbers;
    const kept = numbers[at] ?? 0;
    const isFolder = kept === -1;
    const size = isFolder ? 0 : kept;
    const modified = known(numbers[at + 1]);
    const device = numbers[at + 2] ?? 0;
    const inode = known(numbers[at + 3]);
    const changed = known(numbers[at + 4]);
    const { name, path } = this.#placeOf(index);
    return {
      name: isFolder ? `${name}/` : name,
      size,
      modified,
      isFolder,
      path,
      facts: { size, modified, device, inode, changed },
    };
  }

  #placeOf(index: number): Omit<Place, "index"> {
    const parent = this.#links[index * 2] ?? index;
    const own = DECODER.decode(
      this.#names.subarray(this.#nameEnd(index), this.#nameEnd(index + 1)),
    );
    const path = this.#paths.get(index);
    if (parent === index) return { name: own, path: path ?? own };
    if (this.#place?.index !== parent) {
      this.#place = { index: parent, ...this.#placeOf(parent) };
    }
    const { name, path: folder } = this.#place;
    // Not `join`, which would take the whole path apart each time.
    const start = folder.endsWith(SEPARATOR) ? folder : folder + SEPARATOR;
    return { name: `${name}/${own}`, path: path ?? start + own };
  }

  /** Where the name of an entry begins: behind the one before. */
  #nameEnd(index: number): number {
    return index === 0 ? 0 : this.#links[index * 2 - 1] ?? 0;
  }

  #makeRoom(end: number): void {
    if (end + NAME_BYTES_MAX > this.#names.length) {
      const bytes = 2 * this.#names.length;
      this.#names = new Uint8Array(this.#names.buffer.transfer(bytes));
    }
    if (this.#length * NUMBERS < this.#numbers.length) return;
    const numbers = 2 * this.#numbers.byteLength;
    this.#numbers = new Float64Array(this.#numbers.buffer.transfer(numbers));
    const links = 2 * this.#links.byteLength;
    this.#links = new Uint32Array(this.#links.buffer.transfer(links));
  }
}

function known(number: number | undefined): number | null {
  return number === undefined || Number.isNaN(number) ? null : number;
}
