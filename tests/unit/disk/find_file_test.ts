import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";

import {
  ATTEMPTS_MAX,
  findFile,
  type FindSteps,
} from "../../../lib/disk/find_file.ts";
import { type Opened, openFile } from "../../../lib/disk/open_file.ts";
import { findVisible } from "../../../lib/disk/resolve.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import { DEFAULTS } from "../../../lib/options.ts";
import type { Target } from "../../../lib/target.ts";
import { makeTree } from "../../_support/tree.ts";

type FileTarget = Extract<Target, { kind: "file" }>;

const BYTES = new Uint8Array([1]);
const OPEN: Opened = {
  kind: "open",
  file: {
    name: "a.txt",
    facts: { size: 1, modified: null, device: 1, inode: 2, changed: 0 },
    seen: null,
    head: BYTES,
    content: { kind: "memory", bytes: BYTES },
  },
};
const SWAPPED: Opened = { kind: "swapped" };

/** A target that exists; the steps are what is tested. */
async function someFile(): Promise<FileTarget> {
  const root = await openRoot(".");
  const found = await findVisible(root, `${root.path}/deno.json`, DEFAULTS);
  if (found.kind !== "file") throw new Error("No deno.json");
  return {
    kind: "file",
    isDirect: true,
    name: "deno.json",
    path: found.path,
    asked: found.path,
    facts: found.facts,
  };
}

/** Steps of which opening gives these, one after the other. */
async function setUp(outcomes: readonly Opened[]) {
  const target = await someFile();
  let resolved = 0;
  const steps: FindSteps = {
    resolve() {
      resolved++;
      return Promise.resolve(target);
    },
    open: () => Promise.resolve(outcomes[resolved - 1] ?? SWAPPED),
  };
  return { steps, resolved: () => resolved };
}

Deno.test.each<{ target: Exclude<Target, FileTarget> }>([
  { target: { kind: "not-found", reason: "hidden" } },
  { target: { kind: "redirect", location: "/a/" } },
  { target: { kind: "forbidden" } },
  { target: { kind: "exhausted" } },
])("findFile() gives $target.kind on and opens nothing", async ({ target }) => {
  const found = await findFile({
    resolve: () => Promise.resolve(target),
    open: () => Promise.reject(new Error("opened")),
  });

  assertStrictEquals(found, target);
});

Deno.test("findFile() gives the file that it opened", async () => {
  const { steps, resolved } = await setUp([OPEN]);

  assertStrictEquals(await findFile(steps), OPEN);
  assertEquals(resolved(), 1);
});

Deno.test.each<{ name: string; outcome: Opened }>([
  { name: "was swapped", outcome: SWAPPED },
  { name: "is gone", outcome: { kind: "refused", error: "missing" } },
])("findFile() resolves again when the file $name", async ({ outcome }) => {
  const { steps, resolved } = await setUp([outcome, outcome, OPEN]);

  assertStrictEquals(await findFile(steps), OPEN);
  assertEquals(resolved(), 3);
});

Deno.test("findFile() gives up after some attempts", async () => {
  const { steps, resolved } = await setUp([]);

  assertEquals(await findFile(steps), { kind: "not-found", reason: "missing" });
  assertEquals(resolved(), ATTEMPTS_MAX);
});

Deno.test("findFile() still takes what the last attempt opens", async () => {
  const swaps = Array.from({ length: ATTEMPTS_MAX - 1 }, () => SWAPPED);
  const { steps } = await setUp([...swaps, OPEN]);

  assertStrictEquals(await findFile(steps), OPEN);
});

Deno.test.each<{ outcome: Opened; kind: string }>([
  { outcome: { kind: "refused", error: "unreadable" }, kind: "forbidden" },
  { outcome: { kind: "refused", error: "exhausted" }, kind: "exhausted" },
  { outcome: { kind: "unstable" }, kind: "unstable" },
])("findFile() tries once where it is $kind", async ({ outcome, kind }) => {
  const { steps, resolved } = await setUp([outcome]);

  assertEquals((await findFile(steps)).kind, kind);
  assertEquals(resolved(), 1);
});

Deno.test("findFile() rejects when a step fails", async () => {
  await assertRejects(
    () =>
      findFile({
        resolve: () => Promise.reject(new Error("broken disk")),
        open: () => Promise.resolve(SWAPPED),
      }),
    Error,
    "broken disk",
  );
});

Deno.test("findFile() finds a file that is replaced each time before it is opened", async () => {
  await using tree = await makeTree({ "a.txt": "old", "b.txt": "new" });
  const root = await openRoot(tree.path);
  let replaced = 0;

  const found = await findFile({
    async resolve() {
      const target = await findVisible(root, tree.at("a.txt"), DEFAULTS);
      if (target.kind !== "file") throw new Error(target.kind);
      return { ...target, kind: "file", name: "a.txt", asked: null };
    },
    async open(target) {
      if (replaced++ === 0) {
        await Deno.rename(tree.at("b.txt"), tree.at("a.txt"));
      }
      return await openFile(target);
    },
  });

  assertEquals(replaced, 2);
  assertEquals(
    found.kind === "open" && new TextDecoder().decode(found.file.head),
    "new",
  );
});
