import { assert, assertEquals, assertRejects } from "@std/assert";

import type { WalkedEntry } from "../../../lib/disk/entry_table.ts";
import { closeFile } from "../../../lib/disk/open_file.ts";
import { findWalked, openWalked } from "../../../lib/disk/open_walked.ts";
import { BrokenBody } from "../../../lib/reply.ts";
import { link, makeTree, OLD, type Tree } from "../../_support/tree.ts";
import { namesOf, placeOf, walkAll } from "./_walk.ts";

async function walked(tree: Tree, name: string): Promise<WalkedEntry> {
  const entries = await walkAll(tree.path);
  const entry = entries.at(namesOf(entries).indexOf(`top/${name}`));
  assert(entry !== undefined);
  return entry;
}

Deno.test.each<{ name: string }>([{ name: "d/a" }, { name: "link" }])(
  "openWalked() opens $name as it was",
  async ({ name }) => {
    await using tree = await makeTree({ "d/a": "abc", "link": link("d/a") });
    const entry = await walked(tree, name);

    const file = await openWalked(await placeOf(tree.path), entry);

    assertEquals(file.facts.size, 3);
    assertEquals(file.content.kind, "memory");
    closeFile(file);
  },
);

/** What happens to `d/a` after the walk. */
const CHANGES: readonly {
  readonly what: string;
  readonly act: (tree: Tree) => Promise<void>;
}[] = [
  { what: "is gone", act: (tree) => Deno.remove(tree.at("d/a")) },
  {
    what: "has grown",
    act: (tree) => Deno.writeTextFile(tree.at("d/a"), "abcd"),
  },
  { what: "is shorter", act: (tree) => Deno.truncate(tree.at("d/a"), 1) },
  {
    what: "has another time",
    act: (tree) => Deno.utime(tree.at("d/a"), OLD, new Date(1_000_000)),
  },
  {
    what: "is another file of the same size and time",
    async act(tree) {
      await Deno.writeTextFile(tree.at("new"), "xyz");
      await Deno.utime(tree.at("new"), OLD, OLD);
      await Deno.rename(tree.at("new"), tree.at("d/a"));
    },
  },
  {
    what: "is a folder",
    async act(tree) {
      await Deno.remove(tree.at("d/a"));
      await Deno.mkdir(tree.at("d/a"));
    },
  },
  {
    what: "is a link to the outside",
    async act(tree) {
      await Deno.remove(tree.at("d/a"));
      await Deno.symlink("/etc/hostname", tree.at("d/a"));
    },
  },
  {
    what: "lies behind a folder that became a link to the outside",
    async act(tree) {
      await Deno.rename(tree.at("d"), tree.at("../moved"));
      await Deno.symlink(tree.at("../moved"), tree.at("d"));
    },
  },
];

Deno.test.each(CHANGES)(
  "openWalked() and findWalked() refuse a file that $what",
  async ({ act }) => {
    await using outer = await makeTree({ "shared/d/a": "abc" });
    const tree = { ...outer, path: outer.at("shared"), at: atOf(outer) };
    const entry = await walked(tree, "d/a");
    const place = await placeOf(tree.path);

    await act(tree);

    await assertRejects(() => openWalked(place, entry), BrokenBody);
    await assertRejects(() => findWalked(place, entry), BrokenBody);
  },
);

function atOf(outer: Tree): Tree["at"] {
  return (name) => outer.at(`shared/${name}`);
}

Deno.test("openWalked() refuses a file that changes between its two looks", async () => {
  await using tree = await makeTree({ "a": "abc" });
  const entry = await walked(tree, "a");
  const place = await placeOf(tree.path);
  const { open } = Deno;
  Deno.open = async (...args) => {
    await Deno.writeTextFile(tree.at("a"), "abcd");
    return await open(...args);
  };

  try {
    await assertRejects(() => openWalked(place, entry), BrokenBody);
  } finally {
    Deno.open = open;
  }
});
