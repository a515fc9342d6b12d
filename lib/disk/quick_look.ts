/**
 * Looks at the disk without waiting while it answers quickly. What is in the
 * system's memory is read in 2 to 60 µs; handing the same work to another thread
 * and coming back takes 10 to 30 µs more, for every look.
 *
 * @module
 */

/** What is known of the disk that something lies on. */
export interface QuickDisk {
  /** Whether it may be looked at now without waiting. */
  readonly isQuick: () => boolean;
  /** Is told how many milliseconds such a look has taken. */
  readonly onLook: (ms: number) => void;
}

/** A disk of which nothing is known: it is always waited for. */
export const UNKNOWN_DISK: QuickDisk = Object.freeze({
  isQuick: () => false,
  onLook: () => {},
});

// Many requests may come in before the event loop turns.
const WINDOW_MS = 10;
const BUDGET_MS = 5;

/**
 * Looks at the disk in the way that is right just now.
 *
 * @param disk What is known of the disk.
 * @param atOnce Looks without waiting.
 * @param later The same look, made by another thread.
 * @returns What was seen, or a promise of it.
 * @throws What the look throws.
 *
 * @example Usage
 * ```ts
 * import { look, UNKNOWN_DISK } from "./quick_look.ts";
 * import { assert } from "@std/assert";
 *
 * using file = await Deno.open("deno.json");
 * const info = await look(UNKNOWN_DISK, () => file.statSync(), () => file.stat());
 *
 * assert(info.isFile);
 * ```
 */
export function look<T>(
  disk: QuickDisk,
  atOnce: () => T,
  later: () => Promise<T>,
): T | Promise<T> {
  if (!disk.isQuick()) return later();
  const start = performance.now();
  try {
    return atOnce();
  } finally {
    disk.onLook(performance.now() - start);
  }
}

/**
 * Resolves all links of a path in the way that is right just now.
 *
 * @param path Path.
 * @param disk What is known of the disk that it is on.
 * @returns The canonical path, or a promise of it.
 * @throws {Deno.errors.NotFound} If nothing is there.
 *
 * @example Usage
 * ```ts
 * import { realPathOf, UNKNOWN_DISK } from "./quick_look.ts";
 * import { assert } from "@std/assert";
 *
 * assert((await realPathOf(".", UNKNOWN_DISK)).length > 1);
 * ```
 */
export function realPathOf(
  path: string,
  disk: QuickDisk,
): string | Promise<string> {
  return look(disk, () => Deno.realPathSync(path), () => Deno.realPath(path));
}

/**
 * Keeps the looks of all readers together from holding up everything else:
 * they take half of any ten milliseconds at most, and what is more than that
 * is waited for.
 *
 * @param disk What is known of the disk.
 * @param now Milliseconds of a clock that never goes back.
 * @returns The disk as all readers share it.
 *
 * @example Usage
 * ```ts
 * import { withinBudget } from "./quick_look.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let time = 0;
 * const disk = withinBudget(
 *   { isQuick: () => true, onLook: () => {} },
 *   () => time,
 * );
 *
 * disk.onLook(6);
 * assertEquals(disk.isQuick(), false);
 * time = 10;
 * assertEquals(disk.isQuick(), true);
 * ```
 */
export function withinBudget(disk: QuickDisk, now: () => number): QuickDisk {
  let windowEnd = -Infinity;
  let spentMs = 0;
  function turn(): void {
    const time = now();
    if (time < windowEnd) return;
    windowEnd = time + WINDOW_MS;
    spentMs = 0;
  }
  return {
    isQuick() {
      turn();
      return spentMs < BUDGET_MS && disk.isQuick();
    },
    onLook(ms) {
      turn();
      spentMs += ms;
      disk.onLook(ms);
    },
  };
}
