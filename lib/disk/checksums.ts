/**
 * CRCs of files that were read, so that the next part of an archive need not
 * read them again. What was found is right for as long as nothing about the
 * file has changed.
 *
 * @module
 */

import { YOUNG_MS } from "../http/etag.ts";
import type { FileFacts } from "../target.ts";

/** A file, and what the disk says of it. */
export interface ChecksumKey {
  readonly path: string;
  readonly facts: FileFacts;
}

/** CRCs that are remembered. */
export interface Checksums {
  /**
   * Finds the CRC of a file.
   *
   * @param file File as it is.
   * @returns The CRC, or `undefined` where it is not known.
   */
  find(file: ChecksumKey): number | undefined;
  /**
   * Keeps the CRC of a file.
   *
   * @param file File as it was before and after it was read.
   * @param checksum Its CRC.
   * @param now Milliseconds since the epoch.
   */
  keep(file: ChecksumKey, checksum: number, now: number): void;
}

/** A file can be in one of two places of so many slots. */
const WAYS = 4;

// Size, time, change, device, and inode or path.
const NUMBERS = 5;

/**
 * Makes the memory. It is a table of a fixed size, outside the heap: 12 bytes a
 * file, where a `Map` takes ten times as much and the garbage collector looks
 * through all of it. Files are told apart by 64 bits of a hash, which nobody
 * can foresee.
 *
 * @param filesMax How many files it has slots for, a power of two. Up to three
 * quarters of them are hardly ever in each other's way.
 * @returns The memory, empty.
 *
 * @example Usage
 * ```ts
 * import { createChecksums } from "./checksums.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const checksums = createChecksums(1_024);
 * const times = { modified: 5_000, changed: 5_000 };
 * const facts = { size: 1, device: 1, inode: 2, ...times };
 * checksums.keep({ path: "/srv/a", facts }, 0xffff_ffff, 10_000);
 *
 * assertEquals(checksums.find({ path: "/srv/a", facts }), 0xffff_ffff);
 *
 * const touched = { path: "/srv/a", facts: { ...facts, changed: 6_000 } };
 * assertEquals(checksums.find(touched), undefined);
 * ```
 */
export function createChecksums(filesMax: number): Checksums {
  const places = filesMax / WAYS;
  // Three for each slot: two halves of the hash, 0 in an empty one, and the CRC.
  const slots = new Uint32Array(filesMax * 3);
  const seeds = crypto.getRandomValues(new Uint32Array(2));
  const [seed = 0, otherSeed = 0] = seeds;
  let turn = 0;

  /** Where the slots of a place begin. */
  function startOf(half: number): number {
    return (half % places) * WAYS * 3;
  }

  /** The slot of one of the two places that has two given halves. */
  function slotWith(
    halves: readonly [number, number],
    [high, low]: readonly [number, number],
  ): number | undefined {
    for (const half of halves) {
      const start = startOf(half);
      for (let slot = start; slot < start + WAYS * 3; slot += 3) {
        if (slots[slot] === high && slots[slot + 1] === low) return slot;
      }
    }
    return undefined;
  }

  function halvesOf(file: ChecksumKey): readonly [number, number] {
    const words = wordsOf(file);
    // Never 0, which is an empty slot.
    return [hashOf(words, seed) || 1, hashOf(words, otherSeed)];
  }

  return {
    find(file) {
      const halves = halvesOf(file);
      const slot = slotWith(halves, halves);
      return slot === undefined ? undefined : slots[slot + 2];
    },
    keep(file, checksum, now) {
      const { modified, changed } = file.facts;
      // What changed just now may change again without a trace.
      if (modified === null) return;
      if (Math.max(modified, changed ?? 0) > now - YOUNG_MS) return;
      const halves = halvesOf(file);
      turn = (turn + 1) % WAYS;
      const slot = slotWith(halves, halves) ?? slotWith(halves, [0, 0]) ??
        startOf(halves[0]) + turn * 3;
      slots[slot] = halves[0];
      slots[slot + 1] = halves[1];
      slots[slot + 2] = checksum;
    },
  };
}

/** All that has to be the same for the CRC to be. */
function wordsOf({ path, facts }: ChecksumKey): Uint32Array {
  const { size, modified, device, inode, changed } = facts;
  // -1 stands for what nobody tells.
  const state = [size, modified ?? -1, changed ?? -1, device, inode ?? -1];
  // A platform that has no inode has paths.
  const name = inode === null || inode === 0 ? path : "";
  const numbers = new Float64Array(NUMBERS + name.length);
  numbers.set(state);
  for (let i = 0; i < name.length; i++) {
    numbers[NUMBERS + i] = name.charCodeAt(i);
  }
  return new Uint32Array(numbers.buffer);
}

/** Every bit of a word has come to all bits before the next one. */
function hashOf(words: Uint32Array, seed: number): number {
  let hash = seed;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x85eb_ca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2_ae35);
    hash ^= hash >>> 13;
  }
  return hash >>> 0;
}
