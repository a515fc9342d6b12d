/**
 * A folder of a tree, walked as for an archive.
 *
 * @module
 */

import { NO_PULSE } from "../../../lib/disk/entry_looks.ts";
import type { EntryTable } from "../../../lib/disk/entry_table.ts";
import type { WalkedPlace } from "../../../lib/disk/open_walked.ts";
import { PATIENT_DISKS } from "../../../lib/disk/quick_disks.ts";
import { findVisible } from "../../../lib/disk/resolve.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import {
  type Walked,
  walkFolder,
  type WalkOptions,
} from "../../../lib/disk/walk.ts";
import { DEFAULTS, type FileRules } from "../../../lib/options.ts";

/** What differs from a walk of all that is in the root. */
export interface WalkChoice extends Partial<Omit<WalkOptions, "top">> {
  /** Folder below the root; the root unless told. */
  readonly folder?: string;
  readonly rules?: Partial<FileRules>;
}

/** Walks a folder that it calls `top`. */
export async function walk(
  directory: string,
  choice: WalkChoice = {},
): Promise<Walked> {
  const { folder = "", names = null, mayAdd = () => true } = choice;
  const { entriesMax = 10_000 } = choice;
  const rules = { ...DEFAULTS, ...choice.rules };
  const root = await openRoot(directory);
  const found = await findVisible(root, `${root.path}/${folder}`, rules);
  if (found.kind !== "directory") throw new Error(`${folder}: ${found.kind}`);
  const place = { root, path: found.path, rules, pulse: NO_PULSE };
  return await walkFolder(place, { top: "top", names, entriesMax, mayAdd });
}

/** What a walk has found. */
export async function walkAll(
  directory: string,
  choice: WalkChoice = {},
): Promise<EntryTable> {
  const walked = await walk(directory, choice);
  if (walked.kind === "entries") return walked.entries;
  throw new Error(`The walk ended: ${walked.error}`);
}

/** Names in the order of the walk. */
export function namesOf(entries: EntryTable): string[] {
  const { length } = entries;
  return Array.from({ length }, (_, i) => entries.at(i)?.name ?? "");
}

/** The place of a walk, for what is opened later. */
export async function placeOf(directory: string): Promise<WalkedPlace> {
  const root = await openRoot(directory);
  return { root, rules: DEFAULTS, disks: PATIENT_DISKS };
}
