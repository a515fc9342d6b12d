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

/**
 * Lines that are encoded at once. Each line by itself takes twice as long, and
 * more of them are no faster.
 */
const BATCH_LINES = 64;

/**
 * Characters of such lines, so that pieces are filled nearly when their lines
 * come. Until it is encoded a line also keeps alive what it was cut from.
 */
const BATCH_CHARACTERS = 4_096;

/** A character of a string, which has two bytes, has at most three in UTF-8. */
const BYTES_PER_CHARACTER = 3;

const ENCODER = new TextEncoder();

/** A bounded queue of lines. */
export class LineQueue {
  readonly #limitBytes: number;
  /** Pieces that take no more lines, oldest first. */
  readonly #full: Uint8Array[] = [];
  #open = new Uint8Array(CHUNK_BYTES);
  #used = 0;
  #bytes = 0;
  /** The newest lines, each with its newline, not yet encoded nor counted. */
  #text = "";
  #lines = 0;

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
    this.#encode();
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
    const characters = this.#text.length + line.length + 1;
    const mostBytes = this.#bytes + characters * BYTES_PER_CHARACTER;
    if (mostBytes > this.#limitBytes && !this.#hasRoom(line)) return false;
    this.#text += `${line}\n`;
    this.#lines++;
    if (this.#lines === BATCH_LINES || characters >= BATCH_CHARACTERS) {
      this.#encode();
    }
    return true;
  }

  /**
   * Removes the oldest piece.
   *
   * @returns Bytes of whole lines, none where no line waits.
   */
  take(): Uint8Array {
    this.#encode();
    if (this.#full.length === 0) this.#close();
    const piece = this.#full.shift() ?? new Uint8Array(0);
    this.#bytes -= piece.length;
    return piece;
  }

  /** Counts the bytes of a line that may not fit. */
  #hasRoom(line: string): boolean {
    this.#encode();
    const room = this.#limitBytes - this.#bytes - 1;
    // A string never has fewer bytes than characters: most lines that come to
    // a full queue end here, without being encoded.
    return line.length <= room && ENCODER.encode(line).length <= room;
  }

  #encode(): void {
    const text = this.#text;
    if (text === "") return;
    const rest = this.#open.subarray(this.#used);
    let { read, written } = ENCODER.encodeInto(text, rest);
    if (read < text.length) {
      // No line is cut: what was written of these is left out of the piece.
      this.#close();
      const mostBytes = text.length * BYTES_PER_CHARACTER;
      this.#open = new Uint8Array(Math.max(CHUNK_BYTES, mostBytes));
      written = ENCODER.encodeInto(text, this.#open).written;
    }
    this.#used += written;
    this.#bytes += written;
    this.#text = "";
    this.#lines = 0;
  }

  /** The memory behind the piece goes on being used: the two do not overlap. */
  #close(): void {
    if (this.#used === 0) return;
    this.#full.push(this.#open.subarray(0, this.#used));
    this.#open = this.#open.subarray(this.#used);
    this.#used = 0;
  }
}
