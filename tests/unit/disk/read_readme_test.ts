import { assert, assertEquals } from "@std/assert";

import { findInFolder, readBeginning } from "../../../lib/disk/read_readme.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import { link, makeTree } from "../../_support/tree.ts";

const INSIDE = { followSymlinks: false };

async function read(folder: string, name: string, bytesMax = 100) {
  const root = await openRoot(folder);
  const file = { root, folder: root.path, name, rules: INSIDE };
  const target = await findInFolder(file);
  return target && await readBeginning(target, bytesMax);
}

Deno.test("readBeginning() reads a file and what it was read from", async () => {
  await using tree = await makeTree({ "README.md": "# \u00e9\n" });

  const found = await read(tree.path, "README.md");

  assertEquals(found?.text, "# \u00e9\n");
  assertEquals(found?.isWhole, true);
  assertEquals(found?.facts.size, 5);
});

Deno.test.each([
  { about: "at the end of a line", text: "ab\ncd\nef", max: 7, is: "ab\ncd\n" },
  { about: "in a long line", text: "abcdefgh", max: 7, is: "abcdefg" },
  {
    about: "of a huge file",
    text: "a\n".repeat(600_000),
    max: 5,
    is: "a\na\n",
  },
])("readBeginning() stops $about", async ({ text, max, is }) => {
  await using tree = await makeTree({ "README": text });

  const found = await read(tree.path, "README", max);

  assertEquals(found?.text, is);
  assertEquals(found?.isWhole, false);
});

Deno.test("readBeginning() shows what is not UTF-8 as such", async () => {
  await using tree = await makeTree({
    "README": new Uint8Array([0x61, 0xff, 0x62]),
  });

  assertEquals((await read(tree.path, "README"))?.text, "a\ufffdb");
});

Deno.test("findInFolder() follows a link that ends inside", async () => {
  await using tree = await makeTree({
    "docs/index.md": "inside",
    "README.md": link("docs/index.md"),
  });

  assertEquals((await read(tree.path, "README.md"))?.text, "inside");
});

Deno.test.each([
  ["a link to the outside", link("../secret")],
  ["a link to nothing", link("none")],
  ["a folder", null],
])("findInFolder() finds nothing in %s", async (_, entry) => {
  await using tree = await makeTree({ secret: "x", "site/README.md": entry });

  assertEquals(await read(tree.at("site"), "README.md"), null);
});

Deno.test("readBeginning() reads nothing of another file that came in between", async () => {
  await using tree = await makeTree({ "site/README": "a", "secret": "x" });
  const root = await openRoot(tree.at("site"));
  const file = { root, folder: root.path, name: "README", rules: INSIDE };
  const target = await findInFolder(file);

  await Deno.remove(tree.at("site/README"));
  await Deno.symlink("../secret", tree.at("site/README"));

  assert(target !== null);
  assertEquals(await readBeginning(target, 9), null);
});
