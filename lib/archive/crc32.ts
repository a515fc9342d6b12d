/**
 * CRC-32 as ZIP has it (APPNOTE 4.4.7; polynomial 0xEDB88320, reflected): of
 * bytes that come in pieces.
 *
 * @module
 */

/**
 * Computes the CRC-32 of bytes.
 *
 * @param bytes The next bytes.
 * @param before CRC-32 of all the bytes before them.
 * @returns CRC-32 of all bytes so far, from 0 to 0xFFFFFFFF.
 */
export type Crc32 = (
  bytes: Uint8Array<ArrayBuffer>,
  before?: number,
) => number;

/** Bytes that one step takes: of 1, 4, 8 and 16 the quickest. */
const STEP_BYTES = 16;

/** For each place in a step, what a byte there does to the checksum. */
const TABLES = createTables();

/** What the checksum of the digits 1 to 9 is known to be. */
const CHECK = { text: "123456789", value: 0xcbf43926 };

/**
 * Computes the CRC-32 of bytes: 1.2 to 2 GB a second.
 *
 * @param bytes The next bytes.
 * @param before CRC-32 of all the bytes before them, 0 where there are none.
 * @returns CRC-32 of all bytes so far, from 0 to 0xFFFFFFFF.
 *
 * @example Usage
 * ```ts
 * import { crc32 } from "./crc32.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const encoder = new TextEncoder();
 * const before = crc32(encoder.encode("12345"));
 *
 * assertEquals(crc32(encoder.encode("6789"), before), 0xcbf43926);
 * ```
 */
export function crc32(bytes: Uint8Array<ArrayBuffer>, before = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = bytes.length - bytes.length % STEP_BYTES;
  let state = ~before;
  for (let at = 0; at < end; at += STEP_BYTES) {
    state = effectOf(state ^ view.getInt32(at, true), 3_072) ^
      effectOf(view.getInt32(at + 4, true), 2_048) ^
      effectOf(view.getInt32(at + 8, true), 1_024) ^
      effectOf(view.getInt32(at + 12, true), 0);
  }
  for (let at = end; at < bytes.length; at++) {
    state = (state >>> 8) ^ tableAt((state ^ view.getUint8(at)) & 255);
  }
  return ~state >>> 0;
}

/**
 * Finds the quickest CRC-32 that this runtime has: that of `node:zlib`, which
 * uses instructions of the processor (20 to 60 GB a second for pieces of 4 KB
 * and more), or else {@linkcode crc32}. The first call loads `node:zlib`, which
 * takes about 20 ms.
 *
 * @returns A function that gives what {@linkcode crc32} gives.
 *
 * @example Usage
 * ```ts
 * import { crc32, loadCrc32 } from "./crc32.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const quickest = await loadCrc32();
 * const bytes = new TextEncoder().encode("some text");
 *
 * assertEquals(quickest(bytes), crc32(bytes));
 * ```
 */
export async function loadCrc32(): Promise<Crc32> {
  const zlib: { readonly crc32?: unknown } = await import("node:zlib");
  return quickestCrc32(zlib.crc32);
}

/**
 * Makes a CRC-32 of one that the runtime has, where that can be trusted.
 *
 * @param native `crc32` of `node:zlib`, or `undefined` where there is none.
 * @returns A function that gives what {@linkcode crc32} gives.
 *
 * @example Usage
 * ```ts
 * import { crc32, quickestCrc32 } from "./crc32.ts";
 * import { assertStrictEquals } from "@std/assert";
 *
 * assertStrictEquals(quickestCrc32(undefined), crc32);
 * assertStrictEquals(quickestCrc32(() => 0), crc32);
 * ```
 */
export function quickestCrc32(native: unknown): Crc32 {
  if (typeof native !== "function") return crc32;
  const check = native(new TextEncoder().encode(CHECK.text), 0);
  if (check !== CHECK.value) return crc32;

  return (bytes, before = 0) => {
    // Before 2.5.3 the runtime takes a number above 0x7FFFFFFF for another one,
    // once the call is compiled: checksums were wrong after the thousandth or
    // so. A byte or two of our own bring it below that.
    let value = before;
    let own = 0;
    while (value > 0x7fffffff && own < bytes.length) {
      value = crc32(bytes.subarray(own, ++own), value);
    }
    if (own === bytes.length) return value;
    return native(own === 0 ? bytes : bytes.subarray(own), value) >>> 0;
  };
}

/** What four bytes do to the checksum, of which the first is the lowest. */
function effectOf(word: number, table: number): number {
  return tableAt(table + 768 + (word & 255)) ^
    tableAt(table + 512 + (word >>> 8 & 255)) ^
    tableAt(table + 256 + (word >>> 16 & 255)) ^
    tableAt(table + (word >>> 24));
}

function tableAt(index: number): number {
  return TABLES[index] ?? 0;
}

function createTables(): Int32Array<ArrayBuffer> {
  const tables = new Int32Array(STEP_BYTES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let state = byte;
    for (let bit = 0; bit < 8; bit++) {
      state = (state & 1) === 0 ? state >>> 1 : (state >>> 1) ^ 0xedb88320;
    }
    tables[byte] = state;
  }
  // One place further from the end of the step: one zero byte more behind it.
  for (let index = 256; index < tables.length; index++) {
    const nearer = tables[index - 256] ?? 0;
    tables[index] = (nearer >>> 8) ^ (tables[nearer & 255] ?? 0);
  }
  return tables;
}
