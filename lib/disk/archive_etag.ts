/**
 * The entity tag of an archive: another one as soon as a name, a size or a time
 * in it is another, so that a client that resumes after a change starts over.
 *
 * @module
 */

import {
  NO_VALIDATORS,
  timeWorth,
  type Validators,
  validatorsOfBytes,
  YOUNG_MS,
} from "../http/etag.ts";
import type { FileFacts } from "../target.ts";
import { pace } from "./pace.ts";

/** What the tag of an archive is made from. */
export interface TaggedEntries {
  readonly length: number;
  at(index: number): TaggedEntry | undefined;
}

/** One of its entries. */
export interface TaggedEntry {
  /** Path in the archive. */
  readonly name: string;
  readonly facts: Pick<FileFacts, "size" | "modified" | "changed">;
  readonly isFolder: boolean;
}

// So much is hashed at once: of names of an ordinary length less than a
// millisecond, and some 100 KB.
const ENTRIES_AT_ONCE = 1_024;
const TEXT_AT_ONCE = 65_536;

/**
 * Finds the validators of an archive.
 *
 * @param format Form of the archive: each has bytes of its own.
 * @param entries What is in it, in order.
 * @param now Milliseconds since the epoch.
 * @returns A strong entity tag; none where the time of a file in it means
 * nothing or is so new that the next change may not show. Never a date: what
 * was taken out leaves none.
 *
 * @example Usage
 * ```ts
 * import { archiveValidators } from "./archive_etag.ts";
 * import { assertEquals, assertMatch } from "@std/assert";
 *
 * const modified = 1_700_000_000_000;
 * const facts = { size: 1, modified, changed: null };
 * const file = { name: "a/b", isFolder: false, facts };
 * const old = await archiveValidators("zip", [file], Date.now());
 * const young = await archiveValidators("zip", [file], modified);
 *
 * assertMatch(old.etag ?? "", /^"[0-9a-f]{32}"$/);
 * assertEquals(young.etag, null);
 * ```
 */
export async function archiveValidators(
  format: string,
  entries: TaggedEntries,
  now: number,
): Promise<Validators> {
  const encoder = new TextEncoder();
  let digest = await hash(encoder.encode(format));
  for (let index = 0; index < entries.length;) {
    let text = "";
    const end = Math.min(index + ENTRIES_AT_ONCE, entries.length);
    for (; index < end && text.length < TEXT_AT_ONCE; index++) {
      const entry = entries.at(index);
      if (entry === undefined) continue;
      const state = stateOf(entry, now);
      if (state === null) return NO_VALIDATORS;
      // NUL is in no name.
      text += `${entry.name}\0${state}\0`;
    }
    const bytes = encoder.encode(text);
    const chained = new Uint8Array(digest.byteLength + bytes.length);
    chained.set(new Uint8Array(digest));
    chained.set(bytes, digest.byteLength);
    digest = await hash(chained);
    await pace();
  }
  // 128 bits tell versions of one archive apart.
  return validatorsOfBytes(digest.slice(0, 16));
}

/** All that may change of an entry, or `null` where a change may not show. */
function stateOf(
  { facts, isFolder }: TaggedEntry,
  now: number,
): string | null {
  const { size, modified, changed } = facts;
  // A folder or an empty file is nothing but its name and time.
  if (isFolder) return `/ ${modified}`;
  const state = `${size} ${modified}`;
  if (size === 0) return state;
  const worth = timeWorth(modified, now);
  if (worth === "good") return state;
  // Packages that were unpacked have a time that means nothing. That of their
  // unpacking is no part of the archive, and shows a change as well.
  const isOld = changed !== null && changed <= now - YOUNG_MS;
  return worth === "meaningless" && isOld ? `${state} ${changed}` : null;
}

function hash(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", bytes);
}
