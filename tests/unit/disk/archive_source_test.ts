import { assert, assertEquals, assertRejects } from "@std/assert";

import { BLOCK_BYTES } from "../../../lib/disk/read_file.ts";
import { BrokenBody } from "../../../lib/reply.ts";
import { readZip } from "../../_support/archive.ts";
import { makeTree } from "../../_support/tree.ts";
import { archiveOf, readAll } from "./_archive.ts";
import { bytesOf } from "./_open.ts";

const LARGE = bytesOf(3 * BLOCK_BYTES + 77);
const FILES = {
  "a/large": LARGE,
  "a/empty": "",
  "a/none": null,
  "b": "bbb",
  "c": bytesOf(70_000, 5),
  "z": "",
};

Deno.test("a zip has its files as they are, with their CRCs", async () => {
  await using tree = await makeTree(FILES);
  const { layout, open } = await archiveOf(tree);

  const bytes = await readAll(open());

  assertEquals(bytes.length, layout.length);
  const read = (start: number, end: number) =>
    Promise.resolve(bytes.slice(start, end));
  const entries = await readZip(read, bytes.length);
  assertEquals(entries.map(({ name }) => name), [
    "top/",
    "top/a/",
    "top/a/none/",
    "top/a/empty",
    "top/a/large",
    "top/b",
    "top/c",
    "top/z",
  ]);
  const large = entries.find(({ name }) => name === "top/a/large");
  assert(large !== undefined);
  assertEquals(bytes.slice(large.start, large.start + large.size), LARGE);
  const zlib = await import("node:zlib");
  assertEquals(large.checksum, zlib.crc32(LARGE));
});

Deno.test.each<{ format: "zip" | "tar" }>([{ format: "zip" }, {
  format: "tar",
}])("any part of a $format is that part of the whole", async ({ format }) => {
  await using tree = await makeTree(FILES);
  const archive = await archiveOf(tree, format);
  const { length } = archive.layout;
  const whole = await readAll(archive.open());
  const cold = await archiveOf(tree, format);
  const parts = [
    [0, 1],
    [length - 1, length],
    [length - 200, length],
    [1_000, 1_001],
    [BLOCK_BYTES - 5, 2 * BLOCK_BYTES + 5],
    [length >> 1, length],
    [3 * BLOCK_BYTES, length - 3],
  ] as const;

  for (const [start, end] of parts) {
    for (const { open } of [archive, cold]) {
      assertEquals(
        await readAll(open({ start, end })),
        whole.slice(start, end),
      );
    }
  }
});

Deno.test("blocks are of one size, and small files share them", async () => {
  const names = Array.from({ length: 500 }, (_, i) => [`${i}`, "x"] as const);
  await using tree = await makeTree(Object.fromEntries(names));
  const { layout, open } = await archiveOf(tree);
  const source = open();

  const first = await source.next();

  assertEquals(first?.length, Math.min(BLOCK_BYTES, layout.length));
  source.close();
});

Deno.test("a released block gives its memory back when the next one is asked for", async () => {
  await using tree = await makeTree(FILES);
  const { open } = await archiveOf(tree);
  const source = open({ blocks: "released" });

  const first = await source.next();
  const length = first?.length;
  await source.next();

  assertEquals(length, BLOCK_BYTES);
  assertEquals(first?.length, 0);
  source.cancel();
});

Deno.test.each<{ what: string; act: (path: string) => Promise<void> }>([
  { what: "b is gone", act: (path) => Deno.remove(`${path}/b`) },
  { what: "b grows", act: (path) => Deno.writeTextFile(`${path}/b`, "bbbb") },
  { what: "b is shorter", act: (path) => Deno.writeTextFile(`${path}/b`, "b") },
  {
    what: "the last empty file is gone",
    act: (path) => Deno.remove(`${path}/z`),
  },
  {
    what: "an empty file between others is no longer empty",
    act: (path) => Deno.writeTextFile(`${path}/a/empty`, "e"),
  },
])("an archive breaks off where $what", async ({ act }) => {
  await using tree = await makeTree(FILES);
  for (const format of ["zip", "tar"] as const) {
    const { open, layout } = await archiveOf(tree, format);
    const source = open();
    let count = 0;

    await act(tree.path).catch(() => {});
    await assertRejects(async () => {
      for (;;) count += (await source.next())?.length ?? 0;
    }, BrokenBody);

    assert(count < layout.length);
    source.close();
    if (format === "zip") {
      await Deno.writeTextFile(tree.at("b"), "bbb");
      await Deno.writeTextFile(tree.at("z"), "");
      await Deno.writeTextFile(tree.at("a/empty"), "");
    }
  }
});

Deno.test("an archive in which only empty files are is checked as well", async () => {
  await using tree = await makeTree({ "a": "", "b": "" });
  const { open } = await archiveOf(tree);
  const source = open();

  await Deno.remove(tree.at("b"));

  await assertRejects(() => source.next(), BrokenBody);
  source.close();
});

Deno.test("the part of a zip that has no file needs no file", async () => {
  await using tree = await makeTree(FILES);
  const { open, layout } = await archiveOf(tree);
  await readAll(open());

  await Deno.remove(tree.at("b"));
  const end = await readAll(open({ start: layout.length - 500 }));

  assertEquals(end.length, 500);
});

Deno.test("close() tells once that nothing is held any more, and frees the file", async () => {
  await using tree = await makeTree(FILES);
  const { open } = await archiveOf(tree);
  let closed = 0;
  const source = open({ onClose: () => void closed++ });

  const reading = source.next();
  source.close();
  const during = closed;
  await reading;
  source.cancel();

  assertEquals([during, closed], [0, 1]);
});

Deno.test("next() fails once the archive was closed: no end that looks like one", async () => {
  await using tree = await makeTree(FILES);
  const { open } = await archiveOf(tree);
  const source = open();
  await source.next();

  source.close();

  await assertRejects(() => source.next(), BrokenBody);
});

Deno.test("close() without a byte read frees all", async () => {
  await using tree = await makeTree(FILES);
  const { open } = await archiveOf(tree);
  let closed = 0;

  open({ onClose: () => void closed++ }).close();

  assertEquals(closed, 1);
});

Deno.test("a file that breaks off while nobody asks for more is told to whoever asks next", async () => {
  await using tree = await makeTree({ "a": LARGE, "b": "b" });
  const { layout } = await archiveOf(tree);
  // The directory: its first record needs no CRC, and is given out first.
  const start = layout.length - 22 - 3 * 46 - 3 * 9 - "top/top/atop/b".length;
  const pieces = layout.pieces(
    start,
    layout.length,
    () => Promise.reject(new BrokenBody("gone")),
  );

  const first = await pieces.next();
  // Long enough for a rejection that nobody has heard of to end the process.
  await new Promise((resolve) => setTimeout(resolve));

  assertEquals(first.value?.kind, "bytes");
  await assertRejects(() => pieces.next(), BrokenBody);
});

Deno.test("a cold part breaks off where a file of the archive is gone", async () => {
  await using tree = await makeTree({ "a": LARGE, "b": LARGE });
  const { layout, open } = await archiveOf(tree);
  const source = open({ start: layout.length - 200 });

  await Deno.remove(tree.at("b"));

  await assertRejects(async () => {
    while (await source.next() !== null);
  }, BrokenBody);
  source.close();
});

Deno.test("a cold part that is given up before its files were read ends quietly", async () => {
  await using tree = await makeTree({ "a": LARGE, "b": LARGE, "c": "c" });
  const { layout, open } = await archiveOf(tree);
  let closed = 0;
  const source = open({
    start: layout.length - 300,
    onClose: () => void closed++,
  });

  const reading = source.next();
  source.cancel();
  await reading.catch(() => {});

  assertEquals(closed, 1);
  await assertRejects(() => source.next(), BrokenBody);
});
