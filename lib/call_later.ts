/**
 * A timer that costs nothing at first.
 *
 * @module
 */

/**
 * Calls a function later. `setTimeout` does the same, but its first call loads
 * the runtime's part for Node programs, which takes some ten milliseconds: on
 * the way to the first answer, nothing may call it.
 *
 * @param callback Is called once, unless it is called off.
 * @param delayMs Milliseconds until then.
 * @returns A function that calls it off.
 *
 * @example Usage
 * ```ts
 * import { callLater } from "./call_later.ts";
 *
 * await new Promise<void>((resolve) => void callLater(resolve, 1));
 * ```
 */
export function callLater(callback: () => void, delayMs: number): () => void {
  // It keeps the process only while something listens.
  const signal = AbortSignal.timeout(delayMs);
  const listener = () => callback();
  signal.addEventListener("abort", listener, { once: true });
  return () => signal.removeEventListener("abort", listener);
}
