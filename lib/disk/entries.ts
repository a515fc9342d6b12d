/**
 * The entries of a folder that may be seen, with size and time.
 *
 * @module
 */

import { SEPARATOR } from "@std/path/constants";

import type { Entry } from "../entry.ts";
import type { FileRules } from "../options.ts";
import type { FileFacts, VisiblePath } from "../target.ts";
import { type DiskError, diskErrorOf } from "./error_kind.ts";
import { pace } from "./pace.ts";
import { factsOf } from "./facts.ts";
import { findVisible, isNameVisible } from "./resolve.ts";
import type { Root } from "./root.ts";

/** What is in a folder. */
export interface FolderContent {
  readonly entries: readonly Entry[];
  /** Number of folders among the entries. */
  readonly folders: number;
  /** Number of files among them. */
  readonly files: number;
  /** Sum of the sizes of the files. */
  readonly bytes: number;
}

/** What reading a folder comes to. */
export type EntriesResult =
  | ({ readonly kind: "entries" } & FolderContent)
  | { readonly kind: "refused"; readonly error: DiskError };

// The runtime has 32 threads for the disk: half of them stay free for files
// that are asked for meanwhile.
const LOOKS_AT_ONCE = 16;

// The runtime holds all entries at each reading: of 100,000, some 40 MB more.
const TWICE_MAX = 5_000;

// How often the clock is looked at: the names come without a pause.
const NAMES_PER_LOOK = 512;

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
  let files = 0;
  let bytes = 0;
  try {
    const names = await readOwnNames(root, path, rules);
    for (let i = 0; i < names.length; i += LOOKS_AT_ONCE) {
      const found = await Promise.all(
        names.slice(i, i + LOOKS_AT_ONCE)
          .map((name) => toEntry(root, path, name, rules)),
      );
      for (const entry of found) {
        if (entry === "exhausted") return { kind: "refused", error: entry };
        if (entry === "absent") continue;
        entries.push(entry);
        if (entry.kind === "file") files++;
        bytes += entry.size ?? 0;
      }
    }
    // SECURITY: a folder that was swapped for a link meanwhile is another's.
    if (await Deno.realPath(path) !== path) {
      return { kind: "refused", error: "missing" };
    }
  } catch (error) {
    return { kind: "refused", error: diskErrorOf(error) };
  }
  const folders = entries.length - files;
  return { kind: "entries", entries, folders, files, bytes };
}

/**
 * SECURITY: a folder on the way that is swapped for a link and back again would
 * show the names of another folder. Those of two readings, with the folder in
 * its place between them, are its own. Above the root nobody swaps.
 */
async function readOwnNames(
  root: Root,
  path: VisiblePath,
  rules: FileRules,
): Promise<readonly string[]> {
  const names = await readNames(path, rules);
  if (path === root.path || names.length > TWICE_MAX) return names;
  if (await Deno.realPath(path) !== path) return [];
  const again = new Set(await readNames(path, rules));
  return names.filter((name) => again.has(name));
}

/** Names first: the runtime holds all of a folder's entries while it is read. */
async function readNames(
  path: VisiblePath,
  rules: FileRules,
): Promise<readonly string[]> {
  const names: string[] = [];
  const replaced = new Set<string>();
  for await (const found of Deno.readDir(path)) {
    const { name } = found;
    const isSpecial = !found.isFile && !found.isDirectory && !found.isSymlink;
    if (isSpecial || !isNameVisible(name, rules)) continue;
    // What is not UTF-8 comes with replacement characters, and may then bear
    // the name of another file.
    if (name.includes("\ufffd")) {
      if (replaced.has(name)) continue;
      replaced.add(name);
    }
    names.push(name);
    if (names.length % NAMES_PER_LOOK === 0) await pace();
  }
  return names;
}

async function toEntry(
  root: Root,
  directory: VisiblePath,
  name: string,
  rules: FileRules,
): Promise<Entry | "absent" | "exhausted"> {
  // Not `join`: it takes a name apart that is one already, 100,000 times.
  const path = directory.endsWith(SEPARATOR)
    ? directory + name
    : directory + SEPARATOR + name;
  try {
    const info = await Deno.lstat(path);
    if (info.isFile) return toShown(name, "file", factsOf(info));
    if (info.isDirectory) return toShown(name, "directory", factsOf(info));
    if (!info.isSymlink) return "absent";
    const target = await findVisible(root, path, rules);
    if (target.kind === "exhausted") return "exhausted";
    if (target.kind !== "file" && target.kind !== "directory") return "absent";
    return toShown(name, target.kind, target.facts);
  } catch (error) {
    // Gone since the folder was read, or a name that the runtime cannot spell.
    return diskErrorOf(error) === "exhausted" ? "exhausted" : "absent";
  }
}

function toShown(name: string, kind: Entry["kind"], facts: FileFacts): Entry {
  const { size, modified } = facts;
  return { name, kind, size: kind === "file" ? size : null, modified };
}
