import { assertEquals } from "@std/assert";

import {
  padded,
  tarHeader,
  tarHeaderLength,
} from "../../../lib/archive/tar_header.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The old header alone: what fits into it. */
Deno.test.each([
  { name: "a", size: 0, modified: null },
  { name: "d/", size: 0, modified: 0 },
  { name: `p/${"n".repeat(100)}`, size: 2 ** 33 - 1, modified: 1.5e12 },
  { name: "a\nb", size: 5, modified: 7_258_118_400_000 },
])("tarHeader() of $name is one block", (entry) => {
  const header = tarHeader(entry);

  assertEquals(header.length, 512);
  assertEquals(tarHeaderLength(entry, entry.name.length), 512);
});

Deno.test("tarHeader() has the time in whole seconds", () => {
  const header = tarHeader({ name: "a", size: 0, modified: 9_999 });

  assertEquals(text(header.subarray(136, 148)), "00000000011\0");
});

Deno.test.each([
  { name: "é", size: 5, modified: 0, records: "11 path=é\n" },
  {
    name: "n".repeat(101),
    size: 5,
    modified: 0,
    records: `111 path=${"n".repeat(101)}\n`,
  },
  { name: "a", size: 2 ** 33, modified: 0, records: "19 size=8589934592\n" },
  { name: "a", size: 5, modified: -1, records: "12 mtime=-1\n" },
  {
    name: "é",
    size: 2 ** 40,
    modified: 2 ** 33 * 1_000,
    records: "11 path=é\n22 size=1099511627776\n20 mtime=8589934592\n",
  },
])("tarHeader() has the records $records", (entry) => {
  const header = tarHeader(entry);

  assertEquals(header.length, 3 * 512);
  assertEquals(text(header.subarray(156, 157)), "x");
  const length = new TextEncoder().encode(entry.records).length;
  assertEquals(
    text(header.subarray(124, 136)),
    `${length.toString(8).padStart(11, "0")}\0`,
  );
  const records = header.subarray(512, 1_024);
  assertEquals(text(records.subarray(0, length)), entry.records);
  assertEquals(records.subarray(length).every((byte) => byte === 0), true);
  assertEquals(text(header.subarray(1_024 + 156, 1_024 + 157)), "0");
});

Deno.test("tarHeader() has zero in the fields of the old header that the records replace", () => {
  const header = tarHeader({ name: "a", size: 2 ** 33, modified: -1 });

  assertEquals(
    text(header.subarray(1_024 + 124, 1_024 + 136)),
    "00000000000\0",
  );
  assertEquals(
    text(header.subarray(1_024 + 136, 1_024 + 148)),
    "00000000000\0",
  );
});

Deno.test("tarHeaderLength() is the length of every header", () => {
  for (let length = 1; length < 1_200; length++) {
    const entry = { name: "é".repeat(length), size: 2 ** 34, modified: -1 };
    assertEquals(tarHeaderLength(entry, 2 * length), tarHeader(entry).length);
  }
});

Deno.test("padded() goes up to whole blocks", () => {
  assertEquals([0, 1, 511, 512, 513].map(padded), [0, 512, 512, 512, 1_024]);
});
