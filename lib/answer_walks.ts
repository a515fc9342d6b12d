/**
 * The walks for archives: few at a time, one for all who wait for the same,
 * and no more entries in memory than there is room for.
 *
 * @module
 */

import type { EntryTable } from "./disk/entry_table.ts";
import type { Pulse } from "./disk/pulse.ts";
import type { Root } from "./disk/root.ts";
import { type Walked, type WalkError, walkFolder } from "./disk/walk.ts";
import type { FileRules } from "./options.ts";
import { createSharedTurns } from "./shared_turns.ts";
import type { VisiblePath } from "./target.ts";

/** How much is too much. */
export interface WalkLimits {
  /** Walks at once. */
  readonly walks: number;
  /** Entries of all archives together. */
  readonly entries: number;
}

/** What is walked. */
export interface WalkDeps {
  /** What is shared. */
  readonly root: Root;
  readonly rules: FileRules;
  /** Tells while the disk answers quickly. */
  readonly pulse: Pulse;
}

/** A walk that is asked for. */
export interface AskedWalk {
  readonly path: VisiblePath;
  /** Name of the folder, below which all names are. */
  readonly name: string;
  /** Names of the entries that are wanted, `null` for all. */
  readonly names: readonly string[] | null;
  /** Whether whoever asks still waits; asked at each folder. */
  readonly goesOn: () => boolean;
}

/** What a walk has found; others may have a part in it. */
export interface SharedEntries {
  readonly kind: "entries";
  readonly entries: EntryTable;
  /** Gives the part back. What comes after the first call does nothing. */
  readonly release: () => void;
}

/** What a walk came to. */
export type SharedWalk =
  | SharedEntries
  | { readonly kind: "refused"; readonly error: WalkError };

interface Result {
  readonly walked: Walked;
  /** Entries that room was taken for. */
  readonly taken: number;
}

const GIVEN_UP: SharedWalk = Object.freeze({
  kind: "refused",
  error: "too-much",
});

/**
 * Makes the function that walks.
 *
 * @param deps What is walked.
 * @param limits How much is too much.
 * @returns A function from a folder to what is in it. What it gives was read
 * after it was called, never before; `too-much` where `goesOn` says no, or
 * where there is no room.
 *
 * @example Usage
 * ```ts ignore
 * import { createArchiveWalks } from "./answer_walks.ts";
 *
 * const walk = createArchiveWalks(deps, { walks: 2, entries: 1_000_000 });
 * const walked = await walk({ path, name, names: null, goesOn: () => true });
 * ```
 */
export function createArchiveWalks(
  { root, rules, pulse }: WalkDeps,
  limits: WalkLimits,
): (asked: AskedWalk) => Promise<SharedWalk> {
  let room = limits.entries;
  const inTurn = createSharedTurns<Result>(limits.walks, free);

  function free({ walked, taken }: Result): void {
    room += taken;
    if (walked.kind === "entries") walked.entries.free();
  }

  async function walk(
    { path, name, names }: AskedWalk,
    goesOn: () => boolean,
  ): Promise<Result> {
    let taken = 0;
    const mayAdd = (count: number) => {
      if (!goesOn() || count > room) return false;
      room -= count;
      taken += count;
      return true;
    };
    let isDone = false;
    try {
      const folder = { root, path, rules, pulse };
      const options = { top: name, names, mayAdd, entriesMax: limits.entries };
      const walked = await walkFolder(folder, options);
      isDone = true;
      return { walked, taken };
    } finally {
      if (!isDone) room += taken;
    }
  }

  return async (asked) => {
    const { path, name, names, goesOn } = asked;
    const share = await inTurn({
      key: JSON.stringify([path, name, names]),
      goesOn,
      start: (goesOn) => walk(asked, goesOn),
    });
    if (share === null) return GIVEN_UP;
    const { result: { walked }, release } = share;
    if (walked.kind === "entries") return { ...walked, release };
    release();
    return walked;
  };
}
