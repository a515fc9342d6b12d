/**
 * The compressed body of an answer, made while it is sent.
 *
 * @module
 */

import type { ByteSource } from "../reply.ts";
import type { Compressor } from "./compress.ts";
import type { BlockUse } from "./file_source.ts";

/** What a compressed body is made with. */
export interface CompressSteps {
  /** Makes the compressor, when the first byte is asked for. */
  readonly create: () => Compressor;
  /** Is told once that nothing more will be compressed. */
  readonly onClose: () => void;
  /** What becomes of the blocks that were handed over. */
  readonly blocks: BlockUse;
}

// So that what compresses a hundredfold is not sent in crumbs.
const SENT_BYTES_MIN = 16_384;

/**
 * Makes a source that compresses what another one gives.
 *
 * @param source What is compressed; it is freed with the new one.
 * @param steps How.
 * @returns A source. Where the other one breaks off, so does this one, before
 * what would make it look whole.
 *
 * @example Usage
 * ```ts ignore
 * import { compressSource } from "./compress_source.ts";
 *
 * const source = compressSource(fileSource, { create, onClose, blocks });
 * ```
 */
export function compressSource(
  source: ByteSource,
  steps: CompressSteps,
): ByteSource {
  return new CompressedSource(source, steps);
}

class CompressedSource implements ByteSource {
  readonly #source: ByteSource;
  readonly #steps: CompressSteps;
  #compressor: Compressor | null = null;
  /** The block that was handed over last. */
  #last: Uint8Array<ArrayBuffer> | null = null;
  #isBusy = false;
  #isDone = false;
  #isClosed = false;
  #isFreed = false;

  constructor(source: ByteSource, steps: CompressSteps) {
    this.#source = source;
    this.#steps = steps;
  }

  async next(): Promise<Uint8Array<ArrayBuffer> | null> {
    this.#releaseLast();
    if (this.#isDone || this.#isClosed) return null;
    this.#isBusy = true;
    try {
      this.#compressor ??= this.#steps.create();
      const block = await this.#readBlock(this.#compressor);
      this.#last = block;
      return block;
    } finally {
      this.#isBusy = false;
      if (this.#isClosed) this.#free();
    }
  }

  /** What is under way uses the bytes of the file until it ends. */
  close(): void {
    this.#isClosed = true;
    this.#compressor?.close();
    if (!this.#isBusy) this.#free();
  }

  cancel(): void {
    this.close();
    if (!this.#isBusy) this.#releaseLast();
  }

  async #readBlock(
    compressor: Compressor,
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let length = 0;
    while (length < SENT_BYTES_MIN && !this.#isDone && !this.#isClosed) {
      const bytes = await this.#source.next();
      this.#isDone = bytes === null;
      const part = bytes === null
        ? await compressor.finish()
        : await compressor.push(bytes);
      parts.push(part);
      length += part.length;
    }
    return length === 0 ? null : join(parts, length);
  }

  #free(): void {
    if (this.#isFreed) return;
    this.#isFreed = true;
    this.#compressor?.close();
    // All that it gave was compressed: nobody reads it any more.
    this.#source.cancel();
    this.#steps.onClose();
  }

  /** `transfer` detaches the buffer and gives its memory back at once. */
  #releaseLast(): void {
    if (this.#steps.blocks === "released") this.#last?.buffer.transfer(0);
    this.#last = null;
  }
}

function join(
  parts: readonly Uint8Array<ArrayBuffer>[],
  length: number,
): Uint8Array<ArrayBuffer> {
  const [first] = parts;
  if (first?.length === length) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
