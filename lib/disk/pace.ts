/**
 * Long work in pieces, so that other requests go on being answered.
 *
 * @module
 */

/** Returns at once, or waits for others to have their turn. */
export type Pace = () => Promise<void> | undefined;

// Half of the 10 ms that nothing may hold the event loop for.
const TURN_MS = 5;

/**
 * Makes a pace for one piece of work.
 *
 * @returns A function to call often: it gives a promise, to be awaited, when
 * the work has had the processor for 5 ms, and else `undefined`.
 *
 * @example Usage
 * ```ts
 * import { createPace } from "./pace.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pace = createPace();
 *
 * assertEquals(pace(), undefined);
 * ```
 */
export function createPace(): Pace {
  let turnStart = performance.now();
  return () => {
    if (performance.now() - turnStart < TURN_MS) return undefined;
    return new Promise((resolve) => {
      setTimeout(() => {
        turnStart = performance.now();
        resolve();
      });
    });
  };
}
