import { assertEquals, assertStrictEquals } from "@std/assert";

import { crc32, loadCrc32, quickestCrc32 } from "../../../lib/archive/crc32.ts";

const zlib = await import("node:zlib");
const encoder = new TextEncoder();

Deno.test.each([
  // The check value of the catalogue of CRCs, and values of RFC 3720 kind.
  { text: "", value: 0 },
  { text: "123456789", value: 0xcbf43926 },
  { text: "a", value: 0xe8b7be43 },
  { text: "The quick brown fox jumps over the lazy dog", value: 0x414fa339 },
  { text: "\0".repeat(32), value: 0x190a55ad },
])("crc32() of $text is $value", ({ text, value }) => {
  assertEquals(crc32(encoder.encode(text)), value);
});

/** Bytes that are not the same everywhere, and not random. */
function noise(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    { length },
    (_, index) => Math.imul(index, 2_654_435_761) >>> 13,
  );
}

Deno.test("crc32() is that of node:zlib for every length and every place in memory", () => {
  const bytes = noise(200);
  for (let start = 0; start < 20; start++) {
    for (let end = start; end <= bytes.length; end++) {
      const part = bytes.subarray(start, end);
      assertEquals(crc32(part), zlib.crc32(part));
    }
  }
});

Deno.test("crc32() goes on from what was before", () => {
  const bytes = noise(1_000);
  for (let middle = 0; middle <= bytes.length; middle++) {
    const before = crc32(bytes.subarray(0, middle));
    assertEquals(crc32(bytes.subarray(middle), before), crc32(bytes));
  }
});

Deno.test("loadCrc32() gives the same as crc32() when called very often", async () => {
  // A runtime that compiles the call badly shows it after a thousand calls.
  const quickest = await loadCrc32();
  const bytes = noise(300);
  let ours = 0;
  let theirs = 0;
  for (let round = 0; round < 20_000; round++) {
    const part = bytes.subarray(round % 50, 51 + round % 249);
    ours = crc32(part, ours);
    theirs = quickest(part, theirs);
    assertStrictEquals(theirs, ours);
  }
});

Deno.test("quickestCrc32() does without one that is wrong or not there", () => {
  assertStrictEquals(quickestCrc32(undefined), crc32);
  assertStrictEquals(quickestCrc32(() => 0xcbf43926 | 0), crc32);
});

Deno.test("quickestCrc32() is right where the runtime mistakes large numbers", () => {
  const quickest = quickestCrc32(
    (bytes: Uint8Array<ArrayBuffer>, before: number) =>
      crc32(bytes, Math.min(before, 0x7fffffff)),
  );
  const bytes = noise(2_000);
  let value = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    value = quickest(bytes.subarray(at, at + 3), value);
  }

  assertEquals(value, zlib.crc32(bytes));
  assertEquals(quickest(new Uint8Array(0), 0xffffffff), 0xffffffff);
});
