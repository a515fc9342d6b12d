import { assert, assertEquals } from "@std/assert";

import { factsOf } from "../../../lib/disk/facts.ts";
import { UNKNOWN_DISK } from "../../../lib/disk/quick_look.ts";
import {
  BLOCK_BYTES,
  readFile,
  WHOLE_BYTES_MAX,
} from "../../../lib/disk/read_file.ts";
import { HEAD_BYTES } from "../../../lib/http/media_type.ts";
import { makeTree } from "../../_support/tree.ts";
import { bytesOf } from "./_open.ts";

const QUICK = { isQuick: () => true, onLook: () => {} };

Deno.test.each<{ size: number; kind: string }>([
  { size: 0, kind: "memory" },
  { size: BLOCK_BYTES, kind: "memory" },
  { size: WHOLE_BYTES_MAX, kind: "memory" },
  { size: WHOLE_BYTES_MAX + 1, kind: "handle" },
])("readFile() gives $size bytes as $kind", async ({ size, kind }) => {
  const bytes = bytesOf(size);
  await using tree = await makeTree({ "a.bin": bytes });
  for (const disk of [UNKNOWN_DISK, QUICK]) {
    using file = await Deno.open(tree.at("a.bin"));
    const facts = factsOf(await file.stat());

    const read = await readFile(file, facts, disk);

    assertEquals(read?.facts, facts);
    assertEquals(read?.head, bytes.slice(0, HEAD_BYTES));
    assertEquals(read?.content.kind, kind);
    if (read?.content.kind === "memory") {
      assertEquals(read.content.bytes, bytes);
    }
  }
});

Deno.test("readFile() reads only a few larger files whole at a time", async () => {
  const size = BLOCK_BYTES + 1;
  await using tree = await makeTree({ "a.bin": bytesOf(size) });
  using stack = new DisposableStack();
  const facts = factsOf(await Deno.stat(tree.at("a.bin")));

  const all = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const file = stack.use(await Deno.open(tree.at("a.bin")));
      return { file, facts };
    }),
  );
  const kinds = await Promise.all(all.map(async ({ file, facts }) => {
    const read = await readFile(file, facts, UNKNOWN_DISK);
    return read?.content.kind;
  }));

  assertEquals(kinds.filter((kind) => kind === "memory").length, 8);
  using file = await Deno.open(tree.at("a.bin"));
  const again = await readFile(file, facts, UNKNOWN_DISK);
  assert(again?.content.kind === "memory");
});
