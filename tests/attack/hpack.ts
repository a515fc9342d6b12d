/**
 * Header compression of HTTP/2 (RFC 7541): as much as an attacker needs to
 * write fields, and all that it takes to read the server's.
 *
 * @module
 */

import { bytesOf } from "./attack.ts";

/** A header field; each character is a byte. */
export type FieldPair = readonly [name: string, value: string];

/** Writes fields as literals without indexing (section 6.2.2). */
export function encodeFields(fields: readonly FieldPair[]): string {
  return fields.map(([name, value]) =>
    `\x00${encodeString(name)}${encodeString(value)}`
  ).join("");
}

/** Writes a string without Huffman coding (section 5.2). */
export function encodeString(text: string): string {
  return encodeInteger(text.length, 7, 0x00) + text;
}

/** Writes an integer with a prefix of so many bits (section 5.1). */
export function encodeInteger(
  value: number,
  bits: number,
  first: number,
): string {
  const max = 2 ** bits - 1;
  if (value < max) return String.fromCharCode(first | value);
  let text = String.fromCharCode(first | max);
  let rest = value - max;
  while (rest >= 128) {
    text += String.fromCharCode(rest % 128 + 128);
    rest = Math.floor(rest / 128);
  }
  return text + String.fromCharCode(rest);
}

/** Names of the static table from index 1; index 8 to 14 are statuses. */
const STATIC: readonly FieldPair[] = [
  [":authority", ""],
  [":method", "GET"],
  [":method", "POST"],
  [":path", "/"],
  [":path", "/index.html"],
  [":scheme", "http"],
  [":scheme", "https"],
  ...["200", "204", "206", "304", "400", "404", "500"].map((
    status,
  ): FieldPair => [":status", status]),
  ["accept-charset", ""],
  ["accept-encoding", "gzip, deflate"],
  ...("accept-language accept-ranges accept access-control-allow-origin age " +
    "allow authorization cache-control content-disposition content-encoding " +
    "content-language content-length content-location content-range " +
    "content-type cookie date etag expect expires from host if-match " +
    "if-modified-since if-none-match if-range if-unmodified-since " +
    "last-modified link location max-forwards proxy-authenticate " +
    "proxy-authorization range referer refresh retry-after server set-cookie " +
    "strict-transport-security transfer-encoding user-agent vary via " +
    "www-authenticate").split(" ").map((name): FieldPair => [name, ""]),
];

/** Bits of the code of each byte (appendix B); the codes are canonical. */
const CODE_BITS: readonly number[] = [
  [13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28],
  [28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28],
  [6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6],
  [5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10],
  [13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7],
  [7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6],
  [15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5],
  [6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28],
  [20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23],
  [24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24],
  [22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23],
  [21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23],
  [26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25],
  [19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27],
  [20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23],
  [26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26],
].flat();

/** Byte by bits and code. */
const BY_CODE: ReadonlyMap<string, number> = assignCodes();

function assignCodes(): Map<string, number> {
  const symbols = CODE_BITS.map((bits, symbol) => ({ bits, symbol }))
    .toSorted((a, b) => a.bits - b.bits || a.symbol - b.symbol);
  const codes = new Map<string, number>();
  let code = 0;
  let length = symbols[0]?.bits ?? 0;
  for (const { bits, symbol } of symbols) {
    code *= 2 ** (bits - length);
    length = bits;
    codes.set(`${bits}:${code}`, symbol);
    code++;
  }
  return codes;
}

/** Reads the fields that a server sends over one connection. */
export class FieldReader {
  readonly #table: FieldPair[] = [];
  #tableMax = 4_096;
  #block = new Uint8Array();
  #at = 0;

  /** Reads one block; throws a `RangeError` on what is no field. */
  read(block: string): FieldPair[] {
    this.#block = bytesOf(block);
    this.#at = 0;
    const fields: FieldPair[] = [];
    while (this.#at < this.#block.length) {
      const first = this.#block[this.#at] ?? 0;
      if (first >= 0x80) fields.push(this.#entry(this.#integer(7)));
      else if (first >= 0x40) {
        const field = this.#literal(6);
        this.#add(field);
        fields.push(field);
      } else if (first >= 0x20) {
        this.#tableMax = this.#integer(5);
        this.#evict();
      } else fields.push(this.#literal(4));
    }
    return fields;
  }

  #literal(bits: number): FieldPair {
    const index = this.#integer(bits);
    const name = index === 0 ? this.#string() : this.#entry(index)[0];
    return [name, this.#string()];
  }

  #entry(index: number): FieldPair {
    const entry = index <= STATIC.length
      ? STATIC[index - 1]
      : this.#table[index - STATIC.length - 1];
    if (entry === undefined) throw new RangeError(`No entry ${index}`);
    return entry;
  }

  #add(field: FieldPair): void {
    this.#table.unshift(field);
    this.#evict();
  }

  #evict(): void {
    const size = () =>
      this.#table.reduce((sum, [n, v]) => sum + n.length + v.length + 32, 0);
    while (size() > this.#tableMax) this.#table.pop();
  }

  #integer(bits: number): number {
    const max = 2 ** bits - 1;
    let value = this.#byte() & max;
    if (value < max) return value;
    for (let factor = 1;; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  #string(): string {
    const isCoded = (this.#block[this.#at] ?? 0) >= 0x80;
    const length = this.#integer(7);
    const bytes = this.#block.subarray(this.#at, this.#at + length);
    if (bytes.length < length) throw new RangeError("String is cut");
    this.#at += length;
    return isCoded ? decodeHuffman(bytes) : String.fromCharCode(...bytes);
  }

  #byte(): number {
    const byte = this.#block[this.#at++];
    if (byte === undefined) throw new RangeError("Block is cut");
    return byte;
  }
}

function decodeHuffman(bytes: Uint8Array): string {
  let text = "";
  let code = 0;
  let bits = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + (byte >> bit & 1);
      bits++;
      const symbol = BY_CODE.get(`${bits}:${code}`);
      if (symbol === undefined) continue;
      text += String.fromCharCode(symbol);
      code = 0;
      bits = 0;
    }
  }
  return text;
}
