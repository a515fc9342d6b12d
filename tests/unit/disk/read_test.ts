import { assertEquals } from "@std/assert";

import { isEqual, readAt } from "../../../lib/disk/read.ts";
import { makeTree } from "../../_support/tree.ts";

Deno.test.each<{ position: number; length: number; text: string }>([
  { position: 0, length: 3, text: "abc" },
  { position: 4, length: 2, text: "ef" },
  { position: 4, length: 0, text: "" },
  { position: 4, length: 9, text: "ef" },
  { position: 9, length: 1, text: "" },
])("readAt() reads $length bytes from $position on as '$text'", async (row) => {
  await using tree = await makeTree({ "a.txt": "abcdef" });
  using file = await Deno.open(tree.at("a.txt"));

  const bytes = await readAt(file, row.position, row.length);

  assertEquals(new TextDecoder().decode(bytes), row.text);
});

Deno.test.each<{ a: number[]; b: number[]; expected: boolean }>([
  { a: [], b: [], expected: true },
  { a: [1, 2], b: [1, 2], expected: true },
  { a: [1, 2], b: [1, 3], expected: false },
  { a: [1], b: [1, 2], expected: false },
  { a: [1, 2], b: [1], expected: false },
])("isEqual() of $a and $b is $expected", ({ a, b, expected }) => {
  assertEquals(isEqual(new Uint8Array(a), new Uint8Array(b)), expected);
});
