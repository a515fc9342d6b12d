import { assertEquals } from "@std/assert";
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

Deno.test("free() leaves nothing", () => {
  const table = new EntryTable();
  table.add(folder("www", null, TOP));

  table.free();

  assertEquals(table.length, 0);
  assertEquals(table.at(0), undefined);
});
