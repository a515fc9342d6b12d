/**
 * The extra fields of a zip entry (APPNOTE 4.5): sizes and offsets that need
 * more than 32 bits, and the exact time of modification.
 *
 * @module
 */

import { RecordWriter } from "./record_writer.ts";

/** From this on a number of 32 bits says: it is in the zip64 field. */
export const LIMIT_32 = 0xffff_ffff;

const ZIP64_ID = 0x0001;

/** "UT", the extended timestamp of Info-ZIP. */
const TIMESTAMP_ID = 0x5455;

/** Which times it holds: that of modification. */
const HAS_MODIFIED = 1;

const TIMESTAMP_BYTES = 9;

/**
 * Tells whether a size or offset needs the zip64 field.
 *
 * @param value Bytes.
 * @returns Whether it does not fit into 32 bits.
 *
 * @example Usage
 * ```ts
 * import { isLarge } from "./zip_extra.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isLarge(0xffff_fffe), false);
 * assertEquals(isLarge(0xffff_ffff), true);
 * ```
 */
export function isLarge(value: number): boolean {
  return value >= LIMIT_32;
}

/**
 * Writes the zip64 field (APPNOTE 4.5.3).
 *
 * @param values Sizes and offset in the order of the APPNOTE, only those that
 * do not fit into their 32 bits.
 * @returns The field; no bytes where there are no values.
 *
 * @example Usage
 * ```ts
 * import { zip64Field } from "./zip_extra.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...zip64Field([2 ** 32])], [1, 0, 8, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
 * assertEquals(zip64Field([]).length, 0);
 * ```
 */
export function zip64Field(
  values: readonly number[],
): Uint8Array<ArrayBuffer> {
  if (values.length === 0) return new Uint8Array(0);
  const field = new RecordWriter(zip64FieldLength(values.length))
    .uint16(ZIP64_ID)
    .uint16(8 * values.length);
  for (const value of values) field.uint64(value);
  return field.bytes;
}

/**
 * Tells how long a zip64 field is.
 *
 * @param count Number of its values.
 * @returns Bytes.
 *
 * @example Usage
 * ```ts
 * import { zip64FieldLength } from "./zip_extra.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(zip64FieldLength(0), 0);
 * assertEquals(zip64FieldLength(2), 20);
 * ```
 */
export function zip64FieldLength(count: number): number {
  return count === 0 ? 0 : 4 + 8 * count;
}

/**
 * Writes the time of modification in UTC, to the second.
 *
 * @param modified Milliseconds since 1970, or `null` where it is not known.
 * @returns The field; no bytes where the time is not known or does not fit
 * into 32 bits (1901 to 2038).
 *
 * @example Usage
 * ```ts
 * import { timestampField } from "./zip_extra.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...timestampField(1_999)], [0x55, 0x54, 5, 0, 1, 1, 0, 0, 0]);
 * assertEquals(timestampField(null).length, 0);
 * ```
 */
export function timestampField(
  modified: number | null,
): Uint8Array<ArrayBuffer> {
  const seconds = secondsOf(modified);
  if (seconds === null) return new Uint8Array(0);
  return new RecordWriter(TIMESTAMP_BYTES)
    .uint16(TIMESTAMP_ID)
    .uint16(TIMESTAMP_BYTES - 4)
    .uint8(HAS_MODIFIED)
    .uint32(seconds)
    .bytes;
}

/**
 * Tells how long the field of the time is.
 *
 * @param modified Milliseconds since 1970, or `null` where it is not known.
 * @returns Bytes.
 *
 * @example Usage
 * ```ts
 * import { timestampFieldLength } from "./zip_extra.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(timestampFieldLength(0), 9);
 * assertEquals(timestampFieldLength(Date.UTC(2039)), 0);
 * ```
 */
export function timestampFieldLength(modified: number | null): number {
  return secondsOf(modified) === null ? 0 : TIMESTAMP_BYTES;
}

function secondsOf(modified: number | null): number | null {
  if (modified === null) return null;
  const seconds = Math.floor(modified / 1_000);
  return seconds === (seconds | 0) ? seconds : null;
}
