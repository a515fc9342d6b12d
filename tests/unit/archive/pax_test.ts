import { assertEquals } from "@std/assert";

import { paxRecordLength, paxRecords } from "../../../lib/archive/pax.ts";

const utf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

// POSIX.1-2024, pax Extended Header: "%d %s=%s\n", the length with itself.
Deno.test.each([
  { value: "a", record: "9 path=a\n" },
  { value: "", record: "8 path=\n" },
  { value: "é", record: "11 path=é\n" },
  { value: "a\nb=c 9", record: "16 path=a\nb=c 9\n" },
])("paxRecords() writes $record", ({ value, record }) => {
  assertEquals(utf8(paxRecords([{ key: "path", value }])), record);
});

Deno.test("paxRecords() writes one behind the other", () => {
  const bytes = paxRecords([
    { key: "path", value: "a" },
    { key: "mtime", value: "-1" },
  ]);

  assertEquals(utf8(bytes), "9 path=a\n12 mtime=-1\n");
  assertEquals(paxRecords([]).length, 0);
});

Deno.test("paxRecordLength() is the length of the record, also where its digits grow", () => {
  for (let length = 0; length < 11_000; length++) {
    const counted = paxRecordLength("path", length);
    assertEquals(counted, `${counted} path=\n`.length + length);
  }
});
