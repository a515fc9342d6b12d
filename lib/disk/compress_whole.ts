/**
 * Compressing what is in memory as a whole. What came out is remembered while
 * there is room, and made once however many ask for it.
 *
 * @module
 */

import { ByteMemory } from "../byte_memory.ts";
import type { Encoding } from "../http/encoding.ts";
import type { Seen } from "../target.ts";
import type { Compressors } from "./compress.ts";

/** A file in memory. */
export interface WholeFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What it is known by; `null` for what may be another one a moment later. */
  readonly seen: Seen | null;
}

/**
 * Compresses a file.
 *
 * @returns Its compressed form; `null` where it is to be sent as it is, because
 * that is no longer; `"busy"` where too many others wait.
 */
export type WholeCompressor = (
  file: WholeFile,
  encoding: Encoding,
) => Promise<Uint8Array<ArrayBuffer> | null | "busy">;

/** What was made: nothing where the file would not become smaller. */
interface Made {
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/** A third of the text that it stands for: some hundred large scripts. */
const REMEMBERED_BYTES_MAX = 16_777_216;

// What is remembered besides: key, entry, promise.
const OVERHEAD_BYTES = 1_024;

// One file after the other, each some milliseconds. Whoever would have to wait
// for more than these gets it sooner as it is.
const WAITING_MAX = 64;

/**
 * Makes a compressor with a memory of its own.
 *
 * @param load Gives the runtime's compressors.
 * @returns A function from a file and a coding to the compressed bytes.
 *
 * @example Usage
 * ```ts
 * import { loadCompressors } from "./compress.ts";
 * import { createWholeCompressor } from "./compress_whole.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const compress = createWholeCompressor(loadCompressors);
 * const text = new Uint8Array(5_000);
 * const noise = crypto.getRandomValues(new Uint8Array(5_000));
 * const small = await compress({ bytes: text, seen: null }, "gzip");
 *
 * assert(small !== null && small.length < 100);
 * assertEquals(await compress({ bytes: noise, seen: null }, "gzip"), null);
 * ```
 */
export function createWholeCompressor(
  load: () => Promise<Pick<Compressors, "create">>,
): WholeCompressor {
  const remembered = new ByteMemory<Made>(REMEMBERED_BYTES_MAX);
  const underWay = new Map<string, Promise<Made>>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function make(bytes: WholeFile["bytes"], encoding: Encoding) {
    const { create } = await load();
    const compressor = create(encoding, bytes.length);
    try {
      const start = await compressor.push(bytes);
      const rest = await compressor.finish();
      const length = start.length + rest.length;
      if (length >= bytes.length) return { bytes: null };
      const whole = new Uint8Array(length);
      whole.set(start);
      whole.set(rest, start.length);
      return { bytes: whole };
    } finally {
      compressor.close();
    }
  }

  /** One at a time: all share one thread, and a compressor takes megabytes. */
  async function makeInTurn(file: WholeFile, encoding: Encoding) {
    waiting++;
    try {
      const made = last.then(() => make(file.bytes, encoding));
      // Whoever comes next does not care how this one ends.
      last = made.then(() => {}, () => {});
      return await made;
    } finally {
      waiting--;
    }
  }

  async function makeOnce(file: WholeFile, encoding: Encoding, key: string) {
    const made = makeInTurn(file, encoding);
    underWay.set(key, made);
    try {
      const { bytes } = await made;
      const length = bytes?.length ?? 0;
      remembered.set(key, await made, length + 2 * key.length + OVERHEAD_BYTES);
      return await made;
    } finally {
      underWay.delete(key);
    }
  }

  return async (file, encoding) => {
    const key = file.seen === null ? null : `${encoding}:${keyOf(file.seen)}`;
    const known = key === null
      ? undefined
      : remembered.get(key) ?? underWay.get(key);
    if (known !== undefined) return (await known).bytes;
    if (waiting >= WAITING_MAX) return "busy";
    const made = key === null
      ? await makeInTurn(file, encoding)
      : await makeOnce(file, encoding, key);
    return made.bytes;
  };
}

function keyOf({ path, facts }: Seen): string {
  const { size, modified, changed, device, inode } = facts;
  return `${device}:${inode}:${size}:${modified}:${changed}:${path}`;
}
