/**
 * What is loaded when it is needed first.
 *
 * @module
 */

/**
 * Makes a function that loads something at its first call. Where that fails,
 * the next call tries again.
 *
 * @param load Loads it.
 * @returns The function.
 *
 * @example Usage
 * ```ts
 * import { lazily } from "./lazily.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let loads = 0;
 * const load = lazily(() => Promise.resolve(++loads));
 *
 * assertEquals([await load(), await load()], [1, 1]);
 * ```
 */
export function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () =>
    loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    });
}
