import { assertEquals } from "@std/assert";

import { closeFile, openFile } from "../../../lib/disk/open_file.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import { openSibling } from "../../../lib/disk/sibling.ts";
import type { Encoding } from "../../../lib/http/encoding.ts";
import { link, makeTree, OLD, type Tree } from "../../_support/tree.ts";
import { open } from "./_open.ts";

const NEWER = new Date(OLD.getTime() + 60_000);
const OLDER = new Date(OLD.getTime() - 1_000);

const GZIP = new Uint8Array([0x1f, 0x8b, 0x08, 0, 1, 2]);
const ZSTD = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 1, 2]);

/** Size of the sibling of `a.txt` that is found, `null` for none. */
async function findSibling(
  tree: Tree,
  encoding: Encoding,
  options: { followSymlinks?: boolean; folder?: string; name?: string } = {},
): Promise<number | null> {
  const { followSymlinks = false, folder = "", name = "a.txt" } = options;
  const file = await open(tree, folder + name);
  const place = {
    root: await openRoot(tree.at(folder)),
    rules: { followSymlinks },
    openFile,
  };
  const path = tree.at(folder + name);
  const sibling = await openSibling(place, file, { path, encoding });
  closeFile(file);
  if (sibling === undefined) return null;
  closeFile(sibling);
  assertEquals(sibling.name, name);
  return sibling.facts.size;
}

Deno.test.each<{ name: string; content: Uint8Array; encoding: Encoding }>([
  { name: "a.txt.gz", content: GZIP, encoding: "gzip" },
  { name: "a.txt.zst", content: ZSTD, encoding: "zstd" },
  { name: "a.txt.br", content: new Uint8Array(6), encoding: "br" },
])("openSibling() finds $name", async ({ name, content, encoding }) => {
  await using tree = await makeTree({ "a.txt": "hello", [name]: content });

  assertEquals(await findSibling(tree, encoding), 6);
});

Deno.test("openSibling() finds a large one, which stays open", async () => {
  const content = new Uint8Array(2_000_000);
  content.set(GZIP);
  await using tree = await makeTree({ "a.txt": "x", "a.txt.gz": content });

  assertEquals(await findSibling(tree, "gzip"), 2_000_000);
});

Deno.test.each<{ what: string; content: string | Uint8Array | null }>([
  { what: "is empty", content: "" },
  { what: "is no gzip", content: "hello" },
  { what: "is shorter than its mark", content: GZIP.slice(0, 2) },
  { what: "is another coding", content: ZSTD },
  { what: "is a folder", content: null },
])("openSibling() finds none where it $what", async ({ content }) => {
  await using tree = await makeTree({ "a.txt": "hello", "a.txt.gz": content });

  assertEquals(await findSibling(tree, "gzip"), null);
});

Deno.test("openSibling() finds none where there is nothing in it", async () => {
  await using tree = await makeTree({ "a.txt": "hello", "a.txt.br": "" });

  assertEquals(await findSibling(tree, "br"), null);
});

Deno.test.each<{ time: Date; size: number | null }>([
  { time: OLD, size: 6 },
  { time: NEWER, size: 6 },
  { time: OLDER, size: null },
  // In the same second, but older.
  { time: new Date(OLD.getTime() - 1), size: null },
])("openSibling() of $time finds $size bytes", async ({ time, size }) => {
  await using tree = await makeTree({ "a.txt": "hello", "a.txt.gz": GZIP });
  await Deno.utime(tree.at("a.txt.gz"), time, time);

  assertEquals(await findSibling(tree, "gzip"), size);
});

Deno.test("openSibling() asks a link where it ends", async () => {
  await using tree = await makeTree({
    "secret.gz": GZIP,
    "site/a.txt": "hello",
    "site/a.txt.gz": link("store/x"),
    "site/store/x": GZIP,
    "site/b.txt": "hello",
    "site/b.txt.gz": link("../secret.gz"),
    "site/c.txt": "hello",
    "site/c.txt.gz": link("nothing"),
  });
  const of = (name: string, followSymlinks = false) =>
    findSibling(tree, "gzip", { folder: "site/", name, followSymlinks });

  assertEquals(await of("a.txt"), 6);
  assertEquals(await of("b.txt"), null);
  assertEquals(await of("b.txt", true), 6);
  assertEquals(await of("c.txt"), null);
});

Deno.test({
  name: "openSibling() never opens a FIFO",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using tree = await makeTree({ "a.txt": "hello" });
    await new Deno.Command("mkfifo", { args: [tree.at("a.txt.gz")] }).output();

    assertEquals(await findSibling(tree, "gzip"), null);
  },
});

Deno.test("openSibling() finds none where descriptors ran out", async () => {
  await using tree = await makeTree({ "a.txt": "hello", "a.txt.gz": GZIP });
  const file = await open(tree, "a.txt");

  const sibling = await openSibling(
    {
      root: await openRoot(tree.path),
      rules: { followSymlinks: false },
      openFile: () => Promise.resolve({ kind: "refused", error: "exhausted" }),
    },
    file,
    { path: tree.at("a.txt"), encoding: "gzip" },
  );

  assertEquals(sibling, undefined);
});
