import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
} from "@std/assert";

import { closeFile, type OpenFile } from "../../../lib/disk/open_file.ts";
import {
  createValidatorFinder,
  HASHED_BYTES_MAX,
} from "../../../lib/disk/validators.ts";
import { NO_VALIDATORS } from "../../../lib/http/etag.ts";
import { makeTree, type Tree } from "../../_support/tree.ts";
import { factsOf } from "../../../lib/disk/facts.ts";
import { bytesOf } from "./_open.ts";

const NPM_TIME = Date.UTC(1985, 9, 26, 8, 15);
const LARGE = 300_000;
const NOW = Date.UTC(2026, 0, 1);

/** A file in memory. */
function fileOf(text: string, modified: number | null): OpenFile {
  const bytes = new TextEncoder().encode(text);
  return {
    name: "a.txt",
    facts: { size: bytes.length, modified, device: 1, inode: 2, changed: 0 },
    seen: null,
    head: bytes,
    content: { kind: "memory", bytes },
  };
}

/** Opens a file as one that is streamed. */
async function open(tree: Tree, name: string): Promise<OpenFile> {
  const file = await Deno.open(tree.at(name));
  const facts = factsOf(await file.stat());
  const head = new Uint8Array();
  return { name, facts, head, seen: null, content: { kind: "handle", file } };
}

/** Writes a file whose time means nothing. */
async function write(tree: Tree, bytes: Uint8Array): Promise<void> {
  await Deno.writeFile(tree.at("a.bin"), bytes);
  await Deno.utime(tree.at("a.bin"), 0, 0);
}

async function find(
  tree: Tree,
  finder = createValidatorFinder(),
  now = Date.now(),
) {
  const file = await open(tree, "a.bin");
  try {
    return await finder(file, now);
  } finally {
    closeFile(file);
  }
}

Deno.test("find() makes the tag of an ordinary file from size and time", async () => {
  const find = createValidatorFinder();

  assertEquals(await find(fileOf("hello", 1_234_567_890_123), NOW), {
    etag: '"5-11f71fb04cb"',
    lastModified: 1_234_567_890_000,
  });
});

Deno.test.each<{ about: string; age: number }>([
  { about: "now", age: 0 },
  { about: "a second ago", age: 1_000 },
  { about: "almost two seconds ago", age: 1_999 },
  { about: "in the future", age: -1 },
  { about: "far in the future", age: -86_400_000 },
])("find() gives none to a file changed $about", async ({ age }) => {
  const find = createValidatorFinder();

  assertEquals(await find(fileOf("x", NOW - age), NOW), NO_VALIDATORS);
});

Deno.test("find() gives them to a file changed two seconds ago", async () => {
  const find = createValidatorFinder();

  assertNotEquals((await find(fileOf("x", NOW - 2_000), NOW)).etag, null);
});

Deno.test.each<{ about: string; modified: number | null }>([
  { about: "0", modified: 0 },
  { about: "1 s", modified: 1_000 },
  { about: "1985-10-26", modified: NPM_TIME },
  { about: "unknown", modified: null },
])(
  "find() makes the tag from the bytes where the time is $about",
  async (row) => {
    const find = createValidatorFinder();

    const one = await find(fileOf("one", row.modified), NOW);
    const same = await find(fileOf("one", row.modified), NOW);
    const other = await find(fileOf("two", row.modified), NOW);

    assertMatch(one.etag ?? "", /^"[0-9a-f]{32}"$/);
    assertEquals(one.lastModified, null);
    assertEquals(same, one);
    assertNotEquals(other.etag, one.etag);
  },
);

Deno.test.each<{ size: number; about: string }>([
  { size: LARGE, about: "a streamed file" },
  { size: HASHED_BYTES_MAX, about: "the largest file" },
])("find() makes the tag of $about from all of its bytes", async ({ size }) => {
  await using tree = await makeTree({});
  const bytes = bytesOf(size);
  await write(tree, bytes);
  const before = await find(tree);

  bytes.fill(255, size - 1);
  await write(tree, bytes);
  const after = await find(tree);

  assertMatch(before.etag ?? "", /^"[0-9a-f]{32}"$/);
  assertMatch(after.etag ?? "", /^"[0-9a-f]{32}"$/);
  assertNotEquals(after.etag, before.etag);
});

Deno.test("find() gives none to a file too large to be hashed", async () => {
  await using tree = await makeTree({});
  await write(tree, bytesOf(HASHED_BYTES_MAX + 1));

  assertEquals(await find(tree), NO_VALIDATORS);
});

Deno.test("find() notices at once that a file was rewritten with the same size and time", async () => {
  await using tree = await makeTree({});
  const finder = createValidatorFinder();
  const tags = new Set<string | null>();

  for (let version = 0; version < 5; version++) {
    await write(tree, bytesOf(LARGE, version));
    tags.add((await find(tree, finder)).etag);
  }

  assertEquals(tags.size, 5);
  assert(!tags.has(null));
});

Deno.test("find() reads a file once while it stays as it is", async () => {
  await using tree = await makeTree({});
  await write(tree, bytesOf(LARGE));
  const finder = createValidatorFinder();
  const later = Date.now() + 60_000;
  const first = await find(tree, finder, later);
  const file = await open(tree, "a.bin");
  assert(file.content.kind === "handle");
  const { file: handle } = file.content;
  await handle.seek(7, Deno.SeekMode.Start);

  const second = await finder(file, later);

  assertEquals(second, first);
  assertEquals(await handle.seek(0, Deno.SeekMode.Current), 7);
  closeFile(file);
});

Deno.test("find() does not take a file for another one that was remembered", async () => {
  await using tree = await makeTree({});
  const finder = createValidatorFinder();
  const later = Date.now() + 60_000;
  await write(tree, bytesOf(LARGE, 1));
  const before = await find(tree, finder, later);
  await Deno.rename(tree.at("a.bin"), tree.at("old.bin"));
  await write(tree, bytesOf(LARGE, 2));

  const after = await find(tree, finder, later);

  assertNotEquals(after.etag, before.etag);
});

Deno.test("find() gives none to a file that became shorter meanwhile", async () => {
  await using tree = await makeTree({});
  await write(tree, bytesOf(LARGE));
  const file = await open(tree, "a.bin");
  await Deno.truncate(tree.at("a.bin"), 10);

  const validators = await createValidatorFinder()(file, Date.now());
  closeFile(file);

  assertEquals(validators, NO_VALIDATORS);
});
