/**
 * Work of which only so much is done at once; the rest waits for its turn.
 *
 * @module
 */

/** Does a work when it is its turn. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Makes a queue.
 *
 * @param max How many works are done at once.
 * @returns A function that does a work in its turn, first come, first served,
 * and gives what it gives.
 *
 * @example Usage
 * ```ts
 * import { createTurns } from "./turns.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const inTurn = createTurns(1);
 *
 * assertEquals(await inTurn(() => Promise.resolve(1)), 1);
 * ```
 */
export function createTurns(max: number): InTurn {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= max) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      // The turn goes over as it is: nobody can come between.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
