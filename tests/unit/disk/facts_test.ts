import { assertEquals } from "@std/assert";

import { factsOf } from "../../../lib/disk/facts.ts";
import { makeTree, OLD } from "../../_support/tree.ts";

Deno.test("factsOf() tells size, time and identity", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });
  const info = await Deno.lstat(tree.at("a.txt"));

  assertEquals(factsOf(info), {
    size: 5,
    modified: OLD.getTime(),
    device: info.dev,
    inode: info.ino,
    changed: info.ctime?.getTime() ?? null,
  });
});

Deno.test.each<{ mtime: Date | null }>([
  { mtime: null },
  // ext4 and XFS hold times that a Date does not.
  { mtime: new Date(NaN) },
])("factsOf() knows no time of $mtime", async ({ mtime }) => {
  await using tree = await makeTree({ "a.txt": "hello" });
  const info = await Deno.lstat(tree.at("a.txt"));

  const facts = factsOf({ ...info, mtime, ctime: mtime });

  assertEquals(facts.modified, null);
  assertEquals(facts.changed, null);
});
