import { assertEquals } from "@std/assert";

import { typeOf } from "../../../lib/disk/file_type.ts";
import { closeFile } from "../../../lib/disk/open_file.ts";
import { makeTree } from "../../_support/tree.ts";
import { open } from "./_open.ts";

Deno.test.each<{ name: string; content: string; type: string }>([
  { name: "a.html", content: "<p>", type: "text/html; charset=utf-8" },
  { name: "README", content: "hello", type: "text/plain; charset=utf-8" },
  { name: "README", content: "\0", type: "application/octet-stream" },
  // The head ends with half a character, and so does only a part of a file.
  {
    name: "a.txt",
    content: `${"a".repeat(1_023)}\u00fc`,
    type: "text/plain; charset=utf-8",
  },
])("typeOf() of $name is $type", async ({ name, content, type }) => {
  await using tree = await makeTree({ [name]: content });
  const file = await open(tree, name);

  assertEquals(await typeOf(file), type);
  closeFile(file);
});

Deno.test("typeOf() knows whether the head is all of the file", async () => {
  const head = new TextEncoder().encode(`${"a".repeat(1_023)}\u00fc`)
    .slice(0, 1_024);
  const facts = { modified: null, device: 0, inode: null, changed: null };
  const about = {
    name: "a.txt",
    head,
    content: { kind: "memory", bytes: head },
    seen: null,
  } as const;

  assertEquals(
    await typeOf({ ...about, facts: { ...facts, size: 1_024 } }),
    "text/plain",
  );
  assertEquals(
    await typeOf({ ...about, facts: { ...facts, size: 1_025 } }),
    "text/plain; charset=utf-8",
  );
});
