/**
 * The entries of a folder that may be seen, with size and time.
 *
 * @module
 */

import { join } from "@std/path";

import type { Entry } from "../entry.ts";
import type { FileRules } from "../options.ts";
import type { VisiblePath } from "../target.ts";
import { type DiskError, diskErrorOf } from "./error_kind.ts";
import { findVisible, isNameVisible } from "./resolve.ts";
import type { Root } from "./root.ts";

/** What reading a folder comes to. */
export type EntriesResult =
  | { readonly kind: "entries"; readonly entries: readonly Entry[] }
  | { readonly kind: "refused"; readonly error: DiskError };

// The runtime has 32 threads for the disk; a file that is asked for meanwhile
// should not wait behind a long queue.
const LOOKS_AT_ONCE = 32;

/**
 * Reads a folder.
 *
 * @param root What is shared.
 * @param path Folder below it.
 * @param rules What can be seen.
 * @returns Files and folders in no order. Links are what they lead to; what
 * could not be served is left out: links to the outside, special files, names
 * that are not UTF-8.
 *
 * @example Usage
 * ```ts
 * import { DEFAULTS } from "../options.ts";
 * import { readEntries } from "./entries.ts";
 * import { findVisible } from "./resolve.ts";
 * import { openRoot } from "./root.ts";
 * import { assert } from "@std/assert";
 *
 * const root = await openRoot("lib");
 * const found = await findVisible(root, root.path, DEFAULTS);
 *
 * assert(found.kind === "directory");
 * assert((await readEntries(root, found.path, DEFAULTS)).kind === "entries");
 * ```
 */
export async function readEntries(
  root: Root,
  path: VisiblePath,
  rules: FileRules,
): Promise<EntriesResult> {
  const entries: Entry[] = [];
  try {
    let batch: Deno.DirEntry[] = [];
    for await (const found of Deno.readDir(path)) {
      if (!isNameVisible(found.name, rules)) continue;
      batch.push(found);
      if (batch.length < LOOKS_AT_ONCE) continue;
      await addEntries(batch);
      batch = [];
    }
    await addEntries(batch);
  } catch (error) {
    return { kind: "refused", error: diskErrorOf(error) };
  }
  return { kind: "entries", entries };

  async function addEntries(batch: readonly Deno.DirEntry[]): Promise<void> {
    const found = await Promise.all(
      batch.map((entry) => toEntry(root, path, entry, rules)),
    );
    for (const entry of found) if (entry !== undefined) entries.push(entry);
  }
}

async function toEntry(
  root: Root,
  directory: VisiblePath,
  found: Deno.DirEntry,
  rules: FileRules,
): Promise<Entry | undefined> {
  const { name } = found;
  const path = join(directory, name);
  if (found.isSymlink) {
    const target = await findVisible(root, path, rules);
    if (target.kind !== "file" && target.kind !== "directory") return undefined;
    const { size, modified } = target.facts;
    return toShown(name, target.kind, size, modified);
  }
  if (!found.isFile && !found.isDirectory) return undefined;
  try {
    const info = await Deno.lstat(path);
    if (!info.isFile && !info.isDirectory) return undefined;
    const kind = info.isFile ? "file" : "directory";
    return toShown(name, kind, info.size, info.mtime?.getTime() ?? null);
  } catch (error) {
    const kind = diskErrorOf(error);
    // Gone since the folder was read, or a name that the runtime cannot spell.
    if (kind === "exhausted") throw error;
    return undefined;
  }
}

function toShown(
  name: string,
  kind: Entry["kind"],
  size: number,
  modified: number | null,
): Entry {
  return { name, kind, size: kind === "file" ? size : null, modified };
}
