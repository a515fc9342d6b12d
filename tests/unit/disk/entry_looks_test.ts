import { assert, assertEquals, assertRejects } from "@std/assert";

import {
  type FolderNames,
  lookAtEntries,
  NO_PULSE,
} from "../../../lib/disk/entry_looks.ts";
import type { Pulse } from "../../../lib/disk/pulse.ts";
import { findVisible } from "../../../lib/disk/resolve.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import type { Entry } from "../../../lib/entry.ts";
import { DEFAULTS } from "../../../lib/options.ts";
import { link, makeTree, type Tree } from "../../_support/tree.ts";
import { replace, systemError } from "./_replace.ts";

const ALWAYS_QUICK: Pulse = { isQuick: () => true, took: () => {} };
const PULSES = [{ pulse: "quick" }, { pulse: "slow" }, { pulse: "late" }];
const PULSE_OF: Record<string, Pulse> = {
  quick: ALWAYS_QUICK,
  slow: NO_PULSE,
  late: { ...ALWAYS_QUICK, isQuick: () => Promise.resolve(true) },
};

async function look(
  tree: Tree,
  names: Partial<FolderNames>,
  pulse: Pulse = ALWAYS_QUICK,
) {
  const root = await openRoot(tree.at("site"));
  const found = await findVisible(root, root.path, DEFAULTS);
  assert(found.kind === "directory");
  const { path, facts } = found;
  const rules = DEFAULTS;
  const { device } = facts;
  return await lookAtEntries(
    { root, path, rules, device, pulse },
    { files: [], others: [], ...names },
  );
}

function namesOf(entries: readonly Entry[] | "exhausted"): string {
  return entries === "exhausted"
    ? entries
    : entries.map(({ name }) => name).toSorted().join(" ");
}

/** Notes the names that are looked at, before they are. */
function watch(
  name: "lstat" | "lstatSync",
  onLook: () => void = () => {},
): Disposable & { readonly names: string[] } {
  const names: string[] = [];
  const original = Deno[name];
  const replaced = replace(Deno, name, (path: string) => {
    names.push(path.slice(path.lastIndexOf("/") + 1));
    onLook();
    return original(path);
  });
  return { names, [Symbol.dispose]: () => replaced[Symbol.dispose]() };
}

Deno.test.each(PULSES)(
  "lookAtEntries() finds the same on a $pulse disk",
  async ({ pulse }) => {
    const files = Array.from({ length: 300 }, (_, i) => `f${i}`);
    await using tree = await makeTree({
      "secret": "x",
      ...Object.fromEntries(files.map((name) => [`site/${name}`, "xx"])),
      "site/d/": null,
      "site/in": link("f7"),
      "site/out": link("../secret"),
    });

    const entries = await look(tree, {
      files: [...files, "gone"],
      others: ["d", "in", "out", "gone too"],
    }, PULSE_OF[pulse]);

    assertEquals(namesOf(entries), [...files, "d", "in"].toSorted().join(" "));
    assert(entries !== "exhausted");
    assert(entries.every((e) => e.size === (e.kind === "file" ? 2 : null)));
  },
);

Deno.test("lookAtEntries() looks synchronously at files alone", async () => {
  await using tree = await makeTree({
    "site/a": "x",
    "site/d/": null,
    "site/l": link("a"),
  });
  using now = watch("lstatSync");

  await look(tree, { files: ["a"], others: ["d", "l"] });

  assertEquals(now.names, ["a"]);
});

Deno.test("lookAtEntries() never looks synchronously at a slow disk", async () => {
  await using tree = await makeTree({ "site/a": "x" });
  using now = watch("lstatSync");

  assertEquals(namesOf(await look(tree, { files: ["a"] }, NO_PULSE)), "a");
  assertEquals(now.names, []);
});

Deno.test("lookAtEntries() looks asynchronously after one look that was slow", async () => {
  await using tree = await makeTree({
    "site/a": "x",
    "site/b": "x",
    "site/c": "x",
    "site/d": "x",
  });
  let time = 0;
  const told: number[] = [];
  const pulse: Pulse = {
    isQuick: () => told.every((ms) => ms < 10),
    took: (_, ms) => void told.push(ms),
  };
  const found = look(tree, { files: ["a", "b", "c", "d"] }, pulse);
  using _clock = replace(performance, "now", () => time);
  using now = watch("lstatSync", () => time += now.names.length === 2 ? 11 : 1);

  assertEquals(namesOf(await found), "a b c d");
  assertEquals(now.names, ["a", "b"]);
  assertEquals(told, [1, 11]);
});

Deno.test("lookAtEntries() judges what became a link since its folder was read", async () => {
  await using tree = await makeTree({
    "secret": "x",
    "site/a": "hello",
    "site/in": link("a"),
    "site/out": link("../secret"),
  });

  const entries = await look(tree, { files: ["in", "out"] });

  assertEquals(namesOf(entries), "in");
  assertEquals(entries[0], {
    name: "in",
    kind: "file",
    size: 5,
    modified: Date.parse("2024-05-06T07:08:09Z"),
  });
});

Deno.test("lookAtEntries() leaves out what became a folder or a special file", async () => {
  await using tree = await makeTree({ "site/d/": null });
  await new Deno.Command("mkfifo", { args: [tree.at("site/fifo")] }).output();

  const entries = await look(tree, { files: ["d", "fifo"] });

  assert(entries !== "exhausted");
  assertEquals(entries.map(({ kind }) => kind), ["directory"]);
});

Deno.test.each([
  { code: "EMFILE", is: "exhausted" },
  { code: "ENOENT", is: "" },
  { code: "EACCES", is: "" },
])("lookAtEntries() comes to '$is' by $code", async ({ code, is }) => {
  await using tree = await makeTree({ "site/a": "x" });
  using _look = watch("lstatSync", () => {
    throw systemError(code);
  });

  assertEquals(namesOf(await look(tree, { files: ["a"] })), is);
});

Deno.test("lookAtEntries() rejects when the disk is broken", async () => {
  await using tree = await makeTree({ "site/a": "x" });
  using _look = watch("lstatSync", () => {
    throw systemError("EIO");
  });

  await assertRejects(() => look(tree, { files: ["a"] }), Error, "EIO");
});

Deno.test("lookAtEntries() lets others have their turn while it looks", async () => {
  const files = Array.from({ length: 1_000 }, (_, i) => `f${i}`);
  await using tree = await makeTree(
    Object.fromEntries(files.map((name) => [`site/${name}`, ""])),
  );
  let time = 1e9;
  let lastTurn = time;
  let longest = 0;
  const found = look(tree, { files });
  using _clock = replace(performance, "now", () => time);
  using _looks = watch("lstatSync", () => time += 0.03);
  const turns = setInterval(() => {
    longest = Math.max(longest, time - lastTurn);
    lastTurn = time;
  }, 0);
  const entries = await found;
  clearInterval(turns);

  // 30 ms of work; nothing holds the event loop for 10.
  assertEquals(entries.length, 1_000);
  assert(longest > 0 && longest < 10, `${longest} ms without a turn`);
});
