import { assertEquals } from "@std/assert";

import { isSameState, seenOf } from "../../../lib/disk/seen.ts";
import type { FileFacts } from "../../../lib/target.ts";

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

Deno.test("seenOf() gives what to look at", () => {
  assertEquals(seenOf("/srv/a", FACTS, NOW), { path: "/srv/a", facts: FACTS });
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
  assertEquals(seenOf("/srv/a", { ...FACTS, ...facts }, NOW), null);
});

Deno.test("seenOf() gives nothing where the path does not settle it", () => {
  assertEquals(seenOf(null, FACTS, NOW), null);
});

Deno.test("seenOf() takes a packer's time where another tells of changes", () => {
  const facts = { ...FACTS, modified: NPM_TIME };

  assertEquals(seenOf("/srv/a", facts, NOW)?.facts, facts);
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
