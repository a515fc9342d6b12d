/**
 * Undoing what a content coding did.
 *
 * @module
 */

import type { Encoding } from "../../lib/http/encoding.ts";

const zlib = await import("node:zlib");

const DECODERS = {
  zstd: zlib.zstdDecompressSync,
  br: zlib.brotliDecompressSync,
  gzip: zlib.gunzipSync,
};

/** Gives what was compressed. Only gzip fails where its end is missing. */
export function decode(
  bytes: Uint8Array,
  encoding: Encoding,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(DECODERS[encoding](bytes));
}

/** Text that is worth compressing, and differs from seed to seed. */
export function proseOf(
  length: number,
  seed = 0,
): Uint8Array<ArrayBuffer> {
  let state = seed + 1;
  let text = "";
  while (text.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += `line ${state % 997} of ${seed}: ${(state >> 8).toString(36)}\n`;
  }
  return new TextEncoder().encode(text.slice(0, length));
}
