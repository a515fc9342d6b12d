/**
 * Content in which every byte tells where it belongs, so that a piece from the
 * wrong place is seen.
 *
 * @module
 */

// deno-lint-ignore no-external-import -- a comparison as fast as the reading
import { Buffer } from "node:buffer";

/** Bytes of a mebibyte. */
export const MIB: number = 1024 * 1024;
/** The "100 MB" of the acceptance lines. */
export const LARGE_BYTES: number = 100 * 1000 * 1000;

/** Bytes that do not repeat at any distance a server works with. */
export function makeContent(length: number): Buffer<ArrayBuffer> {
  const content = Buffer.alloc(length);
  const block = Buffer.from(
    crypto.getRandomValues(new Uint8Array(Math.min(length, 65_521))),
  );
  for (let at = 0; at < length; at += block.length) {
    block.copy(content, at);
    // Each block begins with its number: none is like another.
    if (at + 4 <= length) content.writeUInt32LE(at, at);
  }
  return content;
}

/** Whether the bytes stand at this place of the content. */
export function isAt(
  content: Buffer,
  start: number,
  bytes: Uint8Array,
): boolean {
  const end = start + bytes.length;
  return end <= content.length &&
    content.compare(bytes, 0, bytes.length, start, end) === 0;
}

/** Whether all bytes are the same: the bytes equal themselves, one further. */
export function isUniform(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(1), bytes.subarray(0, -1)) === 0;
}

/** A size in whole or tenths of MB, as people write it. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
