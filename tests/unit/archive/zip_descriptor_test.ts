import { assertEquals } from "@std/assert";

import {
  dataDescriptor,
  dataDescriptorLength,
} from "../../../lib/archive/zip_descriptor.ts";

// APPNOTE 4.3.9.
Deno.test("dataDescriptor() has checksum and sizes of 32 bits", () => {
  const descriptor = dataDescriptor(0xfffffffe, 0xfedcba98);

  const view = new DataView(descriptor.buffer);
  assertEquals(view.getUint32(0, true), 0x08074b50);
  assertEquals(view.getUint32(4, true), 0xfedcba98);
  assertEquals(view.getUint32(8, true), 0xfffffffe);
  assertEquals(view.getUint32(12, true), 0xfffffffe);
  assertEquals(descriptor.length, 16);
});

// APPNOTE 4.3.9.2.
Deno.test("dataDescriptor() has sizes of 64 bits when the file is large", () => {
  for (const size of [0xffffffff, 2 ** 32, 5 * 2 ** 30]) {
    const descriptor = dataDescriptor(size, 7);

    const view = new DataView(descriptor.buffer);
    assertEquals(view.getUint32(0, true), 0x08074b50);
    assertEquals(view.getUint32(4, true), 7);
    assertEquals(view.getBigUint64(8, true), BigInt(size));
    assertEquals(view.getBigUint64(16, true), BigInt(size));
    assertEquals(descriptor.length, 24);
  }
});

Deno.test("dataDescriptorLength() is its length, and 0 for no bytes", () => {
  assertEquals(dataDescriptorLength(0), 0);
  for (const size of [1, 0xfffffffe, 0xffffffff]) {
    assertEquals(dataDescriptorLength(size), dataDescriptor(size, 0).length);
  }
});
