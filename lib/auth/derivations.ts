/**
 * Turns for what is expensive: so many at once, so many waiting, and who comes
 * then is sent away at once. Passwords are checked in two kinds of turns: those
 * of one client, one after another, and those of all.
 *
 * @module
 */

/** How many may work and wait. */
export interface TurnLimits {
  /** How many work at once. */
  readonly atOnce: number;
  /** How many wait besides. */
  readonly waiting: number;
}

/** Turns that are taken in the order of asking. */
export interface Turns {
  /**
   * Does something when it is its turn. Gives `undefined` at once where too
   * many are waiting already.
   */
  run<T>(work: () => Promise<T>): Promise<T> | undefined;
  /** Whether nobody works or waits. */
  isIdle(): boolean;
}

/** Turns for each of many clients; nothing is kept of one without any. */
export interface ClientTurns {
  /** As {@linkcode Turns.run}, in the turns of the client. */
  run<T>(client: string, work: () => Promise<T>): Promise<T> | undefined;
  /** How many clients have somebody who works. */
  readonly size: number;
}

/**
 * Makes turns that all share.
 *
 * @param limits How many may work and wait.
 * @returns The turns.
 *
 * @example Usage
 * ```ts
 * import { createTurns } from "./derivations.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const turns = createTurns({ atOnce: 1, waiting: 0 });
 * const first = turns.run(() => Promise.resolve(1));
 *
 * assertEquals(turns.run(() => Promise.resolve(2)), undefined);
 * assertEquals(await first, 1);
 * ```
 */
export function createTurns(limits: TurnLimits): Turns {
  let working = 0;
  const waiting: (() => void)[] = [];

  async function take<T>(work: () => Promise<T>): Promise<T> {
    if (working < limits.atOnce) working++;
    // Whoever ends hands its place on, so that nobody new gets in between.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) working--;
      else next();
    }
  }

  return {
    run(work) {
      const isFull = working >= limits.atOnce &&
        waiting.length >= limits.waiting;
      return isFull ? undefined : take(work);
    },
    isIdle: () => working === 0,
  };
}

/**
 * Makes turns for each of many clients.
 *
 * @param limits How many of one client may work and wait.
 * @returns The turns.
 *
 * @example Usage
 * ```ts
 * import { createClientTurns } from "./derivations.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const turns = createClientTurns({ atOnce: 1, waiting: 0 });
 * const first = turns.run("192.0.2.1", () => Promise.resolve(1));
 * const second = turns.run("192.0.2.2", () => Promise.resolve(2));
 *
 * assertEquals([await first, await second], [1, 2]);
 * ```
 */
export function createClientTurns(limits: TurnLimits): ClientTurns {
  const turnsOf = new Map<string, Turns>();
  return {
    get size() {
      return turnsOf.size;
    },
    run(client, work) {
      const turns = turnsOf.get(client) ?? createTurns(limits);
      turnsOf.set(client, turns);
      return turns.run(work)?.finally(() => {
        if (turns.isIdle()) turnsOf.delete(client);
      });
    },
  };
}
