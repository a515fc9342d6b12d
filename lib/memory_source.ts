/**
 * A body from memory that is sent piece by piece, as its client takes it.
 *
 * @module
 */

import type { ByteSource } from "./reply.ts";

/** Bytes of a piece: as many as of a file that is read while it is sent. */
const PIECE_BYTES = 262_144;

/**
 * Makes a source of bytes that are there.
 *
 * @param bytes The bytes, which are not changed.
 * @param options Whether the runtime alone gets the pieces; anybody else gets
 * copies.
 * @returns The source.
 *
 * @example Usage
 * ```ts
 * import { memorySource } from "./memory_source.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new Uint8Array(300_000);
 * const source = memorySource(bytes, { isForRuntime: false });
 *
 * assertEquals((await source.next())?.length, 262_144);
 * assertEquals((await source.next())?.length, 37_856);
 * assertEquals(await source.next(), null);
 * ```
 */
export function memorySource(
  bytes: Uint8Array<ArrayBuffer>,
  options: { readonly isForRuntime: boolean },
): ByteSource {
  let at = 0;
  return {
    next() {
      const start = at;
      at = Math.min(at + PIECE_BYTES, bytes.length);
      if (start === at) return Promise.resolve(null);
      return Promise.resolve(
        options.isForRuntime
          ? bytes.subarray(start, at)
          : bytes.slice(start, at),
      );
    },
    close() {},
    cancel() {},
  };
}
