import { assertEquals } from "@std/assert";

import {
  isLarge,
  timestampField,
  timestampFieldLength,
  zip64Field,
  zip64FieldLength,
} from "../../../lib/archive/zip_extra.ts";

Deno.test("isLarge() begins where 32 bits say: see the zip64 field", () => {
  assertEquals(isLarge(0xfffffffe), false);
  assertEquals(isLarge(0xffffffff), true);
});

Deno.test("zip64Field() has id, length and values of 64 bits", () => {
  const field = zip64Field([5 * 2 ** 30, 2 ** 53 - 1, 7]);

  const view = new DataView(field.buffer);
  assertEquals(view.getUint16(0, true), 0x0001);
  assertEquals(view.getUint16(2, true), 24);
  assertEquals(view.getBigUint64(4, true), 5n * 2n ** 30n);
  assertEquals(view.getBigUint64(12, true), 2n ** 53n - 1n);
  assertEquals(view.getBigUint64(20, true), 7n);
  assertEquals(field.length, 28);
});

Deno.test("zip64FieldLength() is the length of the field", () => {
  for (const values of [[], [1], [1, 2], [1, 2, 3]]) {
    assertEquals(zip64FieldLength(values.length), zip64Field(values).length);
  }
});

// Seconds as a signed number of 32 bits.
Deno.test.each([
  { modified: Date.UTC(2024, 4, 6, 7, 8, 9, 999), seconds: 1_714_979_289 },
  { modified: 0, seconds: 0 },
  { modified: -1, seconds: -1 },
  { modified: (2 ** 31 - 1) * 1_000 + 999, seconds: 2 ** 31 - 1 },
  { modified: -(2 ** 31) * 1_000, seconds: -(2 ** 31) },
])("timestampField() of $modified is $seconds", ({ modified, seconds }) => {
  const field = timestampField(modified);

  const view = new DataView(field.buffer);
  assertEquals(view.getUint16(0, true), 0x5455);
  assertEquals(view.getUint16(2, true), 5);
  assertEquals(view.getUint8(4), 1);
  assertEquals(view.getInt32(5, true), seconds);
  assertEquals(field.length, 9);
  assertEquals(timestampFieldLength(modified), 9);
});

Deno.test.each([
  { modified: null },
  { modified: 2 ** 31 * 1_000 },
  { modified: -(2 ** 31) * 1_000 - 1 },
  { modified: 8.64e15 },
])("timestampField() of $modified is empty", ({ modified }) => {
  assertEquals(timestampField(modified).length, 0);
  assertEquals(timestampFieldLength(modified), 0);
});
