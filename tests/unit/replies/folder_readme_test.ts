import {
  assert,
  assertEquals,
  assertStrictEquals,
  assertStringIncludes,
} from "@std/assert";

import { openRoot } from "../../../lib/disk/root.ts";
import { DEFAULTS } from "../../../lib/options.ts";
import { createReadmeFinder } from "../../../lib/replies/folder_readme.ts";
import { link, makeTree, type Tree } from "../../_support/tree.ts";
import { replace } from "../disk/_replace.ts";

/** The clock is an hour ahead, so that nothing in a tree changed lately. */
function laterThanTheTree(): Disposable {
  const { now } = Date;
  return replace(Date, "now", () => now() + 3_600_000);
}

const README = [{ name: "README.md", kind: "file" }];

async function finderOf(tree: Tree) {
  const root = await openRoot(tree.path);
  const find = createReadmeFinder(root, DEFAULTS);
  return (entries = README) => find({ path: root.path, entries });
}

Deno.test("createReadmeFinder() finds nothing where there is no README", async () => {
  await using tree = await makeTree({ "a.md": "# a" });
  const find = await finderOf(tree);

  assertEquals(await find([{ name: "a.md", kind: "file" }]), null);
});

Deno.test("createReadmeFinder() finds nothing where it has gone meanwhile", async () => {
  await using tree = await makeTree({});

  assertEquals(await (await finderOf(tree))(), null);
});

Deno.test("createReadmeFinder() writes Markdown and plain text", async () => {
  await using tree = await makeTree({ "README.md": "*a*", "README": "*a*" });
  const find = await finderOf(tree);

  const markdown = await find();
  const plain = await find([{ name: "README", kind: "file" }]);

  assertStringIncludes(String(markdown?.markup), "<p><em>a</em></p>");
  assertStringIncludes(String(plain?.markup), "<pre>*a*</pre>");
});

Deno.test("createReadmeFinder() writes a file once while it stays as it is", async () => {
  await using tree = await makeTree({ "README.md": "*a*" });
  using _clock = laterThanTheTree();
  const find = await finderOf(tree);

  const first = await find();

  assert(first?.seen);
  assertStrictEquals((await find())?.markup, first.markup);
});

Deno.test("createReadmeFinder() keeps nothing of a file that changed a moment ago", async () => {
  await using tree = await makeTree({ "README.md": "*a*" });
  const find = await finderOf(tree);

  const first = await find();

  assertEquals(first?.seen, null);
  assert((await find())?.markup !== first?.markup);
});

Deno.test("createReadmeFinder() shows a change at once", async () => {
  await using tree = await makeTree({ "README.md": "one" });
  using _clock = laterThanTheTree();
  const find = await finderOf(tree);
  await find();

  await Deno.writeTextFile(tree.at("README.md"), "two");

  assertStringIncludes(String((await find())?.markup), "<p>two</p>");
});

Deno.test("createReadmeFinder() tells what to look at to see a change", async () => {
  await using tree = await makeTree({
    "docs/a.md": "one",
    "README.md": link("docs/a.md"),
  });
  using _clock = laterThanTheTree();

  const part = await (await finderOf(tree))();

  assertEquals(part?.seen?.path, tree.at("README.md"));
  assertEquals(part?.seen?.real, tree.at("docs/a.md"));
});

Deno.test("createReadmeFinder() tells for each of two links to one file to look at that link", async () => {
  using _ = laterThanTheTree();
  await using tree = await makeTree({
    "one/README.md": link("../shared.md"),
    "other/README.md": link("../shared.md"),
    "shared.md": "# a",
  });
  const find = createReadmeFinder(await openRoot(tree.path), DEFAULTS);
  const partIn = (name: string) =>
    find({ path: tree.at(name), entries: README });

  const one = await partIn("one");
  const other = await partIn("other");

  assertEquals(one?.seen?.path, tree.at("one/README.md"));
  assertEquals(other?.seen?.path, tree.at("other/README.md"));
});
