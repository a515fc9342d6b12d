/**
 * Lines that wait to be written, as bytes in a few pieces of memory: never
 * more than a fixed number of them, whatever comes in.
 *
 * @module
 */

/**
 * Bytes of one piece, which is what one write hands over. 64 KiB is what a
 * pipe holds on Linux: a larger write would take no fewer turns.
 */
const CHUNK_BYTES = 65_536;

const ENCODER = new TextEncoder();
const NEWLINE = 10;

/** A bounded queue of lines. */
export class LineQueue {
  readonly #limitBytes: number;
  /** Pieces that take no more lines, oldest first. */
  readonly #full: Uint8Array[] = [];
  #open = new Uint8Array(CHUNK_BYTES);
  #used = 0;
  #bytes = 0;

  /**
   * Creates an empty queue.
   *
   * @param limitBytes Bytes of lines that it holds at most.
   *
   * @example Usage
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { LineQueue } from "./line_queue.ts";
   *
   * const queue = new LineQueue(8);
   *
   * assertEquals(queue.push("12345"), true);
   * assertEquals(queue.push("678"), false);
   * assertEquals(new TextDecoder().decode(queue.take()), "12345\n");
   * ```
   */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Bytes of the lines that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether a whole piece waits, so that writing should not. */
  get isPressing(): boolean {
    return this.#full.length > 0;
  }

  /**
   * Adds a line and its newline.
   *
   * @param line Line without the newline.
   * @returns Whether there was room; where there was none, nothing is added.
   */
  push(line: string): boolean {
    const room = this.#limitBytes - this.#bytes - 1;
    // A string never has fewer bytes than characters: most lines that come to
    // a full queue end here, without being encoded.
    if (line.length > room) return false;
    // No line is cut: it has at most three bytes a character.
    const mostBytes = line.length * 3 + 1;
    if (this.#used + mostBytes > this.#open.length) {
      this.#close();
      this.#open = new Uint8Array(Math.max(CHUNK_BYTES, mostBytes));
    }
    const target = this.#open.subarray(this.#used);
    const { written } = ENCODER.encodeInto(line, target);
    if (written > room) return false;
    target[written] = NEWLINE;
    this.#used += written + 1;
    this.#bytes += written + 1;
    return true;
  }

  /**
   * Removes the oldest piece.
   *
   * @returns Bytes of whole lines, none where no line waits.
   */
  take(): Uint8Array {
    if (this.#full.length === 0) this.#close();
    const piece = this.#full.shift() ?? new Uint8Array(0);
    this.#bytes -= piece.length;
    return piece;
  }

  /** The memory behind the piece goes on being used: the two do not overlap. */
  #close(): void {
    if (this.#used === 0) return;
    this.#full.push(this.#open.subarray(0, this.#used));
    this.#open = this.#open.subarray(this.#used);
    this.#used = 0;
  }
}
