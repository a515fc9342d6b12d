/**
 * How long a port is closed, by connecting to it again and again.
 *
 * @module
 */

import type { Address } from "../../_support/raw.ts";

/** What connecting again and again came to. */
export interface Gap {
  /** The longest time for which every attempt was refused. */
  readonly ms: number;
  readonly refused: number;
  readonly tried: number;
}

/** Connects again and again, and knows how long that was refused. */
export class GapMeter {
  readonly #done: Promise<Gap>;
  #isOver = false;

  /** Begins at once. */
  constructor(address: Address) {
    this.#done = this.#measure(address);
  }

  /** Ends the measurement. */
  end(): Promise<Gap> {
    this.#isOver = true;
    return this.#done;
  }

  async #measure(address: Address): Promise<Gap> {
    const gap = { ms: 0, refused: 0, tried: 0 };
    let refusedAt = 0;
    while (!this.#isOver) {
      gap.tried++;
      const start = performance.now();
      try {
        (await Deno.connect(address)).close();
        if (refusedAt > 0) gap.ms = Math.max(gap.ms, start - refusedAt);
        refusedAt = 0;
      } catch {
        gap.refused++; // the port is closed, which is what is measured
        if (refusedAt === 0) refusedAt = start;
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
    return gap;
  }
}
