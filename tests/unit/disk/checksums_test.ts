import { assert, assertEquals } from "@std/assert";

import { createChecksums } from "../../../lib/disk/checksums.ts";
import type { FileFacts } from "../../../lib/target.ts";

const NOW = 1_700_000_000_000;
const FACTS: FileFacts = {
  size: 10,
  modified: NOW - 10_000,
  device: 3,
  inode: 4,
  changed: NOW - 9_000,
};

Deno.test("find() gives what was kept of a file, and nothing of another one", () => {
  const checksums = createChecksums(64);

  checksums.keep({ path: "/a", facts: FACTS }, 0x89ab_cdef, NOW);

  assertEquals(checksums.find({ path: "/a", facts: FACTS }), 0x89ab_cdef);
  // The same file by another name.
  assertEquals(checksums.find({ path: "/b", facts: FACTS }), 0x89ab_cdef);
  for (
    const other of [
      { size: 11 },
      { modified: NOW - 10_001 },
      { modified: null },
      { device: 4 },
      { inode: 5 },
      { inode: null },
      { changed: NOW - 9_001 },
      { changed: null },
    ]
  ) {
    const facts = { ...FACTS, ...other };
    assertEquals(checksums.find({ path: "/a", facts }), undefined);
  }
});

Deno.test("find() tells files by their paths where there are no inodes", () => {
  const checksums = createChecksums(64);
  const facts = { ...FACTS, inode: null };

  checksums.keep({ path: "/ä/b", facts }, 1, NOW);
  checksums.keep({ path: "/ä/c", facts }, 2, NOW);

  assertEquals(checksums.find({ path: "/ä/b", facts }), 1);
  assertEquals(checksums.find({ path: "/ä/c", facts }), 2);
  assertEquals(checksums.find({ path: "/ä/d", facts }), undefined);
});

Deno.test.each<{ about: string; facts: Partial<FileFacts> }>([
  { about: "was modified a second ago", facts: { modified: NOW - 1_000 } },
  { about: "was changed a second ago", facts: { changed: NOW - 1_000 } },
  { about: "is from the future", facts: { modified: NOW + 60_000 } },
  { about: "has no time", facts: { modified: null } },
])("keep() keeps nothing of a file that $about", ({ facts }) => {
  const checksums = createChecksums(64);
  const file = { path: "/a", facts: { ...FACTS, ...facts } };

  checksums.keep(file, 1, NOW);

  assertEquals(checksums.find(file), undefined);
});

Deno.test("keep() replaces what was kept of the same file", () => {
  const checksums = createChecksums(64);
  const file = { path: "/a", facts: FACTS };

  checksums.keep(file, 1, NOW);
  checksums.keep(file, 2, NOW);

  assertEquals(checksums.find(file), 2);
});

Deno.test("a memory for 4,096 files knows nearly all of 2,200, and of 20,000 never more than it has slots", () => {
  const checksums = createChecksums(4_096);
  const fileOf = (inode: number) => ({
    path: "/a",
    facts: { ...FACTS, inode },
  });
  const count = (files: number) => {
    let known = 0;
    for (let inode = 1; inode <= files; inode++) {
      const found = checksums.find(fileOf(inode));
      if (found === undefined) continue;
      assertEquals(found, inode);
      known++;
    }
    return known;
  };

  for (let inode = 1; inode <= 2_200; inode++) {
    checksums.keep(fileOf(inode), inode, NOW);
  }
  const few = count(2_200);
  for (let inode = 1; inode <= 20_000; inode++) {
    checksums.keep(fileOf(inode), inode, NOW);
  }
  const many = count(20_000);

  // Of 200 such memories, the worst knew 2,177.
  assert(few > 2_150, `${few}`);
  assert(many > 3_000 && many <= 4_096, `${many}`);
  // The last that came is always there.
  assertEquals(checksums.find(fileOf(20_000)), 20_000);
});
