/**
 * Compressing in pieces, so that no piece holds the event loop for long: the
 * runtime compresses on the thread that answers requests.
 *
 * @module
 */

import type { Encoding } from "../http/encoding.ts";
import { pace } from "./pace.ts";

/** Compresses one file. Whoever makes it finishes or closes it. */
export interface Compressor {
  /**
   * Takes the next bytes of the file.
   *
   * @param bytes They may be changed or freed once they were taken.
   * @returns What is to be sent by now; often nothing.
   */
  push(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Ends the compressed file.
   *
   * @returns The rest of it.
   */
  finish(): Promise<Uint8Array<ArrayBuffer>>;
  /** Frees what is held; may be called at any time and more than once. */
  close(): void;
}

/** The codings that this runtime has. */
export interface Compressors {
  readonly available: readonly Encoding[];
  /**
   * Makes a compressor.
   *
   * @param encoding Coding, one of those available.
   * @param size Bytes that it will be given, exactly.
   * @returns A compressor that holds memory of its own, up to 6 MB.
   */
  create(encoding: Encoding, size: number): Compressor;
}

type Zlib = typeof import("node:zlib");
type ZlibStream = Pick<
  ReturnType<Zlib["createGzip"]>,
  "write" | "flush" | "end" | "destroy" | "on" | "once"
>;

/**
 * Bytes that are compressed at a time. Of what was measured (source text, a
 * log, words, and random letters out of 2, 4 and 16, which are the worst), no
 * piece took more than 2 ms of processor time with any of the codings.
 */
const PIECE_BYTES = 16_384;

// Of what comes out.
const OUTPUT_BYTES = 65_536;

// Of 600 KB of source text: 3.5 times less, as at level 6, which takes half as
// much time again, and for some data five times as much.
const GZIP_LEVEL = 5;

// 3.9 times less where 4 makes 3.6, which is hardly less than gzip makes.
const BROTLI_QUALITY = 5;

// 1 MB. The usual window of 4 MB takes the fourfold memory for each answer.
const BROTLI_WINDOW_BITS = 20;

// 3.7 times less, in the time of gzip.
const ZSTD_LEVEL = 5;

let loading: Promise<Compressors> | undefined;

/**
 * Loads the runtime's compressors: at the first use, since that takes some 20
 * ms, which the start of the server is spared.
 *
 * @returns What there is: Deno 2.4 has gzip alone.
 *
 * @example Usage
 * ```ts
 * import { loadCompressors } from "./compress.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { create } = await loadCompressors();
 * const compressor = create("gzip", 5);
 * const start = await compressor.push(new TextEncoder().encode("hello"));
 * const whole = new Blob([start, await compressor.finish()]).stream()
 *   .pipeThrough(new DecompressionStream("gzip"));
 *
 * assertEquals(await new Response(whole).text(), "hello");
 * ```
 */
export function loadCompressors(): Promise<Compressors> {
  return loading ??= import("node:zlib").then((zlib) => toCompressors(zlib));
}

/**
 * Makes the compressors of a `node:zlib`.
 *
 * @param zlib The module. It has zstd or lacks it.
 * @returns What there is.
 *
 * @example Usage
 * ```ts
 * import { toCompressors } from "./compress.ts";
 * import { assert } from "@std/assert";
 *
 * const { available } = toCompressors(await import("node:zlib"));
 *
 * assert(available.includes("br"));
 * ```
 */
export function toCompressors(zlib: Zlib): Compressors {
  const available: Encoding[] = ["gzip"];
  // Without it, Brotli would hold everybody up: see below.
  const brotli = zlib.createBrotliCompress();
  if (typeof brotli.flush === "function") available.unshift("br");
  brotli.destroy();
  if (typeof zlib.createZstdCompress === "function") available.unshift("zstd");
  return {
    available,
    create: (encoding, size) =>
      new ZlibCompressor(
        createStream(zlib, encoding, size),
        encoding === "br" ? zlib.constants.BROTLI_OPERATION_FLUSH : null,
      ),
  };
}

function createStream(
  zlib: Zlib,
  encoding: Encoding,
  size: number,
): ZlibStream {
  const { constants } = zlib;
  switch (encoding) {
    case "zstd": {
      const options = {
        chunkSize: OUTPUT_BYTES,
        // Told it, it takes no more memory than that needs. The types of the
        // runtime do not know it yet.
        pledgedSrcSize: size,
        params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL },
      };
      return zlib.createZstdCompress(options);
    }
    case "br":
      return zlib.createBrotliCompress({
        chunkSize: OUTPUT_BYTES,
        params: {
          [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
          [constants.BROTLI_PARAM_LGWIN]: BROTLI_WINDOW_BITS,
          [constants.BROTLI_PARAM_SIZE_HINT]: Math.min(size, 2 ** 30),
        },
      });
    case "gzip":
      return zlib.createGzip({ chunkSize: OUTPUT_BYTES, level: GZIP_LEVEL });
    default:
      return encoding satisfies never;
  }
}

/** Hands bytes to a stream of zlib and collects what comes out of it. */
class ZlibCompressor implements Compressor {
  readonly #stream: ZlibStream;
  readonly #flush: number | null;
  #parts: Uint8Array[] = [];
  #fail: (error: Error) => void = () => {};
  #isBusy = false;
  #isClosed = false;

  /**
   * Brotli keeps back what it looked at, up to megabytes, and then writes all
   * of it at once, which took 36 ms: it is made to write after each piece. That
   * makes the result larger by one percent.
   */
  constructor(stream: ZlibStream, flush: number | null) {
    this.#stream = stream;
    this.#flush = flush;
    stream.on("data", (part: Uint8Array) => this.#parts.push(part));
    stream.on("error", (error: Error) => this.#fail(error));
  }

  async push(
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    for (let i = 0; i < bytes.length && !this.#isClosed; i += PIECE_BYTES) {
      await pace();
      const piece = bytes.subarray(i, i + PIECE_BYTES);
      await this.#run((done) => this.#write(piece, done));
    }
    return this.#take();
  }

  async finish(): Promise<Uint8Array<ArrayBuffer>> {
    await pace();
    await this.#run((done) => {
      this.#stream.once("end", done);
      this.#stream.end();
    });
    this.close();
    return this.#take();
  }

  /** The piece under way, of a few milliseconds, keeps the stream until then. */
  close(): void {
    this.#isClosed = true;
    if (!this.#isBusy) this.#stream.destroy();
  }

  #write(piece: Uint8Array, done: () => void): void {
    const flush = this.#flush;
    if (flush === null) this.#stream.write(piece, () => done());
    else this.#stream.write(piece, () => this.#stream.flush(flush, done));
  }

  async #run(work: (done: () => void) => void): Promise<void> {
    if (this.#isClosed) return;
    this.#isBusy = true;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#fail = reject;
        work(resolve);
      });
    } finally {
      this.#isBusy = false;
      if (this.#isClosed) this.#stream.destroy();
    }
  }

  #take(): Uint8Array<ArrayBuffer> {
    const parts = this.#parts;
    this.#parts = [];
    return concat(parts);
  }
}

/** A copy, whose buffer is nobody else's. */
function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
