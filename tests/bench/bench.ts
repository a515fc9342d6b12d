/**
 * All of the benchmark, as the task and the acceptance program run it.
 *
 * @module
 */

import { type Latency, measureLatency } from "./latency.ts";
import { type Rounds, runRounds } from "./rounds.ts";
import { type Running, startRunning } from "./running.ts";
import { OURS, SERVERS } from "./servers.ts";
import { makeSite } from "./site.ts";
import { measureStarts, type StartTimes } from "./start_times.ts";
import { WORKS } from "./works.ts";

/** What is measured besides the works. */
export const EXTRAS = ["p99", "start"] as const;

/** What is measured, and for how long. */
export interface BenchOptions {
  readonly size: "standard" | "full";
  /** Rounds of works and of latency; `null` for what the size says. */
  readonly rounds: number | null;
  /** Names of works and extras; `null` for all. */
  readonly only: readonly string[] | null;
  /** Names of servers; `null` for all. */
  readonly servers: readonly string[] | null;
  readonly progress: (text: string) => void;
}

/** All that was found. */
export interface BenchResult {
  readonly machine: Readonly<Record<string, string>>;
  /** Those that were there, in order, and how they were started. */
  readonly servers: readonly { name: string; command: string }[];
  /** Why others are not there. */
  readonly missing: readonly string[];
  readonly rounds: Rounds;
  readonly latency: Latency | null;
  readonly starts: StartTimes | null;
}

const SIZES_OF_RUN = {
  standard: { rounds: 5, seconds: 1, latencySeconds: 3, starts: 15 },
  full: { rounds: 7, seconds: 3, latencySeconds: 5, starts: 31 },
} as const;

/** Starts the servers, measures, and stops them. */
export async function runBench(options: BenchOptions): Promise<BenchResult> {
  const { progress, only } = options;
  const size = SIZES_OF_RUN[options.size];
  const rounds = options.rounds ?? size.rounds;
  const isWanted = (name: string) => only?.includes(name) ?? true;
  progress("writing the files to serve");
  await using site = await makeSite();
  await using stack = new AsyncDisposableStack();
  const servers: Running[] = [];
  const missing: string[] = [];
  for (const kind of SERVERS) {
    if (!(options.servers?.includes(kind.name) ?? true)) continue;
    progress(`starting ${kind.name}`);
    try {
      const server = await startRunning(kind, site.path);
      if (server === null) missing.push(`${kind.name} is not installed`);
      else servers.push(stack.use(server));
    } catch (error) {
      // Another version of a peer may not know what it is told.
      if (kind.name === OURS || !(error instanceof Error)) throw error;
      missing.push(error.message.trimEnd());
    }
  }
  const works = WORKS.filter(({ name }) => isWanted(name));
  const { seconds, latencySeconds } = size;
  const run = { rounds, seconds, progress };
  const result = await runRounds(works, servers, site.path, run);
  const most = result.cells.find(({ work, server, fault }) =>
    work === "10KB" && server === OURS && fault === null
  );
  const latency = isWanted("p99")
    ? await measureLatency(
      servers.filter(({ name }) => name === OURS || name === "nginx"),
      { rounds, seconds: latencySeconds, most: most?.perSecond ?? 0, progress },
    )
    : null;
  const starts = isWanted("start")
    ? await measureStarts(site.path, { rounds: size.starts, progress })
    : null;
  return {
    machine: describeMachine(),
    servers: servers.map(({ name, command }) => ({ name, command })),
    missing,
    rounds: result,
    latency,
    starts,
  };
}

function describeMachine(): BenchResult["machine"] {
  const info = Deno.readTextFileSync("/proc/cpuinfo");
  return {
    when: new Date().toISOString(),
    cpu: /^model name\s*: (.*)$/m.exec(info)?.[1] ?? "?",
    cores: `${navigator.hardwareConcurrency} cores`,
    memory: `${Math.round(Deno.systemMemoryInfo().total / 1e9)} GB`,
    system: `${Deno.build.os} ${Deno.osRelease()} ${Deno.build.arch}`,
    deno: `deno ${Deno.version.deno}`,
    load: "load " + Deno.loadavg().map((load) => load.toFixed(1)).join(" "),
  };
}
