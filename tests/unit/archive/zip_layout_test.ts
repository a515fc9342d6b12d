import { assertEquals, assertRejects } from "@std/assert";

import type { ArchiveEntry } from "../../../lib/archive/layout.ts";
import { zipLayout } from "../../../lib/archive/zip_layout.ts";
import { noPause, readZip, recordsOf } from "../../_support/archive.ts";

const GIB = 2 ** 30;

/** So many entries, every other one empty. */
function manyOf(count: number, size = 1): ArchiveEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `d/${index}`,
    size: index % 2 * size,
    modified: index * 1_000,
  }));
}

/** Reads a zip whose files have no bytes and compares it with its entries. */
async function checkZip(entries: readonly ArchiveEntry[]): Promise<void> {
  const checksumOf = (index: number) => index * 3 + 1;
  const layout = await zipLayout(entries, noPause);

  const read = await readZip(recordsOf(layout, checksumOf), layout.length);

  const expected = entries.map(({ name, size, modified }, index) => ({
    name,
    size,
    checksum: size === 0 ? 0 : checksumOf(index),
    isFolder: name.endsWith("/"),
    seconds: modified === null ? null : Math.floor(modified / 1_000),
  }));
  assertEquals(
    read.map(({ offset: _offset, start: _start, ...rest }) => rest),
    expected,
  );
}

Deno.test("zipLayout() of nothing is the end record", async () => {
  const layout = await zipLayout([], noPause);

  const pieces = await Array.fromAsync(layout.pieces(0, 22, () => 0));

  assertEquals(layout.length, 22);
  assertEquals(pieces.length, 1);
  await checkZip([]);
});

// APPNOTE 4.3.9.2, 4.4.8 and 4.4.9: on both sides of each limit.
Deno.test.each([
  { what: "5 GiB", sizes: [5 * GIB, 1, 7 * GIB, 0] },
  { what: "2^32 - 2", sizes: [0xfffffffe, 3] },
  { what: "2^32 - 1", sizes: [0xffffffff, 3] },
  { what: "2^32", sizes: [2 ** 32, 3] },
  { what: "2^50", sizes: [2 ** 50, 3, 2 ** 51, 3] },
  // No large file, but the last offsets and the directory are behind 4 GiB.
  { what: "6 times 1 GiB", sizes: Array(6).fill(GIB) },
])("zipLayout() holds files of $what", async ({ sizes }) => {
  await checkZip(
    sizes.map((size, index) => ({ name: `${index}`, size, modified: null })),
  );
});

Deno.test("zipLayout() changes to zip64 where an offset becomes 2^32 - 1", async () => {
  // The second header begins exactly there, or one byte before.
  const overhead = 30 + 1 + 16;
  for (const offset of [0xfffffffe, 0xffffffff]) {
    const entries = [
      { name: "a", size: offset - overhead, modified: null },
      { name: "b/", size: 0, modified: null },
    ];
    const layout = await zipLayout(entries, noPause);
    const [, folder] = await readZip(
      recordsOf(layout, () => 1),
      layout.length,
    );

    assertEquals(folder?.offset, offset);
  }
});

Deno.test.each([65_534, 65_535, 65_536, 70_000])(
  "zipLayout() holds %d entries",
  async (count) => {
    await checkZip(manyOf(count));
  },
);

Deno.test("zipLayout() asks only for checksums whose records are in the range", async () => {
  const entries = manyOf(1_000, 100);
  const layout = await zipLayout(entries, noPause);
  const zip = await readZip(recordsOf(layout, () => 1), layout.length);
  const asked: number[] = [];
  const read = recordsOf(layout, (index) => {
    asked.push(index);
    return 1;
  });
  const entry = zip[501];

  // From within one file to within the next but one.
  await read((entry?.start ?? 0) + 50, (zip[505]?.start ?? 0) + 50);
  assertEquals(asked, [501, 503]);
  asked.length = 0;
  // A part of one file.
  await read((entry?.start ?? 0) + 5, (entry?.start ?? 0) + 100);
  assertEquals(asked, []);
  // The end record, and the last header of the directory.
  await read(layout.length - 22, layout.length);
  assertEquals(asked, []);
  await read(layout.length - 23, layout.length);
  assertEquals(asked, [999]);
});

Deno.test("zipLayout() gives many small files in few pieces", async () => {
  const layout = await zipLayout(manyOf(2_000), noPause);

  const pieces = await Array.fromAsync(
    layout.pieces(0, layout.length, () => 1),
  );

  // 1,000 files, the records between them, and a directory of 123 KB.
  assertEquals(pieces.length, 1_000 + 1_000 + 8);
});

Deno.test("zipLayout() throws for entries that cannot be in an archive", async () => {
  const entry = { name: "../a", size: 1, modified: null };

  await assertRejects(() => zipLayout([entry], noPause), RangeError);
});

Deno.test("zipLayout() lets others come first", async () => {
  let pauses = 0;
  const pause = () => {
    pauses++;
    return Promise.resolve();
  };

  await zipLayout(manyOf(6_400), pause);

  assertEquals(pauses, 200);
});
