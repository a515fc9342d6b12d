import { assert, assertEquals, assertNotEquals } from "@std/assert";

import { sortEntries, sortKeyOf } from "../../../lib/disk/sort.ts";
import type { Entry, SortKey, SortOrder } from "../../../lib/entry.ts";

const KEYS: readonly SortKey[] = ["name", "size", "modified"];
const ORDERS: readonly SortOrder[] = ["asc", "desc"];
const WAYS = KEYS.flatMap((key) => ORDERS.map((order) => ({ key, order })));

function file(name: string, size = 1, modified: number | null = 1): Entry {
  return { name, kind: "file", size, modified };
}

function folder(name: string, modified: number | null = 1): Entry {
  return { name, kind: "directory", size: null, modified };
}

async function namesSorted(
  entries: readonly Entry[],
  key: SortKey,
  order: SortOrder,
): Promise<string> {
  const sorted = await sortEntries(entries, key, order);
  return sorted.map((entry) => entry.name).join(" ");
}

Deno.test.each<{ names: string; sorted: string }>([
  { names: "file10 file9 file1", sorted: "file1 file9 file10" },
  { names: "v1.10 v1.9 v1.2", sorted: "v1.2 v1.9 v1.10" },
  { names: "10 9 1 a", sorted: "1 9 10 a" },
  // Without regard to case, then by the characters.
  { names: "b B a A", sorted: "A a B b" },
  { names: "z é e f", sorted: "e é f z" },
  { names: "B10 b9 b011", sorted: "b9 B10 b011" },
  { names: "a-1 a1 a_1 a", sorted: "a a-1 a1 a_1" },
  {
    names: "x20240102y3 x20240102y12 x3",
    sorted: "x3 x20240102y3 x20240102y12",
  },
  {
    names: `n${"9".repeat(40)} n1${"0".repeat(40)} n2`,
    sorted: `n2 n${"9".repeat(40)} n1${"0".repeat(40)}`,
  },
  // Equal as numbers: the characters decide.
  { names: "01 1 001", sorted: "001 01 1" },
])("sortEntries() puts $names in natural order", async (row) => {
  const entries = row.names.split(" ").map((name) => file(name));

  assertEquals(await namesSorted(entries, "name", "asc"), row.sorted);
});

Deno.test.each<{ key: SortKey; order: SortOrder; sorted: string }>([
  { key: "name", order: "asc", sorted: "d1 d2 a b c" },
  { key: "name", order: "desc", sorted: "d2 d1 c b a" },
  // Folders have no size: their names decide.
  { key: "size", order: "asc", sorted: "d1 d2 c a b" },
  { key: "size", order: "desc", sorted: "d2 d1 b a c" },
  { key: "modified", order: "asc", sorted: "d2 d1 b c a" },
  { key: "modified", order: "desc", sorted: "d1 d2 a c b" },
])("sortEntries() by $key $order has folders first", async (row) => {
  const entries = [
    file("a", 5, 9),
    folder("d1", 9),
    file("b", 7, 1),
    folder("d2", 2),
    file("c", 3, 4),
  ];

  assertEquals(await namesSorted(entries, row.key, row.order), row.sorted);
});

Deno.test("sortEntries() puts unknown times before all others", async () => {
  const entries = [file("a", 1, 0), file("b", 1, null), file("c", 1, 1)];

  assertEquals(await namesSorted(entries, "modified", "asc"), "b a c");
});

Deno.test.each<{ before: string; after: string }>([
  { before: "file 2", after: "File 10" },
  { before: "File 2", after: "file 10" },
  { before: "\u00e9cole", after: "zoo" },
  { before: "a9z", after: "a10a" },
  { before: "a09", after: "a10" },
  { before: "a", after: "a0" },
])("sortKeyOf() puts $before before $after", ({ before, after }) => {
  assert(sortKeyOf(before) < sortKeyOf(after));
});

Deno.test.each<{ one: string; other: string }>([
  { one: "README", other: "readme" },
  { one: "\u00e9", other: "e\u0301" },
  { one: "\u00c9", other: "e" },
  { one: "a007", other: "a7" },
  { one: "000", other: "0" },
])("sortKeyOf() takes $one and $other for the same", ({ one, other }) => {
  assertEquals(sortKeyOf(one), sortKeyOf(other));
});

Deno.test("sortEntries() takes none, and one", async () => {
  const one = [file("a")];

  assertEquals(await sortEntries([], "name", "asc"), []);
  assertEquals(await sortEntries(one, "name", "asc"), one);
});

Deno.test("sortEntries() tells names apart that look the same", async () => {
  const composed = file("\u00e9.txt");
  const decomposed = file("e\u0301.txt");

  const one = await sortEntries([composed, decomposed], "name", "asc");
  const other = await sortEntries([decomposed, composed], "name", "asc");

  assertEquals(one, other);
  assertNotEquals(one[0]?.name, one[1]?.name);
});

Deno.test.each(WAYS)(
  "sortEntries() by $key $order gives one order whatever came first",
  async ({ key, order }) => {
    const random = createRandom(7);
    const entries = randomEntries(1_500, random);

    const one = await sortEntries(entries, key, order);
    const other = await sortEntries(shuffle(entries, random), key, order);

    assertSameOrder(one, other);
  },
);

Deno.test.each(WAYS)(
  "sortEntries() by $key $order sorts 10,000 entries as a plain sort does",
  async ({ key, order }) => {
    const entries = Object.freeze(randomEntries(10_000, createRandom(1)));

    const sorted = await sortEntries(entries, key, order);

    assertSameOrder(sorted, sortPlainly(entries, key, order));
  },
);

// Where one run ends and the next begins.
Deno.test.each<{ count: number }>([
  { count: 2_047 },
  { count: 2_048 },
  { count: 2_049 },
  { count: 4_096 },
  { count: 4_097 },
  { count: 6_145 },
])("sortEntries() keeps all of $count entries", async ({ count }) => {
  const entries = randomEntries(count, createRandom(count));

  const sorted = await sortEntries(entries, "name", "desc");

  assertSameOrder(sorted, sortPlainly(entries, "name", "desc"));
});

/** Says where two orders part, instead of printing thousands of lines. */
function assertSameOrder(
  actual: readonly Entry[],
  expected: readonly Entry[],
): void {
  const at = expected.findIndex((entry, i) => actual[i] !== entry);

  assertEquals(actual[at], expected[at], `The orders part at ${at}`);
  assertEquals(actual.length, expected.length);
}

/** The same order in other words. */
function sortPlainly(
  entries: readonly Entry[],
  key: SortKey,
  order: SortOrder,
): readonly Entry[] {
  const sorted = entries.toSorted((a, b) => {
    const byKey = key === "name" ? 0 : (a[key] ?? -1) - (b[key] ?? -1);
    if (byKey !== 0) return byKey;
    const byName = compareNaturally(plain(a.name), plain(b.name));
    if (byName !== 0) return byName;
    return a.name < b.name ? -1 : 1;
  });
  if (order === "desc") sorted.reverse();
  return [
    ...sorted.filter((entry) => entry.kind === "directory"),
    ...sorted.filter((entry) => entry.kind === "file"),
  ];
}

function plain(name: string): string {
  return name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Character by character, but digits as the number that they are. */
function compareNaturally(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const m = /^\d+/.exec(a.slice(i))?.[0];
    const n = /^\d+/.exec(b.slice(j))?.[0];
    if (m !== undefined && n !== undefined) {
      if (BigInt(m) !== BigInt(n)) return BigInt(m) < BigInt(n) ? -1 : 1;
      i += m.length;
      j += n.length;
    } else {
      if (a[i] !== b[j]) return (a[i] ?? "") < (b[j] ?? "") ? -1 : 1;
      i++;
      j++;
    }
  }
  return (a.length - i) - (b.length - j);
}

/** Few sizes and times, so that many are equal; every name once. */
function randomEntries(count: number, random: () => number): Entry[] {
  return Array.from({ length: count }, (_, i) => {
    const letter = "abcXYZéß _".charAt(Math.floor(random() * 10));
    const name = `${letter}${Math.floor(random() * 1_000)}-${i}`;
    const modified = random() < 0.1 ? null : Math.floor(random() * 50);
    return random() < 0.2
      ? folder(name, modified)
      : file(name, Math.floor(random() * 50), modified);
  });
}

function shuffle(entries: readonly Entry[], random: () => number): Entry[] {
  return entries
    .map((entry) => ({ entry, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ entry }) => entry);
}

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
