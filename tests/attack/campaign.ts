/**
 * Many attacks on one server, and the sum of what came of them.
 *
 * @module
 */

import type { Attack } from "./attack.ts";
import { type Connect, exchange, type Outcome } from "./exchange.ts";
import { type Bench, type Fault, isOurs, judgeAnswer } from "./oracle.ts";

/** What came of attacks. */
export interface Tally {
  /** Attacks that were sent. */
  tried: number;
  /** Answers that came, those of the runtime included. */
  answers: number;
  /** Answers that our own code gave: each has its line in the log. */
  ours: number;
  readonly statuses: Map<number, number>;
  /** What went wrong, with the attack's name. */
  readonly faults: (Fault & { readonly attack: string })[];
}

/** A tally of nothing. */
export function createTally(): Tally {
  return { tried: 0, answers: 0, ours: 0, statuses: new Map(), faults: [] };
}

/** Sends attacks, some at once, and adds up what comes of them. */
export async function sendAll(
  attacks: readonly Attack[],
  options: {
    readonly connect: Connect;
    readonly bench: Bench;
    readonly tally: Tally;
    readonly width: number;
  },
): Promise<void> {
  const { connect, bench, tally, width } = options;
  let next = 0;
  async function work(): Promise<void> {
    while (next < attacks.length) {
      const attack = attacks[next++];
      if (attack === undefined) return;
      addOutcome(tally, attack, await exchange(attack, connect), bench);
    }
  }
  await Promise.all(Array.from({ length: width }, work));
}

/** Adds what came of one attack. */
export function addOutcome(
  tally: Tally,
  attack: Attack,
  outcome: Outcome,
  bench: Bench,
): void {
  tally.tried++;
  const { name } = attack;
  for (const answer of outcome.answers) {
    tally.answers++;
    if (isOurs(answer)) tally.ours++;
    const times = tally.statuses.get(answer.status) ?? 0;
    tally.statuses.set(answer.status, times + 1);
    for (const fault of judgeAnswer(answer, bench, attack.statuses)) {
      tally.faults.push({ ...fault, attack: name });
    }
  }
  if (outcome.malformed !== null) {
    tally.faults.push({
      kind: "malformed",
      detail: outcome.malformed,
      attack: name,
    });
  }
  if (outcome.isHanging) {
    tally.faults.push({ kind: "error", detail: "no answer", attack: name });
  }
}
