/**
 * The order of entries: folders first, then by what was asked for.
 *
 * @module
 */

import type { Entry, SortKey, SortOrder } from "../entry.ts";
import { createPace, type Pace } from "./pace.ts";

// "file 2" before "file 10". One fixed language: the order is the server's and
// the same for every client.
const COLLATOR = new Intl.Collator("en", { numeric: true });

/** Sorting so many entries takes less than a millisecond or two. */
const RUN_LENGTH = 512;

// How often the clock is looked at while runs are merged.
const STEPS_PER_LOOK = 128;

type Compare = (a: Entry, b: Entry) => number;

/**
 * Sorts entries in pieces.
 *
 * @param entries Entries in any order; they are not changed.
 * @param key What to sort by.
 * @param order Direction. Folders come first in both.
 * @returns The entries in order.
 *
 * @example Usage
 * ```ts
 * import { sortEntries } from "./sort.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const entries = ["10", "9"].map((name) => (
 *   { name, kind: "file", size: 1, modified: 0 } as const
 * ));
 * const sorted = await sortEntries(entries, "name", "asc");
 *
 * assertEquals(sorted.map((entry) => entry.name), ["9", "10"]);
 * ```
 */
export async function sortEntries(
  entries: readonly Entry[],
  key: SortKey,
  order: SortOrder,
): Promise<readonly Entry[]> {
  const compare = comparatorOf(key, order);
  const pace = createPace();
  let runs: Entry[][] = [];
  for (let i = 0; i < entries.length; i += RUN_LENGTH) {
    runs.push(entries.slice(i, i + RUN_LENGTH).sort(compare));
    await pace();
  }
  while (runs.length > 1) {
    const merged: Entry[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      merged.push(await merge(runs[i] ?? [], runs[i + 1] ?? [], compare, pace));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge(
  left: readonly Entry[],
  right: readonly Entry[],
  compare: Compare,
  pace: Pace,
): Promise<Entry[]> {
  const merged: Entry[] = [];
  let i = 0;
  let j = 0;
  while (true) {
    const a = left[i];
    const b = right[j];
    if (a === undefined && b === undefined) return merged;
    if (b === undefined || (a !== undefined && compare(a, b) <= 0)) {
      if (a !== undefined) merged.push(a);
      i++;
    } else {
      merged.push(b);
      j++;
    }
    if (merged.length % STEPS_PER_LOOK === 0) await pace();
  }
}

function comparatorOf(key: SortKey, order: SortOrder): Compare {
  const sign = order === "asc" ? 1 : -1;
  return (a, b) => {
    if (a.kind !== b.kind) return a.kind === "directory" ? -1 : 1;
    const byKey = key === "name" ? 0 : (a[key] ?? -1) - (b[key] ?? -1);
    return sign * (byKey || compareNames(a.name, b.name));
  };
}

/** A total order: names that a reader takes for equal by their characters. */
function compareNames(a: string, b: string): number {
  const compared = COLLATOR.compare(a, b);
  if (compared !== 0) return compared;
  return a < b ? -1 : a > b ? 1 : 0;
}
