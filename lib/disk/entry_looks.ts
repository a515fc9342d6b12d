/**
 * Names of a folder → its entries, with size and time. While the disk answers
 * quickly, files are looked at synchronously, at a tenth of the cost. Folders
 * never are: another disk may be mounted on one, and that one may be gone.
 * Nor are links, whose ends are anywhere.
 *
 * @module
 */

import { SEPARATOR } from "../disk_path.ts";
import type { Entry } from "../entry.ts";
import type { FileRules } from "../options.ts";
import type { FileFacts, VisiblePath } from "../target.ts";
import { diskErrorOf } from "./error_kind.ts";
import { factsOf } from "./facts.ts";
import { pace } from "./pace.ts";
import type { Pulse } from "./pulse.ts";
import { findVisible } from "./resolve.ts";
import type { Root } from "./root.ts";

/** A folder whose entries are looked at. */
export interface LookedFolder {
  readonly root: Root;
  readonly path: VisiblePath;
  readonly rules: FileRules;
  /** Device that it is on. */
  readonly device: number;
  /** Tells whether that device answers quickly. */
  readonly pulse: Pulse;
}

/** Names in a folder, by what the folder says that they are. */
export interface FolderNames {
  readonly files: readonly string[];
  /** Folders and links. */
  readonly others: readonly string[];
}

/** For a disk of which nothing is known: all looks are asynchronous. */
export const NO_PULSE: Pulse = Object.freeze({
  isQuick: () => false,
  took: () => {},
});

// The runtime has 32 threads for the disk: half of them stay free for files
// that are asked for meanwhile.
const LOOKS_AT_ONCE = 16;

// Synchronous looks until the clock of the turn is looked at: a quarter of a
// millisecond.
const QUICK_LOOKS = 128;

/**
 * Looks at the entries of a folder.
 *
 * @param folder Folder, and what can be seen.
 * @param names Names in it.
 * @returns Files and folders in no order. Links are what they lead to; what
 * cannot be seen or is gone is left out. `exhausted` where descriptors ran out.
 * @throws The disk's error where it is none of a file's ordinary ones.
 *
 * @example Usage
 * ```ts
 * import { DEFAULTS } from "../options.ts";
 * import { lookAtEntries, NO_PULSE } from "./entry_looks.ts";
 * import { findVisible } from "./resolve.ts";
 * import { openRoot } from "./root.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const root = await openRoot(".");
 * const { path, facts } = await findVisible(root, root.path, DEFAULTS).then(
 *   (found) => {
 *     assert(found.kind === "directory");
 *     return found;
 *   },
 * );
 * const entries = await lookAtEntries(
 *   { root, path, rules: DEFAULTS, device: facts.device, pulse: NO_PULSE },
 *   { files: ["deno.json", "gone"], others: ["lib"] },
 * );
 *
 * assert(entries !== "exhausted");
 * assertEquals(entries.map(({ name }) => name), ["deno.json", "lib"]);
 * ```
 */
export async function lookAtEntries(
  folder: LookedFolder,
  names: FolderNames,
): Promise<readonly Entry[] | "exhausted"> {
  const { files } = names;
  const entries: Entry[] = [];
  // What became a link since its folder was read is judged like one.
  const others = [...names.others];
  for (let i = 0; i < files.length;) {
    const quick = folder.pulse.isQuick(folder.device, folder.path);
    if (typeof quick === "boolean" ? quick : await quick) {
      const seen = lookQuickly(folder, files.slice(i, i + QUICK_LOOKS));
      for (const entry of seen.entries) entries.push(entry);
      for (const name of seen.links) others.push(name);
      if (seen.isExhausted) return "exhausted";
      i += seen.looks;
      if (i < files.length) await pace();
      continue;
    }
    const batch = files.slice(i, i + LOOKS_AT_ONCE);
    if (!await lookPatiently(folder, batch, entries)) return "exhausted";
    i += batch.length;
  }
  for (let i = 0; i < others.length; i += LOOKS_AT_ONCE) {
    const batch = others.slice(i, i + LOOKS_AT_ONCE);
    if (!await lookPatiently(folder, batch, entries)) return "exhausted";
  }
  return entries;
}

/** Looks at one at least, and goes on for as long as the disk is quick. */
function lookQuickly(
  folder: LookedFolder,
  names: readonly string[],
): {
  readonly entries: readonly Entry[];
  readonly links: readonly string[];
  readonly looks: number;
  readonly isExhausted: boolean;
} {
  const { pulse, device, path } = folder;
  const entries: Entry[] = [];
  const links: string[] = [];
  let looks = 0;
  for (const name of names) {
    if (looks > 0 && pulse.isQuick(device, path) !== true) break;
    const start = performance.now();
    const entry = entryNow(pathOf(folder, name), name);
    pulse.took(device, performance.now() - start);
    looks++;
    if (entry === "exhausted") {
      return { entries, links, looks, isExhausted: true };
    }
    if (entry === "link") links.push(name);
    else if (entry !== "absent") entries.push(entry);
  }
  return { entries, links, looks, isExhausted: false };
}

function entryNow(
  path: string,
  name: string,
): Entry | "link" | "absent" | "exhausted" {
  try {
    const info = Deno.lstatSync(path);
    return info.isSymlink ? "link" : shownOf(name, info);
  } catch (error) {
    return absenceOf(error);
  }
}

/** Adds what is there; `false` where descriptors ran out. */
async function lookPatiently(
  folder: LookedFolder,
  names: readonly string[],
  into: Entry[],
): Promise<boolean> {
  const found = await Promise.all(names.map((name) => toEntry(folder, name)));
  for (const entry of found) {
    if (entry === "exhausted") return false;
    if (entry !== "absent") into.push(entry);
  }
  return true;
}

async function toEntry(
  folder: LookedFolder,
  name: string,
): Promise<Entry | "absent" | "exhausted"> {
  const path = pathOf(folder, name);
  try {
    const info = await Deno.lstat(path);
    if (!info.isSymlink) return shownOf(name, info);
    const target = await findVisible(folder.root, path, folder.rules);
    if (target.kind === "exhausted") return "exhausted";
    if (target.kind !== "file" && target.kind !== "directory") return "absent";
    return toShown(name, target.kind, target.facts);
  } catch (error) {
    return absenceOf(error);
  }
}

/** Not `join`: it takes a name apart that is one already, 100,000 times. */
function pathOf({ path }: LookedFolder, name: string): string {
  return path.endsWith(SEPARATOR) ? path + name : path + SEPARATOR + name;
}

/** Gone since the folder was read, or a name that the runtime cannot spell. */
function absenceOf(error: unknown): "absent" | "exhausted" {
  return diskErrorOf(error) === "exhausted" ? "exhausted" : "absent";
}

function shownOf(name: string, info: Deno.FileInfo): Entry | "absent" {
  if (info.isFile) return toShown(name, "file", factsOf(info));
  return info.isDirectory
    ? toShown(name, "directory", factsOf(info))
    : "absent";
}

function toShown(name: string, kind: Entry["kind"], facts: FileFacts): Entry {
  const { size, modified } = facts;
  return kind === "file"
    ? { name, kind, size, modified }
    // Folders within an executable have no time, and the runtime says 0.
    : { name, kind, size: null, modified: modified === 0 ? null : modified };
}
