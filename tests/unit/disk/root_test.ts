import { assertEquals, assertRejects } from "@std/assert";
import { relative } from "@std/path";

import { openRoot } from "../../../lib/disk/root.ts";
import { link, makeTree } from "../../_support/tree.ts";

Deno.test.each<{ name: string; written: string; to: string }>([
  { name: "a folder", written: "d", to: "d" },
  { name: "a trailing slash", written: "d/", to: "d" },
  { name: "a dot", written: "d/.", to: "d" },
  { name: "dots", written: "d/../d", to: "d" },
  { name: "a link", written: "l", to: "d" },
  { name: "a link and a slash", written: "l/", to: "d" },
  { name: "a path behind a link", written: "l/e", to: "d/e" },
])("openRoot() gives the canonical path of $name", async (row) => {
  await using tree = await makeTree({ "d/e/": null, "l": link("d") });

  assertEquals(await openRoot(`${tree.path}/${row.written}`), {
    kind: "directory",
    path: tree.at(row.to),
    name: "",
  });
});

Deno.test("openRoot() reads a relative path from the working directory", async () => {
  await using tree = await makeTree({ "d/": null });

  const root = await openRoot(relative(Deno.cwd(), tree.at("d")));

  assertEquals(root.path, tree.at("d"));
});

Deno.test.each<{ name: string; written: string; called: string }>([
  { name: "itself", written: "a.txt", called: "a.txt" },
  { name: "the link to it", written: "l.txt", called: "l.txt" },
  { name: "a path with dots", written: "./d/../a.txt", called: "a.txt" },
])("openRoot() calls a single file after $name", async (row) => {
  await using tree = await makeTree({
    "a.txt": "x",
    "d/": null,
    "l.txt": link("a.txt"),
  });

  assertEquals(await openRoot(`${tree.path}/${row.written}`), {
    kind: "file",
    path: tree.at("a.txt"),
    name: row.called,
  });
});

Deno.test.each<{ name: string; written: string }>([
  { name: "nothing", written: "none" },
  { name: "a link to nothing", written: "broken" },
])("openRoot() rejects $name as not found", async ({ written }) => {
  await using tree = await makeTree({ "broken": link("none") });

  await assertRejects(() => openRoot(tree.at(written)), Deno.errors.NotFound);
});

Deno.test("openRoot() rejects what is neither folder nor file", async () => {
  await assertRejects(
    () => openRoot("/dev/null"),
    TypeError,
    'Cannot share "/dev/null": give a folder or a regular file',
  );
});
