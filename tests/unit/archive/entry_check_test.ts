import { assert, assertEquals, assertThrows } from "@std/assert";

import { createEntryCheck, entryAt } from "../../../lib/archive/entry_check.ts";

const file = (name: string) => ({ name, size: 1, modified: null });

Deno.test.each([
  { name: "", fault: "segment" },
  { name: "/", fault: "segment" },
  { name: "/etc/passwd", fault: "segment" },
  { name: "a//b", fault: "segment" },
  { name: "a/b//", fault: "segment" },
  { name: "..", fault: "segment" },
  { name: "../a", fault: "segment" },
  { name: "a/..", fault: "segment" },
  { name: "a/../b", fault: "segment" },
  { name: "../", fault: "segment" },
  { name: ".", fault: "segment" },
  { name: "a/./b", fault: "segment" },
  { name: "a\0b", fault: "NUL" },
  { name: "a\ud800", fault: "half" },
  { name: "\udc00a", fault: "half" },
  { name: "a".repeat(65_536), fault: "long" },
  { name: "é".repeat(32_768), fault: "long" },
])("createEntryCheck() throws for $name", ({ name, fault }) => {
  const check = createEntryCheck([file(name)]);

  const error = assertThrows(() => check(0), RangeError, fault);

  assertEquals(error.message.length < 7_000, true);
});

Deno.test.each([
  { name: "a", bytes: 1 },
  { name: "a/b.txt", bytes: 7 },
  { name: "...", bytes: 3 },
  { name: "..a/.b/c..", bytes: 10 },
  { name: "C:\\a\nb\x1b", bytes: 7 },
  { name: "é", bytes: 2 },
  { name: "日本", bytes: 6 },
  { name: "🎈/🎈", bytes: 9 },
  { name: "\ufffd\u07ff\u0800", bytes: 8 },
  { name: "a".repeat(65_535), bytes: 65_535 },
])("createEntryCheck() takes $name of $bytes bytes", ({ name, bytes }) => {
  assertEquals(createEntryCheck([file(name)])(0), bytes);
  assertEquals(new TextEncoder().encode(name).length, bytes);
});

Deno.test.each([
  { size: -1, modified: null },
  { size: 0.5, modified: null },
  { size: NaN, modified: null },
  { size: 2 ** 53, modified: null },
  { size: 1, modified: NaN },
  { size: 1, modified: Infinity },
  { size: 1, modified: 8.64e15 + 1 },
])(
  "createEntryCheck() throws for size $size and time $modified",
  (facts) => {
    const check = createEntryCheck([{ name: "a", ...facts }]);

    assertThrows(() => check(0), RangeError);
  },
);

Deno.test("createEntryCheck() throws for a folder with a size", () => {
  const check = createEntryCheck([file("a/")]);

  assertThrows(() => check(0), RangeError, "folder");
});

Deno.test("createEntryCheck() throws for a name that is there twice", () => {
  const names = Array.from({ length: 5_000 }, (_, index) => `a/${index}`);
  const check = createEntryCheck([...names, "a/77"].map(file));

  for (const index of names.keys()) check(index);
  assertThrows(() => check(5_000), RangeError, "twice");
});

Deno.test("createEntryCheck() throws for a folder with the name of a file", () => {
  const check = createEntryCheck([
    file("a/b"),
    { name: "a/b/", size: 0, modified: null },
  ]);

  check(0);
  assertThrows(() => check(1), RangeError, "twice");
});

Deno.test("entryAt() throws where there is none", () => {
  const entries = [file("a")];

  assertEquals(entryAt(entries, 0), file("a"));
  assertThrows(() => entryAt(entries, 1), RangeError);
});

Deno.test("createEntryCheck() looks back at hardly any entry to see that 10,000 are new", () => {
  const entries = Array.from({ length: 10_000 }, (_, i) => file(`a/${i}`));
  let current = 0;
  let looksBack = 0;
  const check = createEntryCheck({
    length: entries.length,
    at(index) {
      if (index !== current) looksBack++;
      return entries[index];
    },
  });

  for (; current < entries.length; current++) check(current);

  assert(looksBack < 10, `${looksBack} entries`);
});
