import { assertEquals, assertThrows } from "@std/assert";

import { RecordWriter } from "../../../lib/archive/record_writer.ts";

Deno.test("RecordWriter writes numbers with their lowest byte first", () => {
  const record = new RecordWriter(15)
    .uint8(1)
    .uint16(0x0302)
    .uint32(0x07060504)
    .uint64(0x0f_0e0d_0c0b * 1_000);

  const view = new DataView(record.bytes.buffer);
  assertEquals([...record.bytes.subarray(0, 7)], [1, 2, 3, 4, 5, 6, 7]);
  assertEquals(view.getBigUint64(7, true), 0x0f_0e0d_0c0bn * 1_000n);
});

Deno.test.each([
  0,
  1,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 32 + 1,
  5 * 2 ** 30,
  Number.MAX_SAFE_INTEGER,
])("RecordWriter.uint64() writes %d", (value) => {
  const { bytes } = new RecordWriter(8).uint64(value);

  assertEquals(
    new DataView(bytes.buffer).getBigUint64(0, true),
    BigInt(value),
  );
});

Deno.test("RecordWriter writes numbers below zero and bytes as they are", () => {
  const { bytes } = new RecordWriter(6).uint32(-2).raw(Uint8Array.of(7, 8));

  assertEquals([...bytes], [254, 255, 255, 255, 7, 8]);
});

Deno.test("RecordWriter throws when the record is full", () => {
  assertThrows(() => new RecordWriter(1).uint16(0), RangeError);
  assertThrows(
    () => new RecordWriter(1).raw(Uint8Array.of(1, 2)),
    RangeError,
  );
});
