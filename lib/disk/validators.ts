/**
 * Validators of an open file. Where its time means nothing they come from its
 * bytes, and what was found is remembered while the file stays as it is.
 *
 * @module
 */

import {
  NO_VALIDATORS,
  timeWorth,
  type Validators,
  validatorsOf,
  validatorsOfBytes,
  YOUNG_MS,
} from "../http/etag.ts";
import type { OpenFile } from "./open_file.ts";
import { readAt } from "./read.ts";

/** Larger files of a meaningless time have no validators. */
export const HASHED_BYTES_MAX = 1_000_000;

// A tag is about 150 bytes with its key: 1.5 MB for a site of 10,000 files.
const REMEMBERED_MAX = 10_000;

/** Finds the validators of open files. */
export type ValidatorFinder = (
  file: OpenFile,
  now: number,
) => Promise<Validators>;

/**
 * Makes a finder with a memory of its own.
 *
 * @returns A function from an open file and the time to its validators.
 *
 * @example Usage
 * ```ts
 * import { createValidatorFinder } from "./validators.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const find = createValidatorFinder();
 * const bytes = new Uint8Array([1]);
 * const file = {
 *   name: "a",
 *   facts: { size: 1, modified: 5_000, device: 1, inode: 2, changed: 0 },
 *   head: bytes,
 *   content: { kind: "memory", bytes },
 *   seen: null,
 * } as const;
 *
 * assertEquals((await find(file, 10_000)).etag, '"1-1388"');
 * ```
 */
export function createValidatorFinder(): ValidatorFinder {
  const remembered = new Map<string, Validators>();
  return async (file, now) => {
    const { facts, content } = file;
    const worth = timeWorth(facts.modified, now);
    if (worth === "good") return validatorsOf(facts);
    if (worth === "young" || facts.size > HASHED_BYTES_MAX) {
      return NO_VALIDATORS;
    }
    if (content.kind === "memory") return await hash(content.bytes);
    const { size, modified, device, inode } = facts;
    const changed = (await content.file.stat()).ctime?.getTime() ?? now;
    const key = `${device}:${inode}:${size}:${modified}:${changed}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const bytes = await readAt(content.file, 0, size);
    if (bytes.length < size) return NO_VALIDATORS;
    const validators = await hash(bytes);
    // Deno tells this time in seconds: what changed just now may change again
    // without a trace.
    if (now - changed < YOUNG_MS) return validators;
    if (remembered.size >= REMEMBERED_MAX) remembered.clear();
    remembered.set(key, validators);
    return validators;
  };
}

async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<Validators> {
  // 128 bits tell versions of one file apart; the full hash is only longer.
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return validatorsOfBytes(digest.slice(0, 16));
}
