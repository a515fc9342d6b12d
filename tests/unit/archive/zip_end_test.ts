import { assertEquals } from "@std/assert";

import { endRecords, endRecordsLength } from "../../../lib/archive/zip_end.ts";

// APPNOTE 4.3.16, field by field.
Deno.test.each([
  { count: 0, offset: 0, length: 0 },
  { count: 0xfffe, offset: 0xfffffffe, length: 0xfffffffe },
])(
  "endRecords() is the old record for $count at $offset of $length",
  (directory) => {
    const records = endRecords(directory);

    const view = new DataView(records.buffer);
    assertEquals(view.getUint32(0, true), 0x06054b50);
    assertEquals(view.getUint16(4, true), 0);
    assertEquals(view.getUint16(6, true), 0);
    assertEquals(view.getUint16(8, true), directory.count);
    assertEquals(view.getUint16(10, true), directory.count);
    assertEquals(view.getUint32(12, true), directory.length);
    assertEquals(view.getUint32(16, true), directory.offset);
    assertEquals(view.getUint16(20, true), 0);
    assertEquals(records.length, 22);
    assertEquals(endRecordsLength(directory), 22);
  },
);

// APPNOTE 4.3.14 and 4.3.15; full fields of the old record point to them.
Deno.test.each([
  { count: 0xffff, offset: 7, length: 8 },
  { count: 70_000, offset: 7, length: 8 },
  { count: 7, offset: 0xffffffff, length: 8 },
  { count: 7, offset: 8, length: 2 ** 33 },
])(
  "endRecords() begins with those of zip64 for $count at $offset of $length",
  (directory) => {
    const records = endRecords(directory);

    const view = new DataView(records.buffer);
    assertEquals(view.getUint32(0, true), 0x06064b50);
    assertEquals(view.getBigUint64(4, true), 44n);
    assertEquals(view.getUint16(12, true), (3 << 8) + 63);
    assertEquals(view.getUint16(14, true), 45);
    assertEquals(view.getUint32(16, true), 0);
    assertEquals(view.getUint32(20, true), 0);
    assertEquals(view.getBigUint64(24, true), BigInt(directory.count));
    assertEquals(view.getBigUint64(32, true), BigInt(directory.count));
    assertEquals(view.getBigUint64(40, true), BigInt(directory.length));
    assertEquals(view.getBigUint64(48, true), BigInt(directory.offset));
    assertEquals(view.getUint32(56, true), 0x07064b50);
    assertEquals(view.getUint32(60, true), 0);
    assertEquals(
      view.getBigUint64(64, true),
      BigInt(directory.offset + directory.length),
    );
    assertEquals(view.getUint32(72, true), 1);
    assertEquals(view.getUint32(76, true), 0x06054b50);
    assertEquals(view.getUint16(84, true), Math.min(directory.count, 0xffff));
    assertEquals(view.getUint16(86, true), Math.min(directory.count, 0xffff));
    assertEquals(
      view.getUint32(88, true),
      Math.min(directory.length, 0xffffffff),
    );
    assertEquals(
      view.getUint32(92, true),
      Math.min(directory.offset, 0xffffffff),
    );
    assertEquals(view.getUint16(96, true), 0);
    assertEquals(records.length, 98);
    assertEquals(endRecordsLength(directory), 98);
  },
);
