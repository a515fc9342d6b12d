import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
} from "@std/assert";

import {
  archiveValidators,
  type TaggedEntry,
} from "../../../lib/disk/archive_etag.ts";
import { NO_VALIDATORS } from "../../../lib/http/etag.ts";

const NOW = 1_700_000_000_000;
const OLD = NOW - 100_000;
const NPM_TIME = 499_162_500_000;

function file(
  name: string,
  facts: Partial<TaggedEntry["facts"]> = {},
): TaggedEntry {
  return {
    name,
    isFolder: false,
    facts: { size: 1, modified: OLD, changed: OLD, ...facts },
  };
}

function folder(name: string, modified = OLD): TaggedEntry {
  const facts = { size: 4_096, modified, changed: NOW };
  return { name, isFolder: true, facts };
}

const ENTRIES = [folder("a/"), file("a/b"), file("a/c")];

async function tagOf(entries: readonly TaggedEntry[], format = "zip") {
  return (await archiveValidators(format, entries, NOW)).etag;
}

Deno.test("archiveValidators() gives the same tag for the same entries, and no date", async () => {
  const first = await archiveValidators("zip", ENTRIES, NOW);
  const second = await archiveValidators("zip", [...ENTRIES], NOW + 1_000);

  assertEquals(first, second);
  assertEquals(first.lastModified, null);
  assertMatch(first.etag ?? "", /^"[0-9a-f]{32}"$/);
});

Deno.test.each<{ about: string; entries: readonly TaggedEntry[] }>([
  { about: "an entry is gone", entries: ENTRIES.slice(0, 2) },
  {
    about: "a name is another",
    entries: [...ENTRIES.slice(0, 2), file("a/d")],
  },
  {
    about: "a size is another",
    entries: [...ENTRIES.slice(0, 2), file("a/c", { size: 2 })],
  },
  {
    about: "a time is another",
    entries: [...ENTRIES.slice(0, 2), file("a/c", { modified: OLD + 1 })],
  },
  {
    about: "the time of a folder is another",
    entries: [folder("a/", OLD + 1), ...ENTRIES.slice(1)],
  },
  {
    about: "an empty file is a folder",
    entries: [folder("a/"), file("a/b"), folder("a/c")],
  },
  { about: "the order is another", entries: ENTRIES.toReversed() },
])(
  "archiveValidators() gives another tag where $about",
  async ({ entries }) => {
    assertNotEquals(await tagOf(entries), await tagOf(ENTRIES));
  },
);

Deno.test("archiveValidators() gives another tag for another form", async () => {
  assertNotEquals(await tagOf(ENTRIES, "tar"), await tagOf(ENTRIES, "zip"));
});

Deno.test("archiveValidators() gives another tag where the last of 3,000 entries is another", async () => {
  const many = Array.from({ length: 3_000 }, (_, i) => file(`a/${i}`));

  assertNotEquals(
    await tagOf(many),
    await tagOf([...many.slice(0, -1), file("a/2999", { size: 2 })]),
  );
});

Deno.test("archiveValidators() hashes no more than a little at once, however long the names are", async () => {
  const folders = "folder/".repeat(500);
  const many = Array.from({ length: 200 }, (_, i) => file(`${folders}${i}`));
  const { digest } = crypto.subtle;
  let longest = 0;
  crypto.subtle.digest = (algorithm, data) => {
    longest = Math.max(longest, data.byteLength);
    return digest.call(crypto.subtle, algorithm, data);
  };

  const tag = await tagOf(many).finally(() => crypto.subtle.digest = digest);

  assert(longest < 100_000, `${longest} bytes`);
  assertNotEquals(
    tag,
    await tagOf([...many.slice(0, -1), file(`${folders}x`)]),
  );
});

Deno.test.each<{ about: string; entry: TaggedEntry }>([
  {
    about: "was modified a second ago",
    entry: file("a", { modified: NOW - 1_000 }),
  },
  { about: "is from the future", entry: file("a", { modified: NOW + 9_000 }) },
  {
    about: "has a time that means nothing, and came just now",
    entry: file("a", { modified: NPM_TIME, changed: NOW - 1_000 }),
  },
  {
    about: "has no time that means anything",
    entry: file("a", { modified: 0, changed: null }),
  },
])("archiveValidators() gives none where a file $about", async ({ entry }) => {
  const found = await archiveValidators("zip", [...ENTRIES, entry], NOW);

  assertEquals(found, NO_VALIDATORS);
});

Deno.test("archiveValidators() tells packages apart by when they came", async () => {
  const of = (changed: number) =>
    tagOf([file("a", { modified: NPM_TIME, changed })]);

  assertMatch(await of(OLD) ?? "", /^"/);
  assertNotEquals(await of(OLD), await of(OLD + 1));
});

Deno.test("archiveValidators() gives a tag where only folders and empty files are new", async () => {
  const entries = [folder("a/", NOW), file("a/b", { size: 0, modified: NOW })];

  assertMatch(await tagOf(entries) ?? "", /^"/);
});
