import { assert, assertEquals, assertRejects } from "@std/assert";

import { tarLayout } from "../../../lib/archive/tar_layout.ts";
import { bytesOf, noPause, toEntries } from "../../_support/archive.ts";

const neverAsked = () => {
  throw new Error("a tar has no checksums of files");
};

Deno.test("tarLayout() of nothing is zeros", async () => {
  const layout = await tarLayout([], noPause);

  const bytes = await bytesOf(layout, [], { start: 0, end: layout.length });

  assertEquals(layout.length, 10_240);
  assert(bytes.every((byte) => byte === 0));
});

Deno.test("tarLayout() fills up each file and ends with two blocks of zeros", async () => {
  const contents = ["a", "b".repeat(512), "", "c".repeat(513)].map(
    (text, index) => ({
      name: `${index}`,
      bytes: new TextEncoder().encode(text),
      modified: null,
    }),
  );
  const layout = await tarLayout(toEntries(contents), noPause);

  const bytes = await bytesOf(layout, contents, {
    start: 0,
    end: layout.length,
  });

  // Header and file each: blocks 0, 2, 4, 5; the end begins at block 8.
  assertEquals(layout.length, 10_240);
  const names = [0, 2, 4, 5].map((block) => bytes[block * 512]);
  assertEquals(names, ["0", "1", "2", "3"].map((name) => name.charCodeAt(0)));
  assertEquals(bytes.indexOf("a".charCodeAt(0), 512), 512);
  assertEquals(bytes[6 * 512 + 512], "c".charCodeAt(0));
  assert(bytes.subarray(6 * 512 + 513).every((byte) => byte === 0));
});

// The end is 1,024 bytes at least, in units of 10,240.
Deno.test.each([
  { size: 10_240 - 512 - 1_024, length: 10_240 },
  { size: 10_240 - 512 - 1_023, length: 20_480 },
  { size: 9 * 2 ** 30, length: 9 * 2 ** 30 + 10_240 - 9 * 2 ** 30 % 10_240 },
])(
  "tarLayout() of a file of $size is $length long",
  async ({ size, length }) => {
    const entries = [{ name: "a", size, modified: null }];

    const layout = await tarLayout(entries, noPause);

    assertEquals(layout.length, length);
  },
);

Deno.test("tarLayout() holds 70,000 entries and files that are large", async () => {
  const entries = Array.from({ length: 70_000 }, (_, index) => ({
    name: `d/${index}`,
    size: index % 1_000 === 0 ? 9 * 2 ** 30 : 0,
    modified: null,
  }));
  const layout = await tarLayout(entries, noPause);

  let bytes = 0;
  let files = 0;
  for await (const piece of layout.pieces(0, layout.length, neverAsked)) {
    if (piece.kind === "bytes") bytes += piece.bytes.length;
    else files += piece.length;
  }

  assertEquals(files, 70 * 9 * 2 ** 30);
  assertEquals(bytes + files, layout.length);
});

Deno.test("tarLayout() throws for entries that cannot be in an archive", async () => {
  const entry = { name: "/a", size: 1, modified: null };

  await assertRejects(() => tarLayout([entry], noPause), RangeError);
});
