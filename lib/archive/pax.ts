/**
 * The extended header of a tar entry (POSIX.1-2024 `pax`): what does not fit
 * into the fields of the old header, as records `LENGTH KEY=VALUE` of text in
 * UTF-8, each ended by a line feed.
 *
 * @module
 */

/** One record. */
export interface PaxRecord {
  /** Which field of the old header it replaces. */
  readonly key: "path" | "size" | "mtime";
  /** Text, or a number in decimal. */
  readonly value: string;
}

const encoder = new TextEncoder();

/**
 * Writes records.
 *
 * @param records The records.
 * @returns Their bytes.
 *
 * @example Usage
 * ```ts
 * import { paxRecords } from "./pax.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = paxRecords([{ key: "path", value: "é" }]);
 *
 * assertEquals(new TextDecoder().decode(bytes), "11 path=é\n");
 * ```
 */
export function paxRecords(
  records: readonly PaxRecord[],
): Uint8Array<ArrayBuffer> {
  let text = "";
  for (const { key, value } of records) {
    const length = paxRecordLength(key, encoder.encode(value).length);
    text += `${length} ${key}=${value}\n`;
  }
  return encoder.encode(text);
}

/**
 * Tells how long a record is.
 *
 * @param key Key of the record, in ASCII.
 * @param valueBytes Bytes of the value in UTF-8.
 * @returns Bytes, those of the length itself among them.
 *
 * @example Usage
 * ```ts
 * import { paxRecordLength } from "./pax.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(paxRecordLength("path", 90), 99);
 * assertEquals(paxRecordLength("path", 91), 101);
 * ```
 */
export function paxRecordLength(
  key: PaxRecord["key"],
  valueBytes: number,
): number {
  const rest = key.length + valueBytes + " =\n".length;
  let digits = 1;
  while (String(rest + digits).length > digits) digits++;
  return rest + digits;
}
