/**
 * Writes the fields of a binary record one after the other, numbers with their
 * lowest byte first (APPNOTE 4.4.1.1).
 *
 * @module
 */

/**
 * A record that is being written.
 *
 * @example Usage
 * ```ts
 * import { RecordWriter } from "./record_writer.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const record = new RecordWriter(6).uint32(0x04034b50).uint16(20);
 *
 * assertEquals([...record.bytes], [0x50, 0x4b, 3, 4, 20, 0]);
 * ```
 */
export class RecordWriter {
  /** The whole record; zero where nothing is written yet. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView<ArrayBuffer>;
  #at = 0;

  /**
   * Begins a record.
   *
   * @param length Bytes of the whole record.
   */
  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.#view = new DataView(this.bytes.buffer);
  }

  /**
   * Writes one byte.
   *
   * @param value From 0 to 0xFF.
   * @returns This.
   */
  uint8(value: number): this {
    this.#view.setUint8(this.#at, value);
    this.#at += 1;
    return this;
  }

  /**
   * Writes two bytes.
   *
   * @param value From 0 to 0xFFFF.
   * @returns This.
   */
  uint16(value: number): this {
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
    return this;
  }

  /**
   * Writes four bytes.
   *
   * @param value From 0 to 0xFFFFFFFF, or a negative one from -0x80000000.
   * @returns This.
   */
  uint32(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  /**
   * Writes eight bytes.
   *
   * @param value Whole number that is exact, from 0 on.
   * @returns This.
   */
  uint64(value: number): this {
    return this.uint32(value % 0x1_0000_0000)
      .uint32(Math.floor(value / 0x1_0000_0000));
  }

  /**
   * Writes bytes as they are.
   *
   * @param bytes They must fit.
   * @returns This.
   */
  raw(bytes: Uint8Array<ArrayBuffer>): this {
    this.bytes.set(bytes, this.#at);
    this.#at += bytes.length;
    return this;
  }
}
