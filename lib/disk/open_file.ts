/**
 * Opening a file and reading it so that what the headers say and what the body
 * holds are one and the same version, although others may write meanwhile.
 *
 * @module
 */

import { HEAD_BYTES } from "../http/media_type.ts";
import type { FileFacts, Seen, Target, VisiblePath } from "../target.ts";
import { type DiskError, diskErrorOf } from "./error_kind.ts";
import { isEqual, readAt } from "./read.ts";
import { factsOf } from "./facts.ts";
import { seenOf } from "./seen.ts";

/** A file on the disk, open or read as a whole. */
export interface OpenFile {
  /** What is true of the very bytes that are sent. */
  readonly facts: FileFacts;
  /** Name that the client knows it by. */
  readonly name: string;
  /** First bytes, to tell what it is. */
  readonly head: Uint8Array;
  readonly content: FileContent;
  /**
   * What to look at to know that it is still this file with these bytes;
   * `null` where no look can tell that.
   */
  readonly seen: Seen | null;
}

/** Where the bytes are. */
export type FileContent =
  | { readonly kind: "memory"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "handle"; readonly file: Deno.FsFile };

/** What opening comes to. */
export type Opened =
  | { readonly kind: "open"; readonly file: OpenFile }
  /** Another file is there by now: resolve the path again. */
  | { readonly kind: "swapped" }
  /** It is written to without a pause. */
  | { readonly kind: "unstable" }
  | { readonly kind: "refused"; readonly error: DiskError };

type FileTarget = Extract<Target, { kind: "file" }>;

/**
 * Up to this size a file is read whole and closed at once; larger ones are
 * streamed in blocks of it. 256 KiB was the fastest block in measurements.
 */
export const BLOCK_BYTES = 262_144;

// Deno tells times in milliseconds and kernels step them by up to 10 ms: a
// change within that time of another one cannot be seen in it.
const CLOCK_STEP_MS = 20;

// How often a file is read again that changes while it is read, and how often
// it is waited for.
const READS_MAX = 12;
const WAITS_MAX = 3;

/**
 * Opens a file that was resolved.
 *
 * @param target File to open, with what was seen of it.
 * @returns The file, or why it could not be had.
 * @throws The disk's error where it is none of a file's ordinary ones.
 *
 * @example Usage
 * ```ts
 * import { DEFAULTS } from "../options.ts";
 * import { openFile } from "./open_file.ts";
 * import { resolveTarget } from "./resolve.ts";
 * import { openRoot } from "./root.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const root = await openRoot(".");
 * const wanted = {
 *   segments: ["deno.json"],
 *   isFolder: false,
 *   wantsListing: false,
 * };
 * const target = await resolveTarget(root, wanted, DEFAULTS);
 *
 * if (target.kind === "file") {
 *   assertEquals((await openFile(target)).kind, "open");
 * }
 * ```
 */
export async function openFile(
  target: FileTarget,
): Promise<Opened> {
  let file: Deno.FsFile | undefined;
  let isKept = false;
  try {
    file = await Deno.open(target.path, { read: true });
    const info = await file.stat();
    // SECURITY: the path was resolved a moment ago, and may be a link to
    // anywhere by now. Only the file that was judged is read.
    if (!info.isFile || !isSame(factsOf(info), target.facts)) {
      return { kind: "swapped" };
    }
    // SECURITY: a folder on the way that was swapped for a link leads both
    // looks to the same wrong file. Whoever swaps would have to hit the moment
    // of each look, and miss each of those between them.
    if (!await isInPlace(target.path)) return { kind: "swapped" };
    if (!target.isDirect) {
      const seen = factsOf(await Deno.lstat(target.path));
      if (!isSame(seen, target.facts) || !await isInPlace(target.path)) {
        return { kind: "swapped" };
      }
    }
    const opened = info.size <= BLOCK_BYTES
      ? await readWhole(file, target, factsOf(info))
      : await readHead(file, target);
    isKept = opened.kind === "open" && opened.file.content.kind === "handle";
    return opened;
  } catch (error) {
    // The runtime checks the permission once more on `stat`, by then of where
    // the path leads now.
    if (error instanceof Deno.errors.NotCapable) return { kind: "swapped" };
    return { kind: "refused", error: diskErrorOf(error) };
  } finally {
    if (!isKept) file?.close();
  }
}

async function isInPlace(path: VisiblePath): Promise<boolean> {
  return await Deno.realPath(path) === path;
}

/**
 * Frees what an open file holds.
 *
 * @param file File that is not sent.
 *
 * @example Usage
 * ```ts
 * import { closeFile } from "./open_file.ts";
 *
 * const bytes = new Uint8Array();
 *
 * closeFile({
 *   name: "a",
 *   facts: { size: 0, modified: null, device: 0, inode: null, changed: null },
 *   head: bytes,
 *   content: { kind: "memory", bytes },
 *   seen: null,
 * });
 * ```
 */
export function closeFile(file: OpenFile): void {
  if (file.content.kind === "handle") file.content.file.close();
}

/** Device and inode; where the platform has none, size and time. */
function isSame(a: FileFacts, b: FileFacts): boolean {
  if (a.inode !== null && a.inode !== 0) {
    return a.inode === b.inode && a.device === b.device;
  }
  return a.size === b.size && a.modified === b.modified;
}

async function readWhole(
  file: Deno.FsFile,
  target: FileTarget,
  seen: FileFacts,
): Promise<Opened> {
  let before = seen;
  for (let attempt = 1; attempt <= READS_MAX; attempt++) {
    if (attempt > 1) before = factsOf(await file.stat());
    // What is being written now is likely to be whole a moment later.
    if (!isSettled(before) && attempt <= WAITS_MAX) {
      await nextClockStep();
      continue;
    }
    if (before.size > BLOCK_BYTES) return await readHead(file, target);
    const bytes = await readAt(file, 0, before.size);
    if (bytes.length < before.size) continue;
    const after = factsOf(await file.stat());
    const isGrowing = after.size > before.size && attempt === READS_MAX;
    if (!isGrowing && !isUnchanged(before, after)) continue;
    if (!isSettled(after)) {
      // The time cannot show a change so soon: two readings can.
      const again = await readAt(file, 0, before.size);
      if (!isEqual(bytes, again)) continue;
    }
    // Of a file that only grows (a log), what was there at first is sent.
    const facts = { ...after, size: before.size };
    return opened({
      facts,
      name: target.name,
      head: bytes.subarray(0, HEAD_BYTES),
      content: { kind: "memory", bytes },
      seen: isGrowing ? null : seenOf(target, facts, Date.now()),
    });
  }
  return { kind: "unstable" };
}

async function readHead(
  file: Deno.FsFile,
  target: FileTarget,
): Promise<Opened> {
  let facts = factsOf(await file.stat());
  for (let waits = 0; !isSettled(facts); waits++) {
    await nextClockStep();
    // Written to without a pause: from here on each change will show, and what
    // came before it is read as a whole.
    if (waits === WAITS_MAX) break;
    facts = factsOf(await file.stat());
  }
  const head = await readAt(file, 0, Math.min(HEAD_BYTES, facts.size));
  const { name } = target;
  const content: FileContent = { kind: "handle", file };
  return opened({
    facts,
    name,
    head,
    content,
    seen: seenOf(target, facts, Date.now()),
  });
}

function nextClockStep(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, CLOCK_STEP_MS));
}

/** Whether a change after this moment will show in the modification time. */
function isSettled(facts: FileFacts): boolean {
  if (facts.modified === null) return true;
  const age = Date.now() - facts.modified;
  return age > CLOCK_STEP_MS || age < -CLOCK_STEP_MS;
}

function isUnchanged(before: FileFacts, after: FileFacts): boolean {
  return before.size === after.size && before.modified === after.modified;
}

function opened(file: OpenFile): Opened {
  return { kind: "open", file };
}
