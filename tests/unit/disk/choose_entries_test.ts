import { assert, assertEquals } from "@std/assert";

import { chooseEntries } from "../../../lib/disk/choose_entries.ts";
import type { Entry } from "../../../lib/entry.ts";

function file(name: string): Entry {
  return { name, kind: "file", size: 1, modified: 1 };
}

async function chosenNames(
  names: readonly string[],
  wanted: readonly string[],
): Promise<readonly string[] | undefined> {
  const chosen = await chooseEntries(names.map(file), new Set(wanted));
  return chosen?.map(({ name }) => name);
}

Deno.test.each<{ wanted: readonly string[]; chosen?: readonly string[] }>([
  { wanted: ["c", "a"], chosen: ["a", "c"] },
  { wanted: [], chosen: [] },
  { wanted: ["a", "none"] },
  // As forms send line breaks, and as they are.
  { wanted: ["l\r\n1"], chosen: ["l\n1", "l\r1"] },
  { wanted: ["l\n1"], chosen: ["l\n1"] },
  { wanted: ["l\n1", "l\r\n1"], chosen: ["l\n1", "l\r1"] },
])("chooseEntries() gives what $wanted names, in order", async (row) => {
  const names = ["a", "b", "c", "l\n1", "l\r1"];

  assertEquals(await chosenNames(names, row.wanted), row.chosen);
});

Deno.test("chooseEntries() lets others have their turn in a folder of 20,000 entries", async () => {
  const entries = Array.from({ length: 20_000 }, (_, i) => file(`${i}`));
  let turns = 0;
  let isDone = false;
  const countTurns = () => {
    turns++;
    if (!isDone) setTimeout(countTurns);
  };
  const first = setTimeout(countTurns);

  const chosen = await chooseEntries(entries, new Set(["19999"]));
  isDone = true;
  clearTimeout(first);

  assertEquals(chosen?.length, 1);
  assert(turns > 0);
});
