/**
 * Work of which only so much is done at once. Those who wait for the same work
 * share it; nobody shares one that has begun, which may have passed what was
 * changed just now.
 *
 * @module
 */

/** A work that is asked for. */
export interface AskedWork<T> {
  /** The same for the same work. */
  readonly key: string;
  /** Whether whoever asks still waits for it; asked again and again. */
  readonly goesOn: () => boolean;
  /**
   * Does the work.
   *
   * @param goesOn Whether anybody still waits for it.
   */
  readonly start: (goesOn: () => boolean) => Promise<T>;
}

/** The part of one who waited. */
export interface Share<T> {
  readonly result: T;
  /** Gives the part back. What comes after the first call does nothing. */
  readonly release: () => void;
}

/** Does a work in its turn; gives `null` to who has not waited until its end. */
export type ShareTurn<T> = (asked: AskedWork<T>) => Promise<Share<T> | null>;

interface Waiter<T> {
  readonly goesOn: () => boolean;
  readonly outcome: PromiseWithResolvers<Share<T> | null>;
}

interface Job<T> {
  readonly key: string;
  readonly waiters: Set<Waiter<T>>;
  readonly start: AskedWork<T>["start"];
}

/**
 * Makes a queue.
 *
 * @param max How many works are done at once; of the same, one at a time.
 * @param free Frees a result when all have given their part back.
 * @returns A function that does a work in its turn, first come, first served.
 *
 * @example Usage
 * ```ts
 * import { createSharedTurns } from "./shared_turns.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const inTurn = createSharedTurns<number>(1, () => {});
 * const share = await inTurn({
 *   key: "one",
 *   goesOn: () => true,
 *   start: () => Promise.resolve(1),
 * });
 *
 * assertEquals(share?.result, 1);
 * ```
 */
export function createSharedTurns<T>(
  max: number,
  free: (result: T) => void,
): ShareTurn<T> {
  const waiting: Job<T>[] = [];
  const running = new Set<string>();

  function startJobs(): void {
    for (let i = 0; i < waiting.length;) {
      const job = waiting[i];
      if (job === undefined || running.size >= max) return;
      if (running.has(job.key)) {
        i++;
        continue;
      }
      waiting.splice(i, 1);
      running.add(job.key);
      run(job, free).finally(() => {
        running.delete(job.key);
        startJobs();
      });
    }
  }

  return ({ key, goesOn, start }) => {
    const outcome = Promise.withResolvers<Share<T> | null>();
    const waiter = { goesOn, outcome };
    const shared = waiting.find((job) => job.key === key);
    if (shared === undefined) {
      waiting.push({ key, waiters: new Set([waiter]), start });
      startJobs();
    } else shared.waiters.add(waiter);
    return outcome.promise;
  };
}

/** Never rejects: whoever waits is told. */
async function run<T>(
  { waiters, start }: Job<T>,
  free: (result: T) => void,
): Promise<void> {
  function goesOn(): boolean {
    for (const waiter of waiters) {
      if (waiter.goesOn()) continue;
      waiters.delete(waiter);
      waiter.outcome.resolve(null);
    }
    return waiters.size > 0;
  }
  try {
    if (!goesOn()) return;
    const result = await start(goesOn);
    if (goesOn()) shareOut(result, waiters, free);
    else free(result);
  } catch (error) {
    for (const { outcome } of waiters) outcome.reject(error);
  }
}

function shareOut<T>(
  result: T,
  waiters: ReadonlySet<Waiter<T>>,
  free: (result: T) => void,
): void {
  let shares = waiters.size;
  for (const { outcome } of waiters) {
    let isHeld = true;
    outcome.resolve({
      result,
      release() {
        if (!isHeld) return;
        isHeld = false;
        if (--shares === 0) free(result);
      },
    });
  }
}
