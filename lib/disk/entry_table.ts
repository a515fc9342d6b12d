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

// The folder that it is in, and where its name begins and ends.
const LINKS = 3;

/**
 * So many entries share a piece of memory. A table that is copied whenever it
 * is full takes three times as much for a moment, and the system has it for
 * longer.
 */
const CHUNK_ENTRIES = 4_096;
const CHUNK_NAME_BYTES = 65_536;

/** A unit of a string has no more in UTF-8. */
const UNIT_BYTES_MAX = 3;

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
  readonly #numbers: Float64Array<ArrayBuffer>[] = [];
  readonly #links: Uint32Array<ArrayBuffer>[] = [];
  readonly #names: Uint8Array<ArrayBuffer>[] = [];
  /** How much of the last piece of names is taken. */
  #nameEnd = 0;
  /** Where folders are that a link led to. */
  readonly #paths: Map<number, string> = new Map();
  /** The folder that was asked for last, behind all that it is in. */
  readonly #way: Place[] = [];
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
    if (index % CHUNK_ENTRIES === 0) {
      this.#numbers.push(new Float64Array(CHUNK_ENTRIES * NUMBERS));
      this.#links.push(new Uint32Array(CHUNK_ENTRIES * LINKS));
    }
    const numbers = this.#numbers.at(-1);
    const links = this.#links.at(-1);
    const at = index % CHUNK_ENTRIES;
    numbers?.set([
      entry.isFolder ? -1 : size,
      modified ?? NaN,
      device,
      inode ?? NaN,
      changed ?? NaN,
    ], at * NUMBERS);
    links?.set([
      entry.parent ?? index,
      ...this.#addName(entry.name),
    ], at * LINKS);
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
    this.#way.length = 0;
    this.#last = null;
    for (const chunks of [this.#numbers, this.#links, this.#names]) {
      for (const { buffer } of chunks) buffer.transfer(0);
      chunks.length = 0;
    }
    this.#nameEnd = 0;
  }

  /** Gives where a name begins and ends, over all pieces of names. */
  #addName(name: string): readonly [start: number, end: number] {
    const bytesMax = name.length * UNIT_BYTES_MAX;
    if (bytesMax > CHUNK_NAME_BYTES) throw new RangeError("A name is too long");
    let chunk = this.#names.at(-1);
    if (chunk === undefined || this.#nameEnd + bytesMax > chunk.length) {
      chunk = new Uint8Array(CHUNK_NAME_BYTES);
      this.#names.push(chunk);
      this.#nameEnd = 0;
    }
    const before = (this.#names.length - 1) * CHUNK_NAME_BYTES;
    const start = this.#nameEnd;
    const { written } = ENCODER.encodeInto(name, chunk.subarray(start));
    this.#nameEnd = start + written;
    return [before + start, before + this.#nameEnd];
  }

  #toEntry(index: number): WalkedEntry {
    const numbers = this.#numbers[Math.floor(index / CHUNK_ENTRIES)];
    const at = (index % CHUNK_ENTRIES) * NUMBERS;
    const kept = numbers?.[at] ?? 0;
    const isFolder = kept === -1;
    const size = isFolder ? 0 : kept;
    const modified = known(numbers?.[at + 1]);
    const device = numbers?.[at + 2] ?? 0;
    const inode = known(numbers?.[at + 3]);
    const changed = known(numbers?.[at + 4]);
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

  #placeOf(index: number): Place {
    const parent = this.#parentOf(index);
    const above = parent === index ? undefined : this.#folderAt(parent);
    return this.#placeIn(above, index);
  }

  /** In the order of the tree, a folder is mostly on the way already. */
  #folderAt(index: number): Place | undefined {
    const way = this.#way;
    const missing: number[] = [];
    for (let at = index;; at = this.#parentOf(at)) {
      while ((way.at(-1)?.index ?? -1) > at) way.pop();
      if (way.at(-1)?.index === at) break;
      missing.push(at);
      if (this.#parentOf(at) === at) break;
    }
    for (const at of missing.reverse()) {
      way.push(this.#placeIn(way.at(-1), at));
    }
    return way.at(-1);
  }

  #placeIn(above: Place | undefined, index: number): Place {
    const links = this.#links[Math.floor(index / CHUNK_ENTRIES)];
    const at = (index % CHUNK_ENTRIES) * LINKS;
    const own = this.#nameAt(links?.[at + 1] ?? 0, links?.[at + 2] ?? 0);
    const path = this.#paths.get(index);
    if (above === undefined) return { index, name: own, path: path ?? own };
    const folder = above.path;
    // Not `join`, which would take the whole path apart each time.
    const start = folder.endsWith(SEPARATOR) ? folder : folder + SEPARATOR;
    return { index, name: `${above.name}/${own}`, path: path ?? start + own };
  }

  #parentOf(index: number): number {
    const links = this.#links[Math.floor(index / CHUNK_ENTRIES)];
    return links?.[(index % CHUNK_ENTRIES) * LINKS] ?? index;
  }

  #nameAt(start: number, end: number): string {
    const chunk = this.#names[Math.floor(start / CHUNK_NAME_BYTES)];
    const from = start % CHUNK_NAME_BYTES;
    return DECODER.decode(chunk?.subarray(from, from + end - start));
  }
}

function known(number: number | undefined): number | null {
  return number === undefined || Number.isNaN(number) ? null : number;
}
