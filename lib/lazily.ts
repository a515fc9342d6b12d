/**
 * Parts of the program that are loaded when they are needed first.
 *
 * @module
 */

/** Gives a part, loaded once; `null` where it may not be loaded now. */
export type Lazy<T> = (
  mayLoad: () => Promise<boolean>,
) => Promise<T | null>;

/**
 * Makes a function that loads something at its first call. Where that fails,
 * the next call tries again.
 *
 * @param load Loads it.
 * @returns The function. Once it has begun to load, it asks nobody any more.
 *
 * @example Usage
 * ```ts
 * import { lazily } from "./lazily.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let loads = 0;
 * const load = lazily(() => Promise.resolve(++loads));
 *
 * assertEquals(await load(() => Promise.resolve(false)), null);
 * assertEquals(await load(() => Promise.resolve(true)), 1);
 * assertEquals(await load(() => Promise.resolve(false)), 1);
 * ```
 */
export function lazily<T>(load: () => Promise<T>): Lazy<T> {
  let loading: Promise<T> | null = null;
  return async (mayLoad) => {
    if (loading === null && !await mayLoad()) return null;
    return await (loading ??= load().catch((error) => {
      loading = null;
      throw error;
    }));
  };
}
