/**
 * Opening a file and reading it so that what the headers say and what the body
 * holds are one and the same version, although others may write meanwhile.
 *
 * @module
 */

import type { FileFacts, Seen, Target } from "../target.ts";
import { type DiskError, diskErrorOf } from "./error_kind.ts";
import { factsOf } from "./facts.ts";
import { openHandle } from "./open_handle.ts";
import {
  look,
  type QuickDisk,
  realPathOf,
  UNKNOWN_DISK,
} from "./quick_look.ts";
import { type FileBytes, readFile } from "./read_file.ts";
import { seenOf } from "./seen.ts";

/** A file on the disk, open or read as a whole. */
export interface OpenFile extends FileBytes {
  /** Name that the client knows it by. */
  readonly name: string;
  /**
   * What to look at to know that it is still this file with these bytes;
   * `null` where no look can tell that.
   */
  readonly seen: Seen | null;
}

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
 * Opens a file that was resolved.
 *
 * @param target File to open, with what was seen of it.
 * @param disk What is known of the disk that it is on.
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
  disk: QuickDisk = UNKNOWN_DISK,
): Promise<Opened> {
  let file: Deno.FsFile | undefined;
  let isKept = false;
  // Before anything is looked at: what changes later is younger than this.
  const now = Date.now();
  try {
    // Never synchronous: a pipe that was put there meanwhile holds an opening
    // up until somebody writes to it.
    const handle = file = await openHandle(target.path);
    const info = await look(
      disk,
      () => handle.statSync(),
      () => handle.stat(),
    );
    // SECURITY: the path was resolved a moment ago, and may be a link to
    // anywhere by now. Only the file that was judged is read.
    if (!info.isFile || !isSame(factsOf(info), target.facts)) {
      return { kind: "swapped" };
    }
    // SECURITY: a folder on the way that was swapped for a link leads both
    // looks to the same wrong file. Whoever swaps would have to hit the moment
    // of each look, and miss each of those between them.
    if (await realPathOf(target.path, disk) !== target.path) {
      return { kind: "swapped" };
    }
    if (!target.isDirect) {
      const { path } = target;
      const seen = await look(
        disk,
        () => Deno.lstatSync(path),
        () => Deno.lstat(path),
      );
      if (!isSame(factsOf(seen), target.facts)) return { kind: "swapped" };
      if (await realPathOf(path, disk) !== path) return { kind: "swapped" };
    }
    const read = await readFile(file, factsOf(info), disk);
    if (read === null) return { kind: "unstable" };
    isKept = read.content.kind === "handle";
    const seen = seenOf(target, read.facts, now);
    return { kind: "open", file: { ...read, name: target.name, seen } };
  } catch (error) {
    // The runtime checks the permission once more on `stat`, by then of where
    // the path leads now.
    if (error instanceof Deno.errors.NotCapable) return { kind: "swapped" };
    return { kind: "refused", error: diskErrorOf(error) };
  } finally {
    if (!isKept) file?.close();
  }
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
