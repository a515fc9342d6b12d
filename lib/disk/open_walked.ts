/**
 * Opening what a walk found: judged again, as for a request of its own, and
 * only where it is what it was.
 *
 * @module
 */

import type { FileRules } from "../options.ts";
import { BrokenBody } from "../reply.ts";
import type { FileFacts, Target } from "../target.ts";
import type { WalkedEntry } from "./entry_table.ts";
import { closeFile, type OpenFile, openFile } from "./open_file.ts";
import type { QuickDisks } from "./quick_disks.ts";
import { findVisible } from "./resolve.ts";
import type { Root } from "./root.ts";

/** Where the walk was. */
export interface WalkedPlace {
  readonly root: Root;
  readonly rules: FileRules;
  /** What is known of the disks. */
  readonly disks: QuickDisks;
}

/**
 * Finds a file that was walked by.
 *
 * @param place Where the walk was.
 * @param entry File as it was.
 * @returns The file, as it can be opened.
 * @throws {BrokenBody} If it was changed or is gone.
 *
 * @example Usage
 * ```ts ignore
 * import { findWalked } from "./open_walked.ts";
 *
 * const target = await findWalked(place, entry);
 * ```
 */
export async function findWalked(
  place: WalkedPlace,
  entry: WalkedEntry,
): Promise<Extract<Target, { kind: "file" }>> {
  const { root, rules, disks } = place;
  // SECURITY: what was a file to be shown may be a link to anywhere by now.
  const found = await findVisible(root, entry.path, rules, disks);
  if (found.kind === "file" && isAsWalked(found.facts, entry.facts)) {
    return { ...found, kind: "file", asked: null, name: entry.name };
  }
  throw changed();
}

/**
 * Opens a file that was walked by.
 *
 * @param place Where the walk was.
 * @param entry File as it was.
 * @returns The file, which the caller frees.
 * @throws {BrokenBody} If it was changed or is gone, or cannot be opened.
 *
 * @example Usage
 * ```ts ignore
 * import { openWalked } from "./open_walked.ts";
 *
 * const file = await openWalked(place, entry);
 * ```
 */
export async function openWalked(
  place: WalkedPlace,
  entry: WalkedEntry,
): Promise<OpenFile> {
  const target = await findWalked(place, entry);
  const disk = place.disks.get(target.facts.device, target.path);
  const opened = await openFile(target, disk);
  if (opened.kind !== "open") throw changed();
  const { size, modified } = opened.file.facts;
  if (size === entry.size && modified === entry.modified) return opened.file;
  closeFile(opened.file);
  throw changed();
}

function changed(): BrokenBody {
  return new BrokenBody("A file in the archive was changed or is gone");
}

function isAsWalked(a: FileFacts, b: FileFacts): boolean {
  return a.size === b.size && a.modified === b.modified &&
    a.device === b.device && a.inode === b.inode;
}
