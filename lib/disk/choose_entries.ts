/**
 * Which entries of a folder a request names. There may be hundreds of thousands
 * of them, so that others have their turn meanwhile.
 *
 * @module
 */

import type { Entry } from "../entry.ts";
import { pace } from "./pace.ts";

// A tenth of a millisecond.
const ENTRIES_PER_LOOK = 512;

const LINE_BREAK = /\r\n|\r|\n/g;

/**
 * Chooses entries by their names.
 *
 * @param entries Entries of a folder.
 * @param names Names that are wanted. A form sends every line break in one as
 * two characters: it stands for all names that are sent like that.
 * @returns The entries that bear them, in the order that they have; `null`
 * where there is none for one of the names.
 *
 * @example Usage
 * ```ts
 * import { chooseEntries } from "./choose_entries.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const entries = ["a", "b\nc"].map((name) => (
 *   { name, kind: "file", size: 1, modified: 0 } as const
 * ));
 * const chosen = await chooseEntries(entries, new Set(["b\r\nc"]));
 *
 * assertEquals(chosen?.map(({ name }) => name), ["b\nc"]);
 * assertEquals(await chooseEntries(entries, new Set(["none"])), null);
 * ```
 */
export async function chooseEntries(
  entries: readonly Entry[],
  names: ReadonlySet<string>,
): Promise<readonly Entry[] | null> {
  const found = new Set<string>();
  const chosen: Entry[] = [];
  for (const [at, entry] of entries.entries()) {
    if (at % ENTRIES_PER_LOOK === ENTRIES_PER_LOOK - 1) await pace();
    const { name } = entry;
    const sent = names.has(name) ? name : name.replaceAll(LINE_BREAK, "\r\n");
    if (!names.has(sent)) continue;
    found.add(sent);
    chosen.push(entry);
  }
  return found.size < names.size ? null : chosen;
}
