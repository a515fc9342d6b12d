import { assertEquals } from "@std/assert";

import {
  centralHeader,
  centralHeaderLength,
  localHeader,
  localHeaderLength,
} from "../../../lib/archive/zip_records.ts";

const MODIFIED = Date.UTC(2024, 4, 6, 7, 8, 9, 999);
const DATE = (44 << 9) + (5 << 5) + 6;
const TIME = (7 << 11) + (8 << 5) + 4;
const TIMESTAMP = [0x55, 0x54, 5, 0, 1, 0xd9, 0x81, 0x38, 0x66];

const file = { name: "é.txt", size: 5, modified: MODIFIED };
const folder = { name: "d/", size: 0, modified: null };
const large = { name: "l", size: 5 * 2 ** 30, modified: null };

const utf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

// APPNOTE 4.3.7, field by field.
Deno.test("localHeader() of a file has its size, and no checksum", () => {
  const header = localHeader(file);

  const view = new DataView(header.buffer);
  assertEquals(view.getUint32(0, true), 0x04034b50);
  assertEquals(view.getUint16(4, true), 20);
  assertEquals(view.getUint16(6, true), (1 << 3) | (1 << 11));
  assertEquals(view.getUint16(8, true), 0);
  assertEquals(view.getUint16(10, true), TIME);
  assertEquals(view.getUint16(12, true), DATE);
  assertEquals(view.getUint32(14, true), 0);
  assertEquals(view.getUint32(18, true), 5);
  assertEquals(view.getUint32(22, true), 5);
  assertEquals(view.getUint16(26, true), 6);
  assertEquals(view.getUint16(28, true), 9);
  assertEquals(utf8(header.subarray(30, 36)), "é.txt");
  assertEquals([...header.subarray(36)], TIMESTAMP);
});

Deno.test.each([folder, { name: "empty", size: 0, modified: null }])(
  "localHeader() of $name has no descriptor and no time",
  (entry) => {
    const header = localHeader(entry);

    const view = new DataView(header.buffer);
    assertEquals(view.getUint16(4, true), 20);
    assertEquals(view.getUint16(6, true), 1 << 11);
    assertEquals(view.getUint16(10, true), 0);
    assertEquals(view.getUint16(12, true), (1 << 5) + 1);
    assertEquals(view.getUint32(14, true), 0);
    assertEquals(view.getUint32(18, true), 0);
    assertEquals(view.getUint32(22, true), 0);
    assertEquals(view.getUint16(28, true), 0);
    assertEquals(utf8(header.subarray(30)), entry.name);
  },
);

Deno.test("localHeader() of a large file has both sizes in the zip64 field", () => {
  const header = localHeader(large);

  const view = new DataView(header.buffer);
  assertEquals(view.getUint16(4, true), 45);
  assertEquals(view.getUint32(18, true), 0xffffffff);
  assertEquals(view.getUint32(22, true), 0xffffffff);
  assertEquals(view.getUint16(28, true), 20);
  assertEquals(view.getUint16(31, true), 1);
  assertEquals(view.getUint16(33, true), 16);
  assertEquals(view.getBigUint64(35, true), 5n * 2n ** 30n);
  assertEquals(view.getBigUint64(43, true), 5n * 2n ** 30n);
  assertEquals(header.length, 51);
});

// APPNOTE 4.3.12, field by field.
Deno.test("centralHeader() of a file has size, checksum, place and rights", () => {
  const header = centralHeader(file, {
    checksum: 0xfedcba98,
    offset: 0xfffffffe,
  });

  const view = new DataView(header.buffer);
  assertEquals(view.getUint32(0, true), 0x02014b50);
  assertEquals(view.getUint8(4), 63);
  assertEquals(view.getUint8(5), 3);
  assertEquals(view.getUint16(6, true), 20);
  assertEquals(view.getUint16(8, true), (1 << 3) | (1 << 11));
  assertEquals(view.getUint16(10, true), 0);
  assertEquals(view.getUint16(12, true), TIME);
  assertEquals(view.getUint16(14, true), DATE);
  assertEquals(view.getUint32(16, true), 0xfedcba98);
  assertEquals(view.getUint32(20, true), 5);
  assertEquals(view.getUint32(24, true), 5);
  assertEquals(view.getUint16(28, true), 6);
  assertEquals(view.getUint16(30, true), 9);
  assertEquals(view.getUint16(32, true), 0);
  assertEquals(view.getUint16(34, true), 0);
  assertEquals(view.getUint16(36, true), 0);
  assertEquals(view.getUint32(38, true), 0o100_644 * 2 ** 16);
  assertEquals(view.getUint32(42, true), 0xfffffffe);
  assertEquals(utf8(header.subarray(46, 52)), "é.txt");
  assertEquals([...header.subarray(52)], TIMESTAMP);
});

Deno.test("centralHeader() of a folder says so in both attributes", () => {
  const header = centralHeader(folder, { checksum: 0, offset: 9 });

  const view = new DataView(header.buffer);
  assertEquals(view.getUint16(8, true), 1 << 11);
  assertEquals(view.getUint32(38, true), 0o040_755 * 2 ** 16 + 0x10);
  assertEquals(view.getUint32(42, true), 9);
  assertEquals(utf8(header.subarray(46)), "d/");
});

// APPNOTE 4.5.3: only the fields that are full, in their order.
Deno.test.each([
  { entry: large, offset: 9, values: [large.size, large.size] },
  { entry: folder, offset: 0xffffffff, values: [0xffffffff] },
  { entry: large, offset: 2 ** 40, values: [large.size, large.size, 2 ** 40] },
])(
  "centralHeader() of $entry.name at $offset has $values in the zip64 field",
  ({ entry, offset, values }) => {
    const header = centralHeader(entry, { checksum: 1, offset });

    const view = new DataView(header.buffer);
    const start = 46 + entry.name.length;
    assertEquals(view.getUint16(6, true), 45);
    assertEquals(view.getUint32(20, true), Math.min(entry.size, 0xffffffff));
    assertEquals(view.getUint32(24, true), Math.min(entry.size, 0xffffffff));
    assertEquals(view.getUint32(42, true), Math.min(offset, 0xffffffff));
    assertEquals(view.getUint16(30, true), 4 + 8 * values.length);
    assertEquals(view.getUint16(start, true), 1);
    assertEquals(view.getUint16(start + 2, true), 8 * values.length);
    for (const [index, value] of values.entries()) {
      const at = start + 4 + 8 * index;
      assertEquals(view.getBigUint64(at, true), BigInt(value));
    }
    assertEquals(header.length, start + 4 + 8 * values.length);
  },
);

Deno.test("the lengths of headers are known without them", () => {
  for (const entry of [file, folder, large]) {
    const nameBytes = new TextEncoder().encode(entry.name).length;
    assertEquals(
      localHeaderLength(entry, nameBytes),
      localHeader(entry).length,
    );
    for (const offset of [0, 0xfffffffe, 0xffffffff]) {
      assertEquals(
        centralHeaderLength(entry, { nameBytes, offset }),
        centralHeader(entry, { checksum: 0, offset }).length,
      );
    }
  }
});
