/**
 * Whether entries may go into an archive: that no name can lead out of the
 * folder that it is unpacked in, or twice to the same place. Whoever makes the
 * entries sees to that; here it is made sure.
 *
 * @module
 */

import type { ArchiveEntries, ArchiveEntry } from "./layout.ts";

/** More does not fit into the records of a zip (APPNOTE 4.4.10). */
const NAME_BYTES_MAX = 0xffff;

/** No `Date` is further from 1970. */
const DATE_MAX_MS = 8.64e15;

/** An empty segment (also at the beginning, or all of it), `.` or `..`. */
const WRONG_SEGMENT = /(?:^|\/)\.{0,2}(?:\/|$)/;

/**
 * Makes the judge of the entries of one archive.
 *
 * @param entries All of its entries.
 * @returns A function that judges one of them, is called once for each, and
 * returns how many bytes the name has in UTF-8. It throws a `RangeError` for a
 * name that is absolute, has an empty segment, `.` or `..`, a NUL or half a
 * character, is too long, or stands for the same as another one, and for a size
 * or time that is none.
 *
 * @example Usage
 * ```ts
 * import { createEntryCheck } from "./entry_check.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const check = createEntryCheck([
 *   { name: "é.txt", size: 1, modified: null },
 *   { name: "../é.txt", size: 1, modified: null },
 * ]);
 *
 * assertEquals(check(0), 6);
 * assertThrows(() => check(1), RangeError);
 * ```
 */
export function createEntryCheck(
  entries: ArchiveEntries,
): (index: number) => number {
  const isNew = createNameSet(entries);
  return (index) => {
    const entry = entryAt(entries, index);
    const nameBytes = utf8LengthOf(entry.name);
    const fault = faultOf(entry, nameBytes) ??
      (isNew(index) ? null : "is there twice");
    if (fault !== null) {
      const name = JSON.stringify(entry.name.slice(0, 1_000));
      throw new RangeError(`Cannot put ${name} into an archive: it ${fault}`);
    }
    return nameBytes;
  };
}

/**
 * Reads an entry of a list.
 *
 * @param entries The list.
 * @param index Position in it.
 * @returns The entry.
 * @throws {RangeError} If the list is shorter.
 *
 * @example Usage
 * ```ts
 * import { entryAt } from "./entry_check.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const entries = [{ name: "a", size: 1, modified: null }];
 *
 * assertEquals(entryAt(entries, 0).name, "a");
 * ```
 */
export function entryAt(
  entries: ArchiveEntries,
  index: number,
): ArchiveEntry {
  const entry = entries.at(index);
  if (entry === undefined) throw new RangeError(`There is no entry ${index}`);
  return entry;
}

function faultOf(entry: ArchiveEntry, nameBytes: number): string | null {
  const { name, size, modified } = entry;
  if (WRONG_SEGMENT.test(pathOf(name))) return "has a segment that is no name";
  if (name.includes("\0")) return "has a NUL";
  // Two such names would be the same in UTF-8.
  if (!name.isWellFormed()) return "has half a character";
  if (nameBytes > NAME_BYTES_MAX) return "is too long";
  if (!Number.isSafeInteger(size) || size < 0) return "has no size";
  if (name.endsWith("/") && size > 0) return "is a folder with a size";
  if (!(Math.abs(modified ?? 0) <= DATE_MAX_MS)) return "has no time";
  return null;
}

/** A file and a folder of one name would be at the same place. */
function pathOf(name: string): string {
  return name.endsWith("/") ? name.slice(0, -1) : name;
}

function utf8LengthOf(name: string): number {
  let length = name.length;
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at);
    if (unit < 0x80) continue;
    // Two units of a pair are four bytes, any other from 0x800 on is three.
    const isHalf = unit >= 0xd800 && unit <= 0xdfff;
    length += unit < 0x800 || isHalf ? 1 : 2;
  }
  return length;
}

/**
 * Names that were seen, as their numbers in a table of the final size: a `Set`
 * is copied whenever it is full, which holds everything up for 10 to 40 ms.
 */
function createNameSet(
  entries: ArchiveEntries,
): (index: number) => boolean {
  const slots = new Uint32Array(
    2 ** Math.ceil(Math.log2(entries.length + 1)) * 2,
  );
  const last = slots.length - 1;
  // An entry elsewhere in the tree takes long to be read again.
  const hashes = new Int32Array(entries.length);
  // SECURITY: names that all fall on one slot cannot be made without the seeds.
  const [first = 0, factor = 0] = crypto.getRandomValues(new Uint32Array(2));

  return (index) => {
    const path = pathOf(entryAt(entries, index).name);
    const hash = hashes[index] = hashOf(path, first, factor | 1);
    let slot = hash & last;
    for (;; slot = (slot + 1) & last) {
      const taken = slots[slot] ?? 0;
      if (taken === 0) break;
      if (hashes[taken - 1] !== hash) continue;
      if (pathOf(entryAt(entries, taken - 1).name) === path) return false;
    }
    slots[slot] = index + 1;
    return true;
  };
}

function hashOf(text: string, first: number, factor: number): number {
  let hash = first;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), factor);
    hash ^= hash >>> 15;
  }
  return hash;
}
