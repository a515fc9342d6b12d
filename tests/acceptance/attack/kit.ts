// quick
/**
 * The attack kit: every named hostile exchange against the command in each of
 * its modes. Afterwards nothing was leaked, nothing crashed, and the log has a
 * line for each answer.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import type { Attack } from "../../attack/attack.ts";
import { createTally, sendAll, type Tally } from "../../attack/campaign.ts";
import { listFieldAttacks } from "../../attack/field_attacks.ts";
import { listFramingAttacks } from "../../attack/framing_attacks.ts";
import { listH2Attacks } from "../../attack/h2_attacks.ts";
import { sendAllH2 } from "../../attack/h2_exchange.ts";
import { listPathAttacks } from "../../attack/path_attacks.ts";
import { makePlace, type Place } from "../../attack/place.ts";
import { type Mode, MODES, startTarget } from "../../attack/target.ts";

const WIDTH = 24;
const BATCH = 500;
const BATCH_H2 = 100;
const CASES_MIN = 2_000;

for (const mode of MODES) {
  await acceptance(
    `hostile requests leak nothing and break nothing, ${mode.name}`,
    () => attack(mode),
  );
}

async function attack(mode: Mode): Promise<Finding> {
  await using place = await makePlace();
  await using target = await startTarget(place, mode);
  const start = performance.now();
  const attacks = listAttacks(place, mode);
  const frames = listH2Attacks(place.alias);
  const cases = new Set([...attacks, ...frames].map(({ name }) => name));
  const bench = { place, isLocked: mode.isLocked === true };
  const tally = createTally();
  for (let at = 0; at < attacks.length; at += BATCH) {
    await sendAll(attacks.slice(at, at + BATCH), {
      connect: () => target.connect("http/1.1"),
      bench,
      tally,
      width: WIDTH,
    });
    await addFaults(tally, target.check());
  }
  await addFaults(tally, target.checkLog(tally, "exactly"));
  for (let at = 0; at < frames.length; at += BATCH_H2) {
    await sendAllH2(frames.slice(at, at + BATCH_H2), {
      connect: () => target.connect("h2"),
      bench,
      tally,
      width: WIDTH,
    });
    await addFaults(tally, target.check());
  }
  // Of what was reset there are lines, and no answers.
  await addFaults(tally, target.checkLog(tally, "at least"));
  return toFinding(tally, cases.size, performance.now() - start);
}

function listAttacks(place: Place, mode: Mode): Attack[] {
  const paths = listPathAttacks(place.alias);
  return [
    // Without a password no path is looked at, and TLS costs a handshake each:
    // some of each will do.
    ...mode.isLocked === true || mode.isTls === true
      ? paths.filter((_, i) => i % 7 === 0)
      : paths,
    ...listFramingAttacks(),
    ...listFieldAttacks(),
  ];
}

async function addFaults(
  tally: Tally,
  faults: ReturnType<Awaited<ReturnType<typeof startTarget>>["check"]>,
): Promise<void> {
  for (const fault of await faults) {
    tally.faults.push({ ...fault, attack: "afterwards" });
  }
}

function toFinding(tally: Tally, cases: number, time: number): Finding {
  const count = (kind: string) =>
    tally.faults.filter((fault) => fault.kind === kind).length;
  const crashes = count("error");
  const statuses = [...tally.statuses].toSorted(([a], [b]) => a - b);
  const details = worst(tally.faults).map(({ attack, kind, detail }) =>
    `[${attack}] ${kind}: ${detail}`
  );
  return {
    holds: tally.faults.length === 0 && cases >= CASES_MIN,
    figure: [
      `${tally.tried} requests tried`,
      `${cases} cases`,
      `${count("leak") + count("smuggled")} leaks`,
      `${crashes} crashes or 5xx`,
      `${count("malformed") + count("status")} other faults`,
      statuses.map(([status, times]) => `${times} × ${status}`).join(", "),
      `${Math.round(time / 100) / 10} s`,
      ...details,
    ].join("; "),
  };
}

/** A few of each kind. */
function worst(faults: Tally["faults"]): Tally["faults"] {
  const byKind = Object.groupBy(faults, ({ kind }) => kind);
  return Object.values(byKind).flatMap((some) => some.slice(0, 5));
}
