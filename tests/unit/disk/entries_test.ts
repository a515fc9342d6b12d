import { assert, assertEquals, assertRejects } from "@std/assert";

import { readEntries } from "../../../lib/disk/entries.ts";
import { factsOf } from "../../../lib/disk/facts.ts";
import { findVisible } from "../../../lib/disk/resolve.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import type { Entry } from "../../../lib/entry.ts";
import type { Pulse } from "../../../lib/disk/pulse.ts";
import { DEFAULTS, type FileRules } from "../../../lib/options.ts";
import type { VisiblePath } from "../../../lib/target.ts";
import { link, makeTree, OLD, type Tree } from "../../_support/tree.ts";
import { replace, replaceDeno, systemError } from "./_replace.ts";

const QUICK: Pulse = { isQuick: () => true, took: () => {} };

async function read(
  tree: Tree,
  options: Partial<FileRules> & { folder?: string; pulse?: Pulse } = {},
) {
  const { folder = "site", pulse, ...rules } = options;
  const root = await openRoot(tree.at("site"));
  const path = await visible(tree, folder);
  const whole = { root, path, rules: { ...DEFAULTS, ...rules } };
  return await readEntries(whole, pulse);
}

async function visible(tree: Tree, path: string): Promise<VisiblePath> {
  const root = await openRoot(tree.path);
  const found = await findVisible(root, tree.at(path), DEFAULTS);
  if (found.kind !== "file" && found.kind !== "directory") {
    throw new Error(`${path} is ${found.kind}`);
  }
  return found.path;
}

async function entriesOf(
  tree: Tree,
  rules: Partial<FileRules> = {},
): Promise<readonly Entry[]> {
  const result = await read(tree, rules);
  if (result.kind !== "entries") throw new Error(result.error);
  return result.entries.toSorted((a, b) => a.name < b.name ? -1 : 1);
}

async function namesOf(
  tree: Tree,
  rules: Partial<FileRules> = {},
): Promise<string[]> {
  return (await entriesOf(tree, rules)).map(({ name }) => name);
}

Deno.test("readEntries() tells kind, size and time", async () => {
  await using tree = await makeTree({ "site/a.txt": "hello", "site/d/": null });
  await Deno.utime(tree.at("site/d"), OLD, OLD);

  assertEquals(await entriesOf(tree), [
    { name: "a.txt", kind: "file", size: 5, modified: OLD.getTime() },
    { name: "d", kind: "directory", size: null, modified: OLD.getTime() },
  ]);
});

Deno.test("readEntries() shows a link as what it leads to", async () => {
  await using tree = await makeTree({
    "site/a.txt": "hello",
    "site/d/": null,
    "site/to-a": link("a.txt"),
    "site/to-d": link("d"),
  });
  await Deno.utime(tree.at("site/d"), OLD, OLD);

  assertEquals((await entriesOf(tree)).slice(2), [
    { name: "to-a", kind: "file", size: 5, modified: OLD.getTime() },
    { name: "to-d", kind: "directory", size: null, modified: OLD.getTime() },
  ]);
});

Deno.test.each<{ rules: Partial<FileRules>; names: string[] }>([
  { rules: {}, names: [".well-known", "a.txt", "in"] },
  {
    rules: { dotfiles: true },
    names: [".env", ".git", ".well-known", "a.txt", "in"],
  },
  {
    rules: { followSymlinks: true },
    names: [".well-known", "a.txt", "in", "out-dir", "out-sibling", "out.txt"],
  },
])("readEntries() with $rules shows what can be asked for", async (row) => {
  await using tree = await makeTree({
    "secret.txt": "x",
    "site2/a.txt": "x",
    "site/a.txt": "x",
    "site/.env": "x",
    "site/.git/config": "x",
    "site/.well-known/x": "x",
    "site/in": link("a.txt"),
    "site/out.txt": link("../secret.txt"),
    "site/out-dir": link(".."),
    "site/out-sibling": link("../site2/a.txt"),
    "site/out-device": link("/dev/null"),
    "site/broken": link("none"),
    "site/loop": link("loop"),
  });

  assertEquals(await namesOf(tree, row.rules), row.names);
});

Deno.test("readEntries() counts what it shows", async () => {
  await using tree = await makeTree({
    "site/a.txt": "hello",
    "site/to-a": link("a.txt"),
    "site/d/": null,
    "site/.env": "hidden",
  });

  const result = await read(tree);

  assert(result.kind === "entries");
  const { folders, files, bytes } = result;
  assertEquals({ folders, files, bytes }, { folders: 1, files: 2, bytes: 10 });
});

Deno.test("readEntries() leaves special files out, and links to them", async () => {
  await using tree = await makeTree({
    "site/a.txt": "x",
    "site/to-fifo": link("fifo"),
    "site/to-socket": link("socket"),
  });
  await new Deno.Command("mkfifo", { args: [tree.at("site/fifo")] }).output();
  using _socket = Deno.listen({
    transport: "unix",
    path: tree.at("site/socket"),
  });

  assertEquals(await namesOf(tree), ["a.txt"]);
});

Deno.test("readEntries() gives names as they are", async () => {
  const names = [
    "a\nb",
    "a\\b",
    "100%41",
    "a\"'<>&#?",
    " a ",
    "x".repeat(255),
    "\u00e9",
    "e\u0301",
    "\u{1f600}",
  ].toSorted();
  await using tree = await makeTree(
    Object.fromEntries(names.map((name) => [`site/${name}`, "x"])),
  );

  assertEquals(await namesOf(tree), names);
});

Deno.test("readEntries() leaves out a name that is not UTF-8", async () => {
  await using tree = await makeTree({ "site/a.txt": "x" });
  const { success } = await new Deno.Command("sh", {
    args: ["-c", "printf x > \"$(printf 'b\\377')\""],
    cwd: tree.at("site"),
  }).output();

  assert(success);
  assertEquals(await namesOf(tree), ["a.txt"]);
});

Deno.test("readEntries() shows a file once whose name another one seems to have", async () => {
  await using tree = await makeTree({ "site/b\ufffd": "hello" });
  const { success } = await new Deno.Command("sh", {
    args: ["-c", "printf x > \"$(printf 'b\\377')\""],
    cwd: tree.at("site"),
  }).output();

  assert(success);
  assertEquals(await entriesOf(tree), [
    { name: "b\ufffd", kind: "file", size: 5, modified: OLD.getTime() },
  ]);
});

// Where one batch of looks ends and the next begins.
Deno.test.each<{ count: number }>([
  { count: 0 },
  { count: 1 },
  { count: 31 },
  { count: 32 },
  { count: 33 },
  { count: 100 },
])("readEntries() reads all of $count entries", async ({ count }) => {
  const names = Array.from({ length: count }, (_, i) => `${1_000 + i}`);
  await using tree = await makeTree({
    "site/": null,
    ...Object.fromEntries(names.map((name) => [`site/${name}`, "x"])),
  });

  assertEquals(await namesOf(tree), names);
});

Deno.test("readEntries() reads the root of the disk", async () => {
  await using tree = await makeTree({});
  const root = await openRoot("/");
  const found = await findVisible(root, "/", DEFAULTS);
  assert(found.kind === "directory");

  const result = await readEntries({ root, path: found.path, rules: DEFAULTS });

  const top = tree.path.split("/")[1];
  assert(result.kind === "entries");
  assert(result.entries.some(({ name }) => name === top));
});

Deno.test.each<{ about: string; folder: string }>([
  { about: "is gone", folder: "gone" },
  { about: "is a file by now", folder: "file" },
])("readEntries() says that a folder $about", async ({ folder }) => {
  await using tree = await makeTree({ "site/gone/": null, "site/file/": null });
  const root = await openRoot(tree.at("site"));
  const path = await visible(tree, `site/${folder}`);
  await Deno.remove(path);
  if (folder === "file") await Deno.writeTextFile(path, "x");

  assertEquals(await readEntries({ root, path, rules: DEFAULTS }), {
    kind: "refused",
    error: "missing",
  });
});

Deno.test("readEntries() leaves out what is gone since the folder was read", async () => {
  await using tree = await makeTree({ "site/a.txt": "x", "site/b.txt": "x" });
  const { readDir } = Deno;
  using _readDir = replaceDeno("readDir", async function* (path: string) {
    for await (const entry of readDir(path)) yield entry;
    await Deno.remove(tree.at("site/a.txt"));
  });

  assertEquals(await namesOf(tree), ["b.txt"]);
});

Deno.test.each<{ about: string; name: "readDir" | "lstat" }>([
  { about: "opening the folder", name: "readDir" },
  { about: "looking at a file", name: "lstat" },
])("readEntries() refuses when descriptors run out in $about", async (row) => {
  await using tree = await makeTree({ "site/a.txt": "x" });
  const root = await openRoot(tree.at("site"));
  const path = await visible(tree, "site");
  const { lstat } = Deno;
  using _look = replaceDeno(row.name, (of: string) => {
    if (row.name === "lstat" && of === path) return lstat(of);
    throw systemError("EMFILE");
  });

  assertEquals(await readEntries({ root, path, rules: DEFAULTS }), {
    kind: "refused",
    error: "exhausted",
  });
});

Deno.test("readEntries() refuses when memory runs out in following a link", async () => {
  await using tree = await makeTree({
    "site/a.txt": "x",
    "site/l": link("a.txt"),
  });
  const root = await openRoot(tree.at("site"));
  const path = await visible(tree, "site");
  using _look = replaceDeno("realPath", () => {
    throw systemError("ENOMEM");
  });

  assertEquals(await readEntries({ root, path, rules: DEFAULTS }), {
    kind: "refused",
    error: "exhausted",
  });
});

Deno.test("readEntries() rejects when the disk is broken", async () => {
  await using tree = await makeTree({ "site/a.txt": "x" });
  using _readDir = replaceDeno("readDir", () => {
    throw systemError("EIO");
  });

  await assertRejects(() => read(tree), Error, "EIO");
});

Deno.test("readEntries() finds the same below the root on a quick disk", async () => {
  await using tree = await makeTree({
    "secret": "x",
    "site/d/a.txt": "hello",
    "site/d/.env": "x",
    "site/d/e/": null,
    "site/d/in": link("a.txt"),
    "site/d/out": link("../../secret"),
  });

  const slow = await read(tree, { folder: "site/d" });
  const quick = await read(tree, { folder: "site/d", pulse: QUICK });

  assert(slow.kind === "entries" && quick.kind === "entries");
  const { state: _slow, ...slowContent } = slow;
  const { state: _quick, ...quickContent } = quick;
  assertEquals(quickContent, slowContent);
  assertEquals(quick.entries.map(({ name }) => name).toSorted(), [
    "a.txt",
    "e",
    "in",
  ]);
});

// The folder is away while its names are read for the first or second time.
Deno.test.each([{ reading: 1 }, { reading: 2 }])(
  "readEntries() shows no names of a folder that was swapped in for reading $reading",
  async ({ reading }) => {
    await using tree = await makeTree({
      "secret/a.txt": "x",
      "secret/password.txt": "x",
      "site/d/a.txt": "x",
    });
    const { readDir, readDirSync } = Deno;
    const { lstat, lstatSync } = Deno;
    const secret = tree.at("secret");
    let readings = 0;
    // Away once more while its entries are looked at.
    const away = (path: string) =>
      path.replace(/.*(?=\/password\.txt$)/, secret);
    using _lstat = replaceDeno("lstat", (path: string) => lstat(away(path)));
    using _lstatSync = replace(
      Deno,
      "lstatSync",
      (path: string) => lstatSync(away(path)),
    );
    using _patient = replaceDeno(
      "readDir",
      (path: string) => readDir(++readings === reading ? secret : path),
    );
    using _quick = replace(
      Deno,
      "readDirSync",
      (path: string) => readDirSync(++readings === reading ? secret : path),
    );

    for (const pulse of [undefined, QUICK]) {
      readings = 0;
      const result = await read(tree, {
        folder: "site/d",
        ...(pulse === undefined ? {} : { pulse }),
      });

      assert(result.kind === "entries");
      assertEquals(result.entries.map(({ name }) => name), ["a.txt"]);
      assertEquals(readings, 2);
    }
  },
);

Deno.test("readEntries() looks synchronously at files alone", async () => {
  await using tree = await makeTree({
    "site/a.txt": "x",
    "site/d/": null,
    "site/l": link("a.txt"),
  });
  const { lstatSync } = Deno;
  const looks: string[] = [];
  using _look = replace(Deno, "lstatSync", (path: string) => {
    looks.push(path);
    return lstatSync(path);
  });

  const result = await read(tree, { pulse: QUICK });

  assert(result.kind === "entries");
  assertEquals(result.entries.length, 3);
  assertEquals(looks, [tree.at("site/a.txt")]);
});

Deno.test("readEntries() tells what the folder was like", async () => {
  await using tree = await makeTree({ "site/a.txt": "x" });
  const before = Date.now();

  const result = await read(tree);

  const info = await Deno.stat(tree.at("site"));
  assert(result.kind === "entries");
  assertEquals(result.state?.facts, factsOf(info));
  assert((result.state?.since ?? 0) >= before);
  assert((result.state?.since ?? Infinity) <= Date.now());
});

Deno.test("readEntries() tells nothing of a folder that changed meanwhile", async () => {
  await using tree = await makeTree({ "site/a.txt": "x" });
  await Deno.utime(tree.at("site"), OLD, OLD);
  const { readDir } = Deno;
  using _readDir = replaceDeno("readDir", async function* (path: string) {
    yield* readDir(path);
    await Deno.writeTextFile(tree.at("site/b.txt"), "x");
  });

  const result = await read(tree);

  assert(result.kind === "entries");
  assertEquals(result.entries.map(({ name }) => name), ["a.txt"]);
  assertEquals(result.state, null);
});
