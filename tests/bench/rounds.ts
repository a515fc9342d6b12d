/**
 * The rounds of the benchmark: each kind of work is put to each server in
 * turn, round after round, so that what disturbs the machine for a while
 * disturbs all of them.
 *
 * @module
 */

import { type Checked, checkWork } from "./check.ts";
import { runGenerator } from "./load_generator.ts";
import type { Running } from "./running.ts";
import { medianOf } from "./statistics.ts";
import { cpuSecondsOf, forgetPeak, peakBytesOf } from "./usage.ts";
import type { Work } from "./works.ts";
import { type Load, runWrk } from "./wrk.ts";

/** How long it all takes. */
export interface RoundOptions {
  readonly rounds: number;
  readonly seconds: number;
  /** Told before each round of a work. */
  readonly progress: (text: string) => void;
}

/** What one server did of one work in one round. */
export interface Sample extends Load {
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** What one server made of one work. */
export interface Cell {
  readonly work: string;
  readonly server: string;
  /** Requests a second, or bytes a second, as the work's unit says. */
  readonly perSecond: number;
  readonly cpuMicrosPerRequest: number;
  readonly peakBytes: number;
  /** Bytes of a body over the wire. */
  readonly bodyBytes: number | null;
  /** What is wrong: such a cell has no part in any comparison. */
  readonly fault: string | null;
  /** What is odd, but rare. */
  readonly remark: string | null;
  readonly samples: readonly Sample[];
}

/** All that came of it. */
export interface Rounds {
  readonly cells: readonly Cell[];
  /** By server: lines of the access log for each request, highest memory. */
  readonly servers: Readonly<
    Record<string, { logLinesPerRequest: number; peakBytes: number }>
  >;
}

const CONNECTIONS = 64;
/** Of requests: more broken ones are a fault, fewer a remark. */
const ERRORS_MAX = 0.01;
/** What a head may have at most. */
const HEAD_BYTES_MAX = 2048;
/** A server that used less of a processor in this time has nothing to do. */
const IDLE_MS = 80;
/** Two ticks of the kernel's clock. */
const IDLE_CPU_SECONDS = 0.02;
/** Waiting for a server to be done is given up after this. */
const SETTLE_MS = 20_000;

interface Open {
  readonly work: Work;
  readonly server: Running;
  checked: Checked | null;
  fault: string | null;
  readonly samples: Sample[];
}

interface Tally {
  lines: number;
  requests: number;
  peakBytes: number;
}

/** Runs all rounds. */
export async function runRounds(
  works: readonly Work[],
  servers: readonly Running[],
  site: string,
  options: RoundOptions,
): Promise<Rounds> {
  const open = works.flatMap((work) =>
    servers.filter(({ kind }) => !kind.cannot.includes(work.name))
      .map((server): Open => ({
        work,
        server,
        checked: null,
        fault: null,
        samples: [],
      }))
  );
  const tallies = new Map(
    servers.map(({ name }) => [name, { lines: 0, requests: 0, peakBytes: 0 }]),
  );
  options.progress("checking every answer");
  for (const cell of open) await check(cell, site);
  for (let round = 1; round <= options.rounds; round++) {
    for (const work of works) {
      options.progress(`round ${round} of ${options.rounds}: ${work.label}`);
      const cells = open.filter((cell) => cell.work === work);
      // Nobody is always the first, or always after the same other one.
      const turn = round % Math.max(1, cells.length);
      for (const cell of [...cells.slice(turn), ...cells.slice(0, turn)]) {
        const tally = tallies.get(cell.server.name);
        if (cell.checked === null || tally === undefined) continue;
        await measure(cell, cell.checked, options.seconds, tally);
        // While what was asked for is warm in the server's memory.
        if (round === 1) await check(cell, site);
      }
    }
  }
  options.progress("checking every answer again");
  for (const cell of open) if (cell.fault === null) await check(cell, site);
  options.progress("");
  return { cells: open.map(toCell), servers: toServers(tallies) };
}

async function check(cell: Open, site: string): Promise<void> {
  const { server, work } = cell;
  try {
    const checked = await checkWork(server.address, site, work);
    // The smallest: what is remembered may be packed better than the first.
    cell.checked = {
      ...checked,
      bodyBytes: Math.min(
        checked.bodyBytes,
        cell.checked?.bodyBytes ?? Infinity,
      ),
    };
  } catch (error) {
    cell.checked = null;
    cell.fault = error instanceof Error ? error.message : String(error);
  }
}

async function measure(
  cell: Open,
  checked: Checked,
  seconds: number,
  tally: Tally,
): Promise<void> {
  const { work, server } = cell;
  forgetPeak(server.pids);
  const before = cpuSecondsOf(server.pids);
  const load = await drive(work, server, checked, seconds);
  const cpuSeconds = cpuSecondsOf(server.pids) - before;
  const peakBytes = peakBytesOf(server.pids);
  await settle(server);
  tally.lines += await server.countLogLines();
  tally.requests += load.requests;
  tally.peakBytes = Math.max(tally.peakBytes, peakBytes);
  cell.samples.push({ ...load, cpuSeconds, peakBytes });
  cell.fault ??= faultOf(work, load, checked);
}

/**
 * Waits until a server is done with what its clients no longer wait for: some
 * go on for seconds, at the cost of whoever is measured next.
 */
async function settle({ pids }: Running): Promise<void> {
  const deadline = performance.now() + SETTLE_MS;
  let before = cpuSecondsOf(pids);
  while (performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const now = cpuSecondsOf(pids);
    if (now - before < IDLE_CPU_SECONDS) return;
    before = now;
  }
}

async function drive(
  work: Work,
  { address }: Running,
  checked: Checked,
  seconds: number,
): Promise<Load> {
  const { method, path, kind } = work;
  if (method === "GET") {
    return await runWrk(address, {
      kind: kind === "range" ? "ranges" : kind === "many" ? "many" : "same",
      method,
      path,
      headers: checked.headers,
      seconds,
      connections: CONNECTIONS,
    });
  }
  // wrk waits for a body, which HEAD has not.
  const result = await runGenerator({
    port: address.port,
    method,
    path,
    rate: 0,
    bodyBytes: 0,
    seconds,
    connections: CONNECTIONS,
  });
  const { requests, bytes, errors } = result;
  const took = result.seconds;
  return {
    requests,
    seconds: took,
    bytes,
    errors: { broken: errors },
    refused: 0,
  };
}

/** What shows that a server did not do what it was asked for. */
export function faultOf(
  work: Work,
  load: Load,
  { bodyBytes }: Checked,
): string | null {
  const { requests, bytes, refused } = load;
  const errors = errorsOf(load);
  if (errors > requests * ERRORS_MAX) return `${errors} errors`;
  const due = work.kind === "missing" ? requests : 0;
  if (refused !== due) return `${refused} statuses of 400 and more`;
  if (bytes < requests * bodyBytes) {
    return `${bytes} bytes for ${requests} answers`;
  }
  const most = (requests + CONNECTIONS) *
    // Some compress a little differently each time.
    (bodyBytes * (work.coding === null ? 1 : 1.5) + HEAD_BYTES_MAX);
  return bytes > most ? `${bytes} bytes for ${requests} answers` : null;
}

function errorsOf({ errors }: Load): number {
  return Object.values(errors).reduce((sum, count) => sum + count, 0);
}

function toCell({ work, server, checked, fault, samples }: Open): Cell {
  const bodyBytes = checked?.bodyBytes ?? null;
  const errors = samples.reduce((sum, sample) => sum + errorsOf(sample), 0);
  const isMute = samples.length > 0 &&
    samples.every(({ bytes }) => bytes === 0);
  const answers = (sample: Sample) =>
    // Parts of large answers count: in a second few come whole.
    work.unit === "bytes" && bodyBytes
      ? sample.bytes / bodyBytes
      : sample.requests;
  return {
    work: work.name,
    server: server.name,
    perSecond: medianOf(
      samples.map((sample) =>
        (work.unit === "bytes" ? sample.bytes : sample.requests) /
        sample.seconds
      ),
    ),
    cpuMicrosPerRequest: medianOf(
      samples.map((sample) => sample.cpuSeconds * 1e6 / answers(sample)),
    ),
    peakBytes: Math.max(0, ...samples.map((sample) => sample.peakBytes)),
    bodyBytes,
    fault: fault ?? (isMute ? "no answer" : null),
    remark: errors > 0 ? `${errors} connections broke` : null,
    samples,
  };
}

function toServers(tallies: ReadonlyMap<string, Tally>): Rounds["servers"] {
  return Object.fromEntries(
    [...tallies].map(([name, { lines, requests, peakBytes }]) => [
      name,
      { logLinesPerRequest: lines / requests, peakBytes },
    ]),
  );
}
