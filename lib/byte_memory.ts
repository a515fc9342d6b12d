/**
 * Things that are kept while there is room for them: their sizes together have
 * a limit, and what was used longest ago goes first.
 *
 * @module
 */

interface Held<Value> {
  readonly value: Value;
  readonly bytes: number;
}

/** A memory with a limit in bytes. */
export class ByteMemory<Value> {
  readonly #limitBytes: number;
  /** A Map keeps the order in which keys were put in: oldest first. */
  readonly #held = new Map<string, Held<Value>>();
  #bytes = 0;
  /** The key used last, which is at the end already. */
  #lastKey: string | null = null;

  /**
   * Creates an empty memory.
   *
   * @param limitBytes Bytes of what it holds at most.
   *
   * @example Usage
   * ```ts
   * import { ByteMemory } from "./byte_memory.ts";
   * import { assertEquals } from "@std/assert";
   *
   * const memory = new ByteMemory<string>(10);
   * memory.set("a", "one", 5);
   * memory.set("b", "two", 5);
   * memory.get("a");
   * memory.set("c", "three", 5);
   *
   * assertEquals(memory.get("a"), "one");
   * assertEquals(memory.get("b"), undefined);
   * ```
   */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Bytes of what is held. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Gives what is held under a key, which counts as a use of it.
   *
   * @param key Its key.
   * @returns It, or `undefined`.
   */
  get(key: string): Value | undefined {
    const held = this.#held.get(key);
    if (held === undefined) return undefined;
    if (key !== this.#lastKey) {
      this.#held.delete(key);
      this.#held.set(key, held);
      this.#lastKey = key;
    }
    return held.value;
  }

  /**
   * Holds something in the place of what was under its key.
   *
   * @param key Its key.
   * @param value What is held. More than the limit is not held at all.
   * @param bytes Its size.
   */
  set(key: string, value: Value, bytes: number): void {
    this.delete(key);
    if (bytes > this.#limitBytes) return;
    this.#held.set(key, { value, bytes });
    this.#bytes += bytes;
    this.#lastKey = key;
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#limitBytes) return;
      this.delete(oldest);
    }
  }

  /**
   * Lets go of what is held under a key.
   *
   * @param key Its key.
   */
  delete(key: string): void {
    const held = this.#held.get(key);
    if (held === undefined) return;
    this.#held.delete(key);
    this.#bytes -= held.bytes;
    if (this.#lastKey === key) this.#lastKey = null;
  }
}
