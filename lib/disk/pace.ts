/**
 * Long work in pieces, so that other requests go on being answered. All long
 * work of the process shares the same turns: twenty at once hold the event loop
 * no longer than one.
 *
 * @module
 */

// Half of the 10 ms that nothing may hold the event loop for.
const TURN_MS = 5;

const waiting: (() => void)[] = [];
let turnStart = -Infinity;
let isScheduled = false;

/**
 * Ends a piece of work.
 *
 * @returns `undefined` while there is time left in this turn, and else a
 * promise to be awaited, which resolves when it is this work's turn again.
 *
 * @example Usage
 * ```ts
 * import { pace } from "./pace.ts";
 *
 * for (let i = 0; i < 3; i++) await pace();
 * ```
 */
export function pace(): Promise<void> | undefined {
  if (performance.now() - turnStart < TURN_MS) return undefined;
  return new Promise((resolve) => {
    waiting.push(resolve);
    schedule();
  });
}

function schedule(): void {
  if (isScheduled || waiting.length === 0) return;
  isScheduled = true;
  setTimeout(startTurn);
}

/** One work for each turn of the event loop: between them, others come in. */
function startTurn(): void {
  isScheduled = false;
  turnStart = performance.now();
  waiting.shift()?.();
  // After the work has gone on, so that what it leaves to others is before us.
  queueMicrotask(schedule);
}
