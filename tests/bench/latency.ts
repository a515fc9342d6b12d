/**
 * How late answers are while a server is half busy: ours and nginx at the
 * same rate, half of what ours can do at most, in turn. Two generators measure
 * it: `h2load`, which sends in bursts and sleeps between them, and one of our
 * own, which sends at even times and keeps a processor busy: with two of them,
 * whatever else runs is in the way of one side or the other.
 *
 * @module
 */

import { runH2load } from "./h2load.ts";
import {
  type GeneratorRequest,
  type GeneratorResult,
  runGenerator,
} from "./load_generator.ts";
import type { Running } from "./running.ts";
import { outputOf } from "./servers.ts";
import { SIZES } from "./site.ts";
import { medianOf } from "./statistics.ts";
import { runWrk } from "./wrk.ts";

/** What was found. */
export interface Latency {
  /** Requests a second. */
  readonly rate: number;
  readonly rounds: number;
  /** By generator and by server. */
  readonly generators: Readonly<
    Record<string, Readonly<Record<string, LatencyOf>>>
  >;
}

/** Medians over the rounds, in microseconds. */
export interface LatencyOf {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly errors: number;
  /** Share of the time in which the generator itself did not run. */
  readonly stalled: number;
  readonly samples: readonly GeneratorResult[];
}

/** How it is measured. */
export interface LatencyOptions {
  readonly rounds: number;
  readonly seconds: number;
  /** What the first server can do at most; 0 to find out. */
  readonly most: number;
  readonly progress: (text: string) => void;
}

const PATH = "/10KB.bin";
const CONNECTIONS = 64;
const TRIES = 3;

type Generator = (request: GeneratorRequest) => Promise<GeneratorResult>;

/** Measures all servers at half of what the first of them can do. */
export async function measureLatency(
  servers: readonly Running[],
  options: LatencyOptions,
): Promise<Latency | null> {
  const [first] = servers;
  if (first === undefined) return null;
  const most = options.most || await findMost(first);
  const rate = Math.floor(most / 2);
  const own: readonly (readonly [string, Generator])[] = [
    ["even times", runGenerator],
  ];
  const generators: typeof own = await outputOf("which", ["h2load"]) === null
    ? own
    : [["h2load", runH2load], ...own];
  const samples = new Map<string, Map<string, GeneratorResult[]>>();
  for (let round = 1; round <= options.rounds; round++) {
    options.progress(`latency: round ${round} of ${options.rounds}`);
    // Nobody is always the first.
    const turn = round % servers.length;
    for (const server of [...servers.slice(turn), ...servers.slice(0, turn)]) {
      for (const [generator, run] of generators) {
        const of = samples.get(generator) ?? new Map();
        samples.set(generator, of);
        const sample = await run({
          port: server.address.port,
          method: "GET",
          path: PATH,
          rate,
          seconds: options.seconds,
          connections: CONNECTIONS,
          bodyBytes: SIZES["10KB"] ?? NaN,
        });
        of.set(server.name, [...of.get(server.name) ?? [], sample]);
      }
    }
  }
  options.progress("");
  const found = [...samples].map(([generator, of]) => {
    const all = servers.map((
      { name },
    ) => [name, toLatencyOf(of.get(name) ?? [])]);
    return [generator, Object.fromEntries(all)];
  });
  return {
    rate,
    rounds: options.rounds,
    generators: Object.fromEntries(found),
  };
}

async function findMost({ address }: Running): Promise<number> {
  const rates: number[] = [];
  for (let i = 0; i < TRIES; i++) {
    const { requests, seconds } = await runWrk(address, {
      kind: "same",
      method: "GET",
      path: PATH,
      headers: {},
      seconds: 1,
      connections: CONNECTIONS,
    });
    rates.push(requests / seconds);
  }
  return medianOf(rates);
}

function toLatencyOf(samples: readonly GeneratorResult[]): LatencyOf {
  const median = (of: "p50" | "p90" | "p99") =>
    medianOf(samples.map(({ latency }) => latency[of]));
  return {
    p50: median("p50"),
    p90: median("p90"),
    p99: median("p99"),
    errors: samples.reduce((sum, { errors }) => sum + errors, 0),
    stalled: medianOf(
      samples.map(({ stalledMs, seconds }) => stalledMs / seconds / 1000),
    ),
    samples,
  };
}
