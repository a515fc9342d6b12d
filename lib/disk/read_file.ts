/**
 * Reading an open file so that what is known of it and its bytes are one and
 * the same version, although others may write meanwhile.
 *
 * @module
 */

import { callLater } from "../call_later.ts";
import { HEAD_BYTES } from "../http/media_type.ts";
import type { FileFacts } from "../target.ts";
import { factsOf } from "./facts.ts";
import { look, type QuickDisk } from "./quick_look.ts";
import { isEqual, readAt } from "./read.ts";

/** What was read of a file. */
export interface FileBytes {
  /** What is true of the very bytes that are sent. */
  readonly facts: FileFacts;
  /** First bytes, to tell what it is. */
  readonly head: Uint8Array;
  readonly content: FileContent;
}

/** Where the bytes are. */
export type FileContent =
  | { readonly kind: "memory"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "handle"; readonly file: Deno.FsFile };

/**
 * Up to this size a file is always read whole and closed at once; larger ones
 * are streamed in blocks of it. 256 KiB was the fastest block in measurements.
 */
export const BLOCK_BYTES = 262_144;

/**
 * Up to this size it is read whole while few others are, so that it can be kept
 * in memory; a crowd that asks for such files costs no more than its blocks.
 */
export const WHOLE_BYTES_MAX = 1_048_576;
const LARGE_READINGS_MAX = 8;
let largeReadings = 0;

// Deno tells times in milliseconds and kernels step them by up to 10 ms: a
// change within that time of another one cannot be seen in it.
const CLOCK_STEP_MS = 20;

// How often a file is read again that changes while it is read, and how often
// it is waited for.
const READS_MAX = 12;
const WAITS_MAX = 3;

/**
 * Reads a file: all of a small one, and the beginning of a large one.
 *
 * @param file Open file. It stays open, and is only needed further where the
 * content is its handle.
 * @param seen What is known of it.
 * @param disk What is known of the disk that it is on. Its answers about a file
 * come from the system's memory; the bytes may have to be fetched, and are
 * always waited for.
 * @returns What was read, or `null` where it is written to without a pause.
 *
 * @example Usage
 * ```ts
 * import { factsOf } from "./facts.ts";
 * import { UNKNOWN_DISK } from "./quick_look.ts";
 * import { readFile } from "./read_file.ts";
 * import { assertEquals } from "@std/assert";
 *
 * using file = await Deno.open("deno.json");
 * const facts = factsOf(await file.stat());
 *
 * const read = await readFile(file, facts, UNKNOWN_DISK);
 * assertEquals(read?.content.kind, "memory");
 * ```
 */
export async function readFile(
  file: Deno.FsFile,
  seen: FileFacts,
  disk: QuickDisk,
): Promise<FileBytes | null> {
  if (seen.size <= BLOCK_BYTES) return await readWhole(file, seen, disk);
  if (seen.size > WHOLE_BYTES_MAX || largeReadings >= LARGE_READINGS_MAX) {
    return await readHead(file, disk);
  }
  largeReadings++;
  try {
    return await readWhole(file, seen, disk);
  } finally {
    largeReadings--;
  }
}

async function readWhole(
  file: Deno.FsFile,
  seen: FileFacts,
  disk: QuickDisk,
): Promise<FileBytes | null> {
  let before = seen;
  for (let attempt = 1; attempt <= READS_MAX; attempt++) {
    if (attempt > 1) before = factsOf(await stat(file, disk));
    // What is being written now is likely to be whole a moment later.
    if (!isSettled(before) && attempt <= WAITS_MAX) {
      await nextClockStep();
      continue;
    }
    if (before.size > Math.max(seen.size, BLOCK_BYTES)) {
      return await readHead(file, disk);
    }
    const bytes = await readAt(file, 0, before.size);
    if (bytes.length < before.size) continue;
    const after = factsOf(await stat(file, disk));
    const isGrowing = after.size > before.size && attempt === READS_MAX;
    if (!isGrowing && !isUnchanged(before, after)) continue;
    if (!isSettled(after)) {
      // The time cannot show a change so soon: two readings can.
      const again = await readAt(file, 0, before.size);
      if (!isEqual(bytes, again)) continue;
    }
    // Of a file that only grows (a log), what was there at first is sent.
    const facts = { ...after, size: before.size };
    const head = bytes.subarray(0, HEAD_BYTES);
    return { facts, head, content: { kind: "memory", bytes } };
  }
  return null;
}

async function readHead(
  file: Deno.FsFile,
  disk: QuickDisk,
): Promise<FileBytes> {
  let facts = factsOf(await stat(file, disk));
  for (let waits = 0; !isSettled(facts); waits++) {
    await nextClockStep();
    // Written to without a pause: from here on each change will show, and what
    // came before it is read as a whole.
    if (waits === WAITS_MAX) break;
    facts = factsOf(await stat(file, disk));
  }
  const head = await readAt(file, 0, Math.min(HEAD_BYTES, facts.size));
  return { facts, head, content: { kind: "handle", file } };
}

function stat(
  file: Deno.FsFile,
  disk: QuickDisk,
): Deno.FileInfo | Promise<Deno.FileInfo> {
  return look(disk, () => file.statSync(), () => file.stat());
}

function nextClockStep(): Promise<void> {
  return new Promise((resolve) => void callLater(resolve, CLOCK_STEP_MS));
}

/** Whether a change after this moment will show in the modification time. */
function isSettled(facts: FileFacts): boolean {
  if (facts.modified === null) return true;
  const age = Date.now() - facts.modified;
  return age > CLOCK_STEP_MS || age < -CLOCK_STEP_MS;
}

function isUnchanged(before: FileFacts, after: FileFacts): boolean {
  return before.size === after.size && before.modified === after.modified &&
    before.changed === after.changed;
}
