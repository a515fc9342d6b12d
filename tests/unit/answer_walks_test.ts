import { assert, assertEquals } from "@std/assert";

import {
  type AskedWalk,
  createArchiveWalks,
  type SharedWalk,
} from "../../lib/answer_walks.ts";
import { NO_PULSE } from "../../lib/disk/entry_looks.ts";
import { findVisible } from "../../lib/disk/resolve.ts";
import { openRoot } from "../../lib/disk/root.ts";
import { DEFAULTS } from "../../lib/options.ts";
import type { VisiblePath } from "../../lib/target.ts";
import { makeTree, type Tree } from "../_support/tree.ts";
import { namesOf } from "./disk/_walk.ts";

const REFUSED: SharedWalk = { kind: "refused", error: "too-much" };

/** Walks of folders in a tree, whose names are those of the folders. */
async function setUp(tree: Tree, limits = { walks: 2, entries: 100 }) {
  const root = await openRoot(tree.path);
  const deps = { root, rules: DEFAULTS, pulse: NO_PULSE };
  const walk = createArchiveWalks(deps, limits);
  const paths = new Map<string, VisiblePath>();
  for await (const { name } of Deno.readDir(tree.path)) {
    const found = await findVisible(root, tree.at(name), DEFAULTS);
    if (found.kind === "directory") paths.set(name, found.path);
  }
  // Nothing is waited for: walks are asked for in the order of the calls.
  return (name: string, asked: Partial<AskedWalk> = {}) => {
    const path = paths.get(name);
    assert(path !== undefined);
    return walk({ path, name, names: null, goesOn: () => true, ...asked });
  };
}

function entriesOf(walked: SharedWalk): readonly string[] {
  return walked.kind === "entries" ? namesOf(walked.entries) : [walked.error];
}

Deno.test("walk() gives each of those who ask at once what there was when it asked", async () => {
  await using tree = await makeTree({ "d/a": "a" });
  const walk = await setUp(tree);
  let seen = 0;
  // Asked at each folder: the first walk has begun to read by then.
  const first = walk("d", { goesOn: () => ++seen > 0 });
  while (seen < 2) await new Promise((resolve) => setTimeout(resolve));

  await Deno.writeTextFile(tree.at("d/b"), "b");
  const later = await Promise.all([walk("d"), walk("d")]);

  for (const walked of later) {
    assertEquals(entriesOf(walked), ["d/", "d/a", "d/b"]);
  }
  assertEquals(entriesOf(await first)[0], "d/");
});

Deno.test("walk() does not take one selection for another", async () => {
  await using tree = await makeTree({ "d/a": "a", "d/b": "b" });
  const walk = await setUp(tree, { walks: 1, entries: 100 });

  const walks = await Promise.all([
    walk("d"),
    walk("d", { names: ["a"] }),
    walk("d", { names: ["b"] }),
    walk("d", { name: "e" }),
  ]);

  assertEquals(walks.map(entriesOf), [
    ["d/", "d/a", "d/b"],
    ["d/", "d/a"],
    ["d/", "d/b"],
    ["e/", "e/a", "e/b"],
  ]);
});

Deno.test("walk() has no room for entries beyond the limit, until some are given back", async () => {
  await using tree = await makeTree({ "a/1": "", "a/2": "", "b/3": "" });
  const walk = await setUp(tree, { walks: 2, entries: 4 });
  const first = await walk("a");
  const full = await walk("b");

  assert(first.kind === "entries");
  first.release();
  first.release();
  const again = await walk("b");

  assertEquals(full, REFUSED);
  assertEquals(entriesOf(again), ["b/", "b/3"]);
  assertEquals(entriesOf(await walk("a")), ["too-much"]);
});

Deno.test("walk() keeps no room for what it refused", async () => {
  await using tree = await makeTree({ "a/1": "", "b/2/3": "" });
  const walk = await setUp(tree, { walks: 2, entries: 2 });

  for (let i = 0; i < 3; i++) {
    const large: SharedWalk = { kind: "refused", error: "too-large" };
    assertEquals(await walk("b"), large);
    const missing: SharedWalk = { kind: "refused", error: "missing" };
    assertEquals(await walk("a", { names: ["none"] }), missing);
    assertEquals(await walk("a", { goesOn: () => false }), REFUSED);
  }

  assertEquals(entriesOf(await walk("a")), ["a/", "a/1"]);
});

Deno.test("walk() counts entries once that several share", async () => {
  await using tree = await makeTree({ "a/1": "", "a/2": "", "b/3": "" });
  const walk = await setUp(tree, { walks: 1, entries: 5 });
  const before = walk("b");

  const both = await Promise.all([walk("a"), walk("a")]);

  for (const walked of [await before, ...both]) {
    assertEquals(walked.kind, "entries");
  }
});
