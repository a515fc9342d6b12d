/**
 * Failed logins, counted per client, and how long its next one has to wait.
 * A client that mistypes does not notice; one that guesses comes to one try
 * in two seconds. The table is bounded, and time alone clears an entry: if a
 * right password did, somebody with a password could guess another's.
 *
 * @module
 */

/** Failed logins of the clients. */
export interface Attempts {
  /** Milliseconds that the next login of a client has to wait. */
  delayOf(client: string): number;
  /** Whether a client failed more often lately than those who mistype. */
  isSuspect(client: string): boolean;
  /** Counts a failure. */
  fail(client: string): void;
}

/** What the table depends on. */
export interface AttemptsOptions {
  /** Milliseconds; differences alone matter. */
  readonly now: () => number;
  /** How many clients are remembered; the one that failed longest ago goes. */
  readonly clientsMax: number;
}

interface Failures {
  readonly count: number;
  readonly lastAt: number;
}

/** Everybody mistypes, and a browser tries a saved password by itself. */
const FREE_FAILURES = 3;
const FIRST_PAUSE_MS = 100;
/** One try in two seconds: a dictionary of a million words takes 23 days. */
const LONGEST_PAUSE_MS = 2_000;
const FORGET_MS = 15 * 60_000;

/**
 * Makes an empty table.
 *
 * @param options Clock and size.
 * @returns The table.
 *
 * @example Usage
 * ```ts
 * import { createAttempts } from "./attempts.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const attempts = createAttempts({ now: () => 0, clientsMax: 100 });
 * for (let i = 0; i < 5; i++) attempts.fail("192.0.2.1");
 *
 * assertEquals(attempts.delayOf("192.0.2.1"), 200);
 * assertEquals(attempts.delayOf("192.0.2.2"), 0);
 * ```
 */
export function createAttempts(options: AttemptsOptions): Attempts {
  const { now, clientsMax } = options;
  // In the order of the last failure.
  const table = new Map<string, Failures>();

  function current(client: string): Failures | undefined {
    const failures = table.get(client);
    if (failures === undefined) return undefined;
    // A clock that was set back must not keep an entry for hours.
    if (Math.abs(now() - failures.lastAt) < FORGET_MS) return failures;
    table.delete(client);
    return undefined;
  }

  return {
    delayOf(client) {
      const failures = current(client);
      if (failures === undefined) return 0;
      const pause = pauseAfter(failures.count);
      const rest = failures.lastAt + pause - now();
      return Math.min(pause, Math.max(0, rest));
    },
    isSuspect: (client) => (current(client)?.count ?? 0) > FREE_FAILURES,
    fail(client) {
      const count = (current(client)?.count ?? 0) + 1;
      table.delete(client);
      table.set(client, { count, lastAt: now() });
      const [oldest] = table.keys();
      if (table.size > clientsMax && oldest !== undefined) table.delete(oldest);
    },
  };
}

function pauseAfter(count: number): number {
  if (count <= FREE_FAILURES) return 0;
  return Math.min(
    LONGEST_PAUSE_MS,
    FIRST_PAUSE_MS * 2 ** (count - FREE_FAILURES - 1),
  );
}
