import { assertEquals } from "@std/assert";

import {
  type FoundPlace,
  isAsSeen,
  isAsSeenNow,
  isSameState,
  seenOf,
} from "../../../lib/disk/seen.ts";
import { factsOf } from "../../../lib/disk/facts.ts";
import type { FileFacts } from "../../../lib/target.ts";
import { link, makeTree } from "../../_support/tree.ts";

const NOW = Date.UTC(2026, 0, 2);
const HOUR = 3_600_000;
const NPM_TIME = Date.UTC(1985, 9, 26, 8, 15);

const FACTS: FileFacts = {
  size: 5,
  modified: NOW - HOUR,
  changed: NOW - HOUR,
  device: 1,
  inode: 2,
};

const PLACE: FoundPlace = { asked: "/srv/a", path: "/srv/a", isDirect: true };

Deno.test("seenOf() gives what to look at", () => {
  assertEquals(seenOf(PLACE, FACTS, NOW), {
    path: "/srv/a",
    real: null,
    facts: FACTS,
  });
});

Deno.test.each<{ what: string; place: Partial<FoundPlace>; real: string }>([
  { what: "a link", place: { path: "/srv/b" }, real: "/srv/b" },
  { what: "a folder on the way", place: { isDirect: false }, real: "/srv/a" },
])("seenOf() wants to know where it leads with $what", (row) => {
  const seen = seenOf({ ...PLACE, ...row.place }, FACTS, NOW);

  assertEquals(seen, { path: "/srv/a", real: row.real, facts: FACTS });
});

Deno.test.each<{ what: string; facts: Partial<FileFacts> }>([
  { what: "was written just now", facts: { modified: NOW - 1_999 } },
  { what: "was renamed just now", facts: { changed: NOW - 1_999 } },
  { what: "is from the future", facts: { modified: NOW + HOUR } },
  { what: "has no time", facts: { modified: null } },
  {
    what: "has the time of a packer and no other",
    facts: { modified: NPM_TIME, changed: null },
  },
])("seenOf() gives nothing for what $what", ({ facts }) => {
  assertEquals(seenOf(PLACE, { ...FACTS, ...facts }, NOW), null);
});

Deno.test("seenOf() gives nothing where the path does not settle it", () => {
  assertEquals(seenOf({ ...PLACE, asked: null }, FACTS, NOW), null);
});

Deno.test("seenOf() takes a packer's time where another tells of changes", () => {
  const facts = { ...FACTS, modified: NPM_TIME };

  assertEquals(seenOf(PLACE, facts, NOW)?.facts, facts);
});

Deno.test.each<{ field: keyof FileFacts }>([
  { field: "size" },
  { field: "modified" },
  { field: "changed" },
  { field: "device" },
  { field: "inode" },
])("isSameState() sees another $field", ({ field }) => {
  assertEquals(isSameState(FACTS, { ...FACTS }), true);
  assertEquals(isSameState(FACTS, { ...FACTS, [field]: 7 }), false);
});

Deno.test("isAsSeen() sees a folder that was moved away with a link left in its place", async () => {
  await using tree = await makeTree({
    "share/d/a.txt": "a",
    "share/l": link("d"),
  });
  const share = tree.at("share");
  const facts = factsOf(await Deno.stat(`${share}/d/a.txt`));
  const real = `${share}/d/a.txt`;
  const all = ["d", "l"].map((name) => ({
    path: `${share}/${name}/a.txt`,
    real,
    facts,
  }));
  for (const seen of all) {
    assertEquals([isAsSeenNow(seen), await isAsSeen(seen)], [true, true]);
  }

  await Deno.rename(`${share}/d`, tree.at("away"));
  await Deno.symlink(tree.at("away"), `${share}/d`);

  for (const seen of all) {
    assertEquals([isAsSeenNow(seen), await isAsSeen(seen)], [false, false]);
  }
});

Deno.test("isAsSeen() is false for what is gone", async () => {
  const seen = { path: "/none/at/all", real: null, facts: FACTS };

  assertEquals([isAsSeenNow(seen), await isAsSeen(seen)], [false, false]);
});
