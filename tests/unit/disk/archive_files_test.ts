import { assert, assertEquals, assertRejects } from "@std/assert";

import { crc32 } from "../../../lib/archive/crc32.ts";
import { ArchiveFiles } from "../../../lib/disk/archive_files.ts";
import { createChecksums } from "../../../lib/disk/checksums.ts";
import { BLOCK_BYTES } from "../../../lib/disk/read_file.ts";
import { BrokenBody } from "../../../lib/reply.ts";
import { makeTree, OLD, type Tree } from "../../_support/tree.ts";
import { LATER } from "./_archive.ts";
import { bytesOf } from "./_open.ts";
import { namesOf, placeOf, walkAll } from "./_walk.ts";

const SIZE = 5 * BLOCK_BYTES + 1_000;
const LARGE = bytesOf(SIZE);

/** The files of a tree, and where they are among the entries. */
async function setUp(tree: Tree, checksums = createChecksums(1_024)) {
  const entries = await walkAll(tree.path);
  const names = namesOf(entries);
  let progress = 0;
  const files = new ArchiveFiles({
    ...await placeOf(tree.path),
    entries,
    crc32,
    checksums,
    now: LATER,
    onProgress: () => void progress++,
  });
  return {
    files,
    checksums,
    indexOf: (name: string) => names.indexOf(`top/${name}`),
    progress: () => progress,
  };
}

Deno.test.each<{ size: number }>([
  { size: 1 },
  { size: BLOCK_BYTES },
  { size: BLOCK_BYTES + 1 },
  { size: SIZE },
])(
  "read() gives the bytes of a file of $size, and its CRC is known then",
  async (row) => {
    const content = bytesOf(row.size);
    await using tree = await makeTree({ "a": content });
    const { files, indexOf, checksums, progress } = await setUp(tree);
    const index = indexOf("a");
    const into = new Uint8Array(row.size);

    let at = 0;
    while (at < row.size) {
      at += await files.read(index, at, into.subarray(at, at + 100_000));
    }
    await files.finish();

    assertEquals(into, content);
    assertEquals(files.checksumOf(index), crc32(content));
    assert(progress() > 0);
    files.close();
    // It is remembered for the next archive.
    const next = await setUp(tree, checksums);
    assertEquals(next.files.checksumOf(index), crc32(content));
  },
);

Deno.test("checksumOf() reads a file that nothing is known of, also after a part of it was read", async () => {
  await using tree = await makeTree({ "a": LARGE, "b": "b" });
  const { files, indexOf } = await setUp(tree);
  const into = new Uint8Array(1_000);

  await files.read(indexOf("a"), SIZE - 1_000, into);
  await files.finish();
  const checksums = [
    await files.checksumOf(indexOf("a")),
    await files.checksumOf(indexOf("b")),
  ];

  assertEquals(into, LARGE.slice(-1_000));
  assertEquals(checksums, [
    crc32(LARGE),
    crc32(new TextEncoder().encode("b")),
  ]);
  files.close();
});

Deno.test("checksumOf() does not take what was kept of the file before it changed", async () => {
  await using tree = await makeTree({ "a": "old" });
  const before = await setUp(tree);
  await before.files.checksumOf(before.indexOf("a"));
  await Deno.writeTextFile(tree.at("a"), "new");
  await Deno.utime(tree.at("a"), OLD, new Date(OLD.getTime() + 2_000));

  const { files, indexOf } = await setUp(tree, before.checksums);
  const checksum = await files.checksumOf(indexOf("a"));

  assertEquals(checksum, crc32(new TextEncoder().encode("new")));
});

const CHANGES: readonly {
  readonly what: string;
  readonly act: (path: string) => Promise<void>;
}[] = [
  { what: "is emptied", act: (path) => Deno.truncate(path, 0) },
  {
    what: "grows",
    act: (path) => Deno.writeFile(path, LARGE, { append: true }),
  },
  {
    what: "is rewritten",
    act: (path) => Deno.writeFile(path, bytesOf(SIZE, 1)),
  },
];

Deno.test.each(CHANGES)(
  "finish() or read() breaks off where a file $what while it is read",
  async ({ act }) => {
    await using tree = await makeTree({ "a": LARGE });
    const { files, indexOf, checksums } = await setUp(tree);
    const index = indexOf("a");
    const into = new Uint8Array(SIZE);
    let at = await files.read(index, 0, into.subarray(0, BLOCK_BYTES));

    await act(tree.at("a"));

    await assertRejects(async () => {
      while (at < SIZE) at += await files.read(index, at, into.subarray(at));
      await files.finish();
    }, BrokenBody);
    files.close();
    const next = await setUp(tree, checksums);
    const checksum = next.files.checksumOf(index);
    next.files.close();
    await assertRejects(() => Promise.resolve(checksum), BrokenBody);
  },
);

Deno.test("checkEmpty() breaks off where an empty file is gone or no longer empty", async () => {
  await using tree = await makeTree({ "d/a": "", "d/b": "b", "e": "" });
  const { files, indexOf } = await setUp(tree);
  await files.checkEmpty(0, 9);
  await Deno.remove(tree.at("d/a"));
  await Deno.writeTextFile(tree.at("e"), "e");

  await assertRejects(() => files.checkEmpty(0, indexOf("d/b")), BrokenBody);
  await assertRejects(() => files.checkEmpty(indexOf("e"), 9), BrokenBody);
  await files.checkEmpty(indexOf("d/b"), indexOf("e"));
});

Deno.test("close() frees a file that is open, at once or when it is no longer read", async () => {
  await using tree = await makeTree({ "a": LARGE });
  const { files, indexOf } = await setUp(tree);
  const index = indexOf("a");
  await files.read(index, 0, new Uint8Array(10));

  const reading = files.read(index, 10, new Uint8Array(10));
  files.close();
  await reading;
  files.close();

  // The test fails where the file is still open.
});

Deno.test("close() ends the reading of a file for its CRC", async () => {
  await using tree = await makeTree({ "a": LARGE });
  const { files, indexOf } = await setUp(tree);

  const checksum = files.checksumOf(indexOf("a"));
  files.close();

  assert(checksum instanceof Promise);
  await assertRejects(() => checksum, BrokenBody);
});
