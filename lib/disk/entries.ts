/**
 * The entries of a folder that may be seen, with size and time.
 *
 * @module
 */

import type { Entry } from "../entry.ts";
import type { FileRules } from "../options.ts";
import type { FileFacts } from "../target.ts";
import {
  type FolderNames,
  lookAtEntries,
  type LookedFolder,
  NO_PULSE,
} from "./entry_looks.ts";
import { type DiskError, diskErrorOf } from "./error_kind.ts";
import { factsOf } from "./facts.ts";
import { pace } from "./pace.ts";
import type { Pulse } from "./pulse.ts";
import { isNameVisible } from "./resolve.ts";
import { isSameState } from "./seen.ts";

/** What is in a folder. */
export interface FolderContent {
  readonly entries: readonly Entry[];
  /** Number of folders among the entries. */
  readonly folders: number;
  /** Number of files among them. */
  readonly files: number;
  /** Sum of the sizes of the files. */
  readonly bytes: number;
  /** What the disk said of the folder; `null` where it changed meanwhile. */
  readonly state: FolderState | null;
}

/** What the disk said of a folder before and after it was read. */
export interface FolderState {
  readonly facts: FileFacts;
  /** When its reading began, in milliseconds since the epoch. */
  readonly since: number;
}

/** What reading a folder comes to. */
export type EntriesResult =
  | ({ readonly kind: "entries" } & FolderContent)
  | { readonly kind: "refused"; readonly error: DiskError };

// The runtime holds all entries at each reading: of 100,000, some 40 MB more.
const TWICE_MAX = 5_000;

// Reading so many names again synchronously takes two milliseconds, a quarter
// of what it takes asynchronously.
const NAMES_NOW_MAX = 2_000;

// How often the clock is looked at: the names come without a pause.
const NAMES_PER_LOOK = 512;

/**
 * Reads a folder.
 *
 * @param folder What is shared, the folder below it, and what can be seen.
 * @param pulse Tells while the disk answers quickly; without it, nothing is
 * looked at synchronously.
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
 * const folder = { root, path: found.path, rules: DEFAULTS };
 * assert((await readEntries(folder)).kind === "entries");
 * ```
 */
export async function readEntries(
  folder: Pick<LookedFolder, "root" | "path" | "rules">,
  pulse: Pulse = NO_PULSE,
): Promise<EntriesResult> {
  const { path } = folder;
  const since = Date.now();
  try {
    const before = factsOf(await Deno.lstat(path));
    const looked = { ...folder, device: before.device, pulse };
    const names = await readOwnNames(looked);
    const entries = await lookAtEntries(looked, names);
    if (entries === "exhausted") return { kind: "refused", error: entries };
    const after = factsOf(await Deno.lstat(path));
    // SECURITY: a folder that was swapped for a link meanwhile is another's.
    if (await Deno.realPath(path) !== path) {
      return { kind: "refused", error: "missing" };
    }
    const isSteady = isSameState(before, after);
    return {
      kind: "entries",
      entries,
      ...totalsOf(entries),
      state: isSteady ? { facts: before, since } : null,
    };
  } catch (error) {
    return { kind: "refused", error: diskErrorOf(error) };
  }
}

function totalsOf(
  entries: readonly Entry[],
): Pick<FolderContent, "folders" | "files" | "bytes"> {
  let files = 0;
  let bytes = 0;
  for (const { kind, size } of entries) {
    if (kind === "file") files++;
    bytes += size ?? 0;
  }
  return { folders: entries.length - files, files, bytes };
}

/**
 * SECURITY: a folder on the way that is swapped for a link and back again would
 * show the names of another folder. Those of two readings, with the folder in
 * its place between them, are its own. Above the root nobody swaps.
 */
async function readOwnNames(folder: LookedFolder): Promise<FolderNames> {
  const { root, path } = folder;
  const names = await readNames(folder);
  const count = names.files.length + names.others.length;
  if (path === root.path || count > TWICE_MAX) return names;
  if (await Deno.realPath(path) !== path) return { files: [], others: [] };
  const isQuick = count <= NAMES_NOW_MAX &&
    await folder.pulse.isQuick(folder.device, path);
  const second = isQuick ? readNamesNow(folder) : await readNames(folder);
  const again = new Set(second.files);
  for (const name of second.others) again.add(name);
  return {
    files: names.files.filter((name) => again.has(name)),
    others: names.others.filter((name) => again.has(name)),
  };
}

/** Names first: the runtime holds all of a folder's entries while it is read. */
async function readNames(folder: LookedFolder): Promise<FolderNames> {
  const { names, add } = collectNames(folder.rules);
  let count = 0;
  for await (const found of Deno.readDir(folder.path)) {
    add(found);
    if (++count % NAMES_PER_LOOK === 0) await pace();
  }
  return names;
}

function readNamesNow(folder: LookedFolder): FolderNames {
  const { names, add } = collectNames(folder.rules);
  const start = performance.now();
  for (const found of Deno.readDirSync(folder.path)) add(found);
  folder.pulse.took(folder.device, performance.now() - start);
  return names;
}

function collectNames(rules: FileRules): {
  readonly names: FolderNames;
  readonly add: (found: Deno.DirEntry) => void;
} {
  const files: string[] = [];
  const others: string[] = [];
  const replaced = new Set<string>();
  return {
    names: { files, others },
    add({ name, isFile, isDirectory, isSymlink }) {
      if (!isFile && !isDirectory && !isSymlink) return;
      if (!isNameVisible(name, rules)) return;
      // What is not UTF-8 comes with replacement characters, and may then bear
      // the name of another file.
      if (name.includes("\ufffd")) {
        if (replaced.has(name)) return;
        replaced.add(name);
      }
      (isFile ? files : others).push(name);
    },
  };
}
