import {
  assert,
  assertEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";

import type { EntriesResult } from "../../../lib/disk/entries.ts";
import { createFolderReader } from "../../../lib/disk/folder_reader.ts";
import { findVisible } from "../../../lib/disk/resolve.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import type { SortKey, SortOrder } from "../../../lib/entry.ts";
import { DEFAULTS } from "../../../lib/options.ts";
import type { VisiblePath } from "../../../lib/target.ts";
import { type Entries, makeTree } from "../../_support/tree.ts";
import { replaceDeno, systemError } from "./_replace.ts";

/** A tree, a reader for it, and its folders. */
async function setUp(entries: Entries) {
  const tree = await makeTree(entries);
  const root = await openRoot(tree.path);
  return {
    tree,
    read: createFolderReader(root, DEFAULTS),
    async folder(name: string): Promise<VisiblePath> {
      const found = await findVisible(root, tree.at(name), DEFAULTS);
      if (found.kind !== "directory") throw new Error(`${name}: ${found.kind}`);
      return found.path;
    },
    [Symbol.asyncDispose]: () => tree[Symbol.asyncDispose](),
  };
}

function namesOf(result: EntriesResult): string {
  return result.kind === "entries"
    ? result.entries.map(({ name }) => name).join(" ")
    : result.error;
}

/**
 * Reading a folder waits at a gate; `started` lists what got that far. A folder
 * below the root is read twice, which counts once.
 */
function holdReadings() {
  const { readDir } = Deno;
  const gate = Promise.withResolvers<void>();
  const started: string[] = [];
  const begun = new Set<string>();
  const replaced = replaceDeno("readDir", async function* (path: string) {
    const isFirst = !begun.delete(path);
    if (isFirst) {
      begun.add(path);
      started.push(path.slice(path.lastIndexOf("/") + 1));
    }
    await gate.promise;
    for await (const entry of readDir(path)) yield entry;
  });
  return {
    started,
    /** Waits until so many readings have begun, and lets the others try. */
    async begin(count: number): Promise<readonly string[]> {
      while (started.length < count) await turn();
      for (let i = 0; i < 5; i++) await turn();
      return [...started].sort();
    },
    release: gate.resolve,
    [Symbol.dispose]: () => replaced[Symbol.dispose](),
  };
}

/** Lets all that is ready run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

Deno.test.each<{ sort: SortKey; order: SortOrder; names: string }>([
  { sort: "name", order: "asc", names: "d a2 a10" },
  { sort: "name", order: "desc", names: "d a10 a2" },
  { sort: "size", order: "asc", names: "d a10 a2" },
  { sort: "size", order: "desc", names: "d a2 a10" },
])("read() sorts by $sort $order", async ({ sort, order, names }) => {
  await using folders = await setUp({ "a2": "xxx", "a10": "x", "d/": null });

  const result = await folders.read(await folders.folder("."), sort, order);

  assertEquals(namesOf(result), names);
});

Deno.test("read() shares one reading among all who wait for it", async () => {
  await using folders = await setUp({ "d/a": "x" });
  const path = await folders.folder("d");
  using held = holdReadings();

  const running = folders.read(path, "name", "asc");
  // 64 clients at once, the first of whom is served already.
  const waiting = Array.from(
    { length: 63 },
    () => folders.read(path, "name", "asc"),
  );
  const startedBefore = await held.begin(1);
  held.release();
  const [first, ...others] = await Promise.all(waiting);

  assertEquals(startedBefore, ["d"]);
  assertEquals(held.started, ["d", "d"]);
  for (const other of others) assertStrictEquals(other, first);
  assert(await running !== first);
});

Deno.test("read() does not share a reading with another order", async () => {
  await using folders = await setUp({ "d/a": "x", "d/b": "xx" });
  const path = await folders.folder("d");
  using held = holdReadings();
  const all: [SortKey, SortOrder][] = [
    ["name", "asc"],
    ["name", "desc"],
    ["size", "asc"],
    ["size", "desc"],
  ];

  // The first four run, and the others wait.
  const results = [...all, ...all].map((way) => folders.read(path, ...way));
  await held.begin(1);
  held.release();
  const names = (await Promise.all(results)).map(namesOf);

  assertEquals(names.slice(0, 4), ["a b", "b a", "a b", "b a"]);
  assertEquals(names.slice(4), ["a b", "b a", "a b", "b a"]);
});

Deno.test("read() never joins a reading under way, which may have passed what is new", async () => {
  await using folders = await setUp({ "d/a": "x" });
  const path = await folders.folder("d");
  const hasPassed = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const { readDir } = Deno;
  using _held = replaceDeno("readDir", async function* (path: string) {
    const entries = await Array.fromAsync(readDir(path));
    hasPassed.resolve();
    await gate.promise;
    yield* entries;
  });

  const running = folders.read(path, "name", "asc");
  await hasPassed.promise;
  await Deno.writeTextFile(folders.tree.at("d/b"), "x");
  const after = folders.read(path, "name", "asc");
  gate.resolve();

  assertEquals(namesOf(await running), "a");
  assertEquals(namesOf(await after), "a b");
});

Deno.test("read() remembers nothing once a reading has ended", async () => {
  await using folders = await setUp({ "d/a": "x" });
  const path = await folders.folder("d");

  const before = await folders.read(path, "name", "asc");
  await Deno.writeTextFile(folders.tree.at("d/b"), "x");
  const after = await folders.read(path, "name", "asc");

  assertEquals([namesOf(before), namesOf(after)], ["a", "a b"]);
});

Deno.test("read() reads other orders and folders at the same time, four at most", async () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  await using folders = await setUp(
    Object.fromEntries(names.map((name) => [`${name}/in-${name}`, "x"])),
  );
  const paths = await Promise.all(names.map((name) => folders.folder(name)));
  using held = holdReadings();

  const results = paths.map((path) => folders.read(path, "name", "asc"));
  const startedAtOnce = await held.begin(4);
  held.release();
  const read = await Promise.all(results);

  assertEquals(startedAtOnce, ["a", "b", "c", "d"]);
  assertEquals(held.started.toSorted(), names);
  assertEquals(read.map(namesOf), names.map((name) => `in-${name}`));
});

Deno.test("read() lets another folder pass one that has to wait for itself", async () => {
  await using folders = await setUp({ "d/a": "x", "e/b": "x" });
  const [d, e] = [await folders.folder("d"), await folders.folder("e")];
  using held = holdReadings();

  const results = [d, d, e].map((path) => folders.read(path, "name", "asc"));
  const startedAtOnce = await held.begin(2);
  held.release();

  assertEquals(startedAtOnce, ["d", "e"]);
  assertEquals((await Promise.all(results)).map(namesOf), ["a", "a", "b"]);
});

Deno.test("read() gives on why a folder cannot be read", async () => {
  await using folders = await setUp({ "d/": null });
  const path = await folders.folder("d");
  await Deno.remove(path);

  const result = await folders.read(path, "name", "asc");

  assertEquals(result, { kind: "refused", error: "missing" });
});

Deno.test("read() goes on with the others after a reading that failed", async () => {
  await using folders = await setUp({ "d/a": "x" });
  const path = await folders.folder("d");
  {
    using _broken = replaceDeno("readDir", () => {
      throw systemError("EIO");
    });
    const attempts = Array.from(
      { length: 9 },
      (_, i) =>
        assertRejects(
          () => folders.read(path, "name", i % 2 === 0 ? "asc" : "desc"),
          Error,
          "EIO",
        ),
    );
    await Promise.all(attempts);
  }

  assertEquals(namesOf(await folders.read(path, "name", "asc")), "a");
});
