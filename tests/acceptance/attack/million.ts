/**
 * A million hostile requests made by chance, a third in each of the command's
 * modes: `--count N` sends another number, `--seed N` the same again. Most go
 * over connections that are kept, sixteen at once, some over HTTP/2.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import type { Answer } from "../../attack/answers.ts";
import { createTally, type Tally } from "../../attack/campaign.ts";
import { sendAllH2 } from "../../attack/h2_exchange.ts";
import { type Bench, isOurs, judgeAnswer } from "../../attack/oracle.ts";
import { Pipe, type Piped } from "../../attack/pipeline.ts";
import { makePlace } from "../../attack/place.ts";
import {
  createGenerator,
  type Generator,
  type LastBytes,
  type RandomRequest,
} from "../../attack/random_attacks.ts";
import { type Mode, MODES, startTarget } from "../../attack/target.ts";
import { createRandom } from "../endurance/_random.ts";

const COUNT = Number(argument("--count") ?? 1_000_000);
const WIDTH = 8;
const PER_BATCH = 16;
const BETWEEN_CHECKS = 20_000;

/** One batch of so many ends with an attack on framing, one is HTTP/2. */
const LAST_EVERY = 8;
const H2_EVERY = 40;

const random = createRandom();
const cases = new Set<number>();
const modes: readonly Mode[] = MODES.slice(0, 3);

for (const [index, mode] of modes.entries()) {
  await acceptance(
    `${share()} hostile requests by chance leak nothing and break nothing, ${mode.name}`,
    () => attack(mode, index === 0 ? "exactly" : "not at all"),
  );
}

function share(): number {
  return Math.ceil(COUNT / modes.length);
}

async function attack(
  mode: Mode,
  logged: "exactly" | "not at all",
): Promise<Finding> {
  await using place = await makePlace();
  // A third of the log is read back: all of it would fill the memory here.
  const args = logged === "exactly" ? mode.args : [...mode.args, "--quiet"];
  await using target = await startTarget(place, { ...mode, args });
  const connect = () => target.connect("http/1.1");
  const bench: Bench = { place, isLocked: false };
  const generator = createGenerator(random, place.alias);
  const tally = createTally();
  const before = cases.size;
  const start = performance.now();
  while (tally.tried < share()) {
    const until = Math.min(tally.tried + BETWEEN_CHECKS, share());
    const workers = Array.from(
      { length: WIDTH },
      () => work({ generator, connect, bench, tally, until }),
    );
    await Promise.all(workers);
    for (const fault of await target.check()) {
      tally.faults.push({ ...fault, attack: `after ${tally.tried}` });
    }
    if (tally.faults.length > 50) break;
  }
  const seconds = (performance.now() - start) / 1_000;
  // HTTP/2 resets leave lines without answers.
  const faults = logged === "exactly"
    ? await target.checkLog(tally, "at least")
    : [];
  tally.faults.push(...faults.map((fault) => ({ ...fault, attack: "log" })));
  return toFinding(tally, [
    `${cases.size - before} cases`,
    `${Math.round(seconds)} s`,
    `${Math.round(await target.peakMemory() / 1_048_576)} MB at most`,
    `seed ${random.seed}`,
  ]);
}

interface Work {
  readonly generator: Generator;
  readonly connect: () => Promise<Deno.Conn>;
  readonly bench: Bench;
  readonly tally: Tally;
  readonly until: number;
}

async function work(options: Work): Promise<void> {
  const { generator, connect, bench, tally, until } = options;
  const pipe = new Pipe(connect);
  let waiting: RandomRequest[] = [];
  for (let batch = 1; tally.tried < until; batch++) {
    if (batch % H2_EVERY === 0) {
      const attack = generator.h2();
      note(attack.text);
      await sendAllH2([attack], { connect, bench, tally, width: 1 });
      continue;
    }
    while (waiting.length < PER_BATCH) waiting.push(generator.request());
    const last = batch % LAST_EVERY === 0 ? generator.last() : undefined;
    const piped = await pipe.send(waiting, last);
    waiting = [...piped.untried];
    add(piped, options);
    if (piped.cut !== null) add(await pipe.send([piped.cut]), options);
    const isRead = piped.untried.length === 0 && piped.cut === null;
    if (last !== undefined && isRead) {
      tally.tried++;
      note(last.text);
      for (const answer of piped.last) judge(answer, last, { tally, bench });
    }
  }
  pipe.close();
}

/** Adds the requests that were tried and judges their answers. */
function add(piped: Piped, { tally, bench }: Work): void {
  tally.tried += piped.answered.length + piped.refused;
  for (const { request, answer } of piped.answered) {
    note(request.text);
    judge(answer, request, { tally, bench });
  }
  for (const detail of piped.faults) {
    tally.faults.push({ kind: "malformed", detail, attack: "pipeline" });
  }
}

function judge(
  answer: Answer,
  sent: RandomRequest | LastBytes,
  { tally, bench }: Pick<Work, "tally" | "bench">,
): void {
  tally.answers++;
  if (isOurs(answer)) tally.ours++;
  const times = tally.statuses.get(answer.status) ?? 0;
  tally.statuses.set(answer.status, times + 1);
  const statuses = "statuses" in sent ? sent.statuses : undefined;
  for (const fault of judgeAnswer(answer, bench, statuses)) {
    // Where bytes were changed, the body may have become a request.
    const isMeant = "isChanged" in sent && sent.isChanged &&
      (fault.kind === "smuggled" || fault.detail.includes("CANARY"));
    if (isMeant) continue;
    tally.faults.push({ ...fault, attack: JSON.stringify(sent.text) });
  }
}

/** Counts what was sent once. */
function note(text: string): void {
  let a = 0x811c9dc5;
  let b = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b, 31) + code | 0;
  }
  cases.add((a >>> 0) * 0x200000 + (b >>> 11));
}

function toFinding(tally: Tally, more: readonly string[]): Finding {
  const count = (kind: string) =>
    tally.faults.filter((fault) => fault.kind === kind).length;
  const statuses = [...tally.statuses].toSorted(([a], [b]) => a - b);
  const errors = [...tally.statuses.keys()].includes(500)
    ? tally.statuses.get(500)
    : 0;
  return {
    holds: tally.faults.length === 0,
    figure: [
      `${tally.tried} requests tried`,
      `${tally.answers} answers`,
      `${count("leak") + count("smuggled")} leaks`,
      `${count("error")} crashes`,
      `${errors} × 500`,
      `${count("malformed") + count("status")} other faults`,
      statuses.map(([status, times]) => `${times} × ${status}`).join(", "),
      ...more,
      ...tally.faults.slice(0, 6).map(({ kind, detail, attack }) =>
        `${kind}: ${detail} after ${attack.slice(0, 600)}`
      ),
    ].join("; "),
  };
}

function argument(name: string): string | undefined {
  const at = Deno.args.indexOf(name);
  return at < 0 ? undefined : Deno.args[at + 1];
}
