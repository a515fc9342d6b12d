import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";

import { EntryTable } from "../../../lib/disk/entry_table.ts";
import type { FileFacts } from "../../../lib/target.ts";

const FACTS: FileFacts = {
  size: 10,
  modified: 1_700_000_000_123,
  device: 66_305,
  inode: 2 ** 40,
  changed: 1_700_000_001_000,
};
const TOP = join("/", "srv", "www");

function folder(name: string, parent: number | null, path: string | null) {
  return { parent, name, isFolder: true, path, facts: FACTS };
}

function file(name: string, parent: number, facts: FileFacts = FACTS) {
  return { parent, name, isFolder: false, path: null, facts };
}

Deno.test("at() gives an entry as it was added, below all of its folders", () => {
  const table = new EntryTable();
  const top = table.add(folder("www", null, TOP));
  const sub = table.add(folder("ä b", top, null));
  table.add(file("файл 🗻\n.txt", sub));
  table.add(file("z", top, { ...FACTS, size: 0 }));

  assertEquals(table.length, 4);
  assertEquals(table.at(0), {
    name: "www/",
    size: 0,
    modified: FACTS.modified,
    isFolder: true,
    path: TOP,
    facts: { ...FACTS, size: 0 },
  });
  assertEquals(table.at(1)?.name, "www/ä b/");
  assertEquals(table.at(2), {
    name: "www/ä b/файл 🗻\n.txt",
    size: 10,
    modified: FACTS.modified,
    isFolder: false,
    path: join(TOP, "ä b", "файл 🗻\n.txt"),
    facts: FACTS,
  });
  assertEquals(table.at(3)?.name, "www/z");
  assertEquals(table.at(3)?.isFolder, false);
  assertEquals(table.at(4), undefined);
  assertEquals(table.at(-1), undefined);
});

Deno.test("at() gives the place that a link led to, and what is below it", () => {
  const table = new EntryTable();
  const top = table.add(folder("www", null, TOP));
  const link = table.add(folder("link", top, join("/", "data")));
  table.add(file("a", link));

  assertEquals(table.at(2)?.name, "www/link/a");
  assertEquals(table.at(2)?.path, join("/", "data", "a"));
});

Deno.test("at() gives null for what the platform does not tell", () => {
  const table = new EntryTable();
  const top = table.add(folder("www", null, TOP));
  const facts = { ...FACTS, modified: null, inode: null, changed: null };
  table.add(file("a", top, facts));

  assertEquals(table.at(1)?.facts, facts);
  assertEquals(table.at(1)?.modified, null);
});

Deno.test("at() gives each of 5,000 entries with long names", () => {
  const table = new EntryTable();
  const top = table.add(folder("www", null, TOP));
  const nameOf = (i: number) => `${i}${"x".repeat(i % 240)}`;
  for (let i = 1; i < 5_000; i++) {
    table.add(file(nameOf(i), top, { ...FACTS, size: i }));
  }

  for (let i = 1; i < 5_000; i++) {
    const entry = table.at(i);
    assertEquals([entry?.name, entry?.size], [`www/${nameOf(i)}`, i]);
  }
});

Deno.test("at() gives what is behind a folder that it was already in, and any other entry", () => {
  const table = new EntryTable();
  const top = table.add(folder("www", null, TOP));
  const a = table.add(folder("a", top, null));
  const b = table.add(folder("b", a, null));
  table.add(file("1", b));
  table.add(file("2", a));
  const c = table.add(folder("c", top, null));
  table.add(file("3", c));

  const namesAt = (order: readonly number[]) =>
    order.map((index) => table.at(index)?.name);

  assertEquals(namesAt([3, 4, 6]), ["www/a/b/1", "www/a/2", "www/c/3"]);
  assertEquals(namesAt([6, 3, 5]), ["www/c/3", "www/a/b/1", "www/c/"]);
  assertEquals(namesAt([0, 2, 4]), ["www/", "www/a/b/", "www/a/2"]);
});

Deno.test("at() reads a name a few times where 1,000 folders are in each other", () => {
  const table = new EntryTable();
  let innermost = table.add(folder("www", null, TOP));
  const folders = [innermost];
  for (let i = 0; i < 1_000; i++) {
    innermost = table.add(folder("d", innermost, null));
    folders.push(innermost);
  }
  // Files come behind the folders that they are beside.
  for (const parent of folders.toReversed()) table.add(file("f", parent));
  const { decode } = TextDecoder.prototype;
  let count = 0;
  TextDecoder.prototype.decode = function (...args) {
    count++;
    return decode.apply(this, args);
  };

  try {
    for (let index = 0; index < table.length; index++) table.at(index);
  } finally {
    TextDecoder.prototype.decode = decode;
  }

  assertEquals(table.at(table.length - 1)?.name, "www/f");
  assert(count < 4 * table.length, `${count} for ${table.length} entries`);
});

Deno.test("free() leaves nothing", () => {
  const table = new EntryTable();
  table.add(folder("www", null, TOP));

  table.free();

  assertEquals(table.length, 0);
  assertEquals(table.at(0), undefined);
});
