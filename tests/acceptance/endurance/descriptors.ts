/**
 * With more half-open connections than descriptors the server goes on: it
 * answers, finishes what it has begun, and lives.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { type Server, startServer } from "../../_support/cli.ts";
import { rawRequest, writeAll } from "../../_support/raw.ts";
import { makeTree, type Tree } from "../../_support/tree.ts";
import { isAt, LARGE_BYTES, makeContent } from "./_content.ts";
import { openDownload } from "./_download.ts";
import { median, pause } from "./_wait.ts";

const RUNS = 20;
const HALF_OPEN = 300;
const REQUESTS = 10;
/** How long a request may be tried again after a refusal. */
const RETRY_MS = 1000;
/** How long one try may take: a server that hangs is no server. */
const ANSWER_MS = 5000;

/** What one run showed. */
interface Run {
  /** Milliseconds that each ordinary request took, its tries included. */
  readonly answered: readonly number[];
  readonly retries: number;
  readonly faults: readonly string[];
  /** Milliseconds of the whole download. */
  readonly downloadMs: number;
}

const content = makeContent(LARGE_BYTES);

for (const limit of [256, 64]) {
  await acceptance(
    `ulimit -n ${limit}, ${HALF_OPEN} connections that send half a request line, one throttled 100 MB download under way: the next ten ordinary requests are answered, the download completes, the process lives; ${RUNS} runs`,
    () => runAll(limit),
  );
}

async function runAll(limit: number): Promise<Finding> {
  await using tree = await makeTree({ "small.txt": "small" });
  await Deno.writeFile(tree.at("large.bin"), content);
  const runs: Run[] = [];
  for (let i = 0; i < RUNS; i++) runs.push(await runOnce(tree, limit));

  const good = runs.filter((run) => run.faults.length === 0).length;
  const times = runs.flatMap((run) => run.answered);
  const retries = runs.reduce((sum, run) => sum + run.retries, 0);
  return {
    holds: good === RUNS,
    figure: [
      `${good} of ${RUNS} runs`,
      `answered in ${median(times).toFixed(1)} ms (median), ${
        Math.max(...times).toFixed(0)
      } ms (longest), ${retries} tries again in ${RUNS * REQUESTS} requests`,
      `download in ${
        (median(runs.map((run) => run.downloadMs)) / 1000).toFixed(1)
      } s (median)`,
      ...runs.flatMap((run) => run.faults).slice(0, 5),
    ].join("; "),
  };
}

async function runOnce(tree: Tree, limit: number): Promise<Run> {
  await using server = await startServer({
    directory: tree.path,
    // The runtime raises the soft limit to the hard one, so both are set.
    prefix: ["prlimit", `--nofile=${limit}:${limit}`],
  });
  const faults: string[] = [];
  const attack: Deno.Conn[] = [];
  const pace = { bytesPerSecond: 4e6 };
  const begun = performance.now();
  const download = throttledDownload(server, pace, faults);
  await pause(300);

  let retries = 0;
  const answered: number[] = [];
  try {
    await openHalf(server, attack);
    for (let i = 0; i < REQUESTS; i++) {
      const started = performance.now();
      retries += await ordinaryRequest(server, faults);
      answered.push(performance.now() - started);
    }
    pace.bytesPerSecond = 25e6;
    await download;
    await checkAlive(server, faults);
  } finally {
    for (const connection of attack) connection.close();
  }
  const downloadMs = performance.now() - begun;
  await ordinaryRequest(server, faults);
  return { answered, retries, faults, downloadMs };
}

/** Connections that send half a request line and then nothing. */
async function openHalf(server: Server, held: Deno.Conn[]): Promise<void> {
  const half = new TextEncoder().encode("GET /sma");
  for (let i = 0; i < HALF_OPEN; i++) {
    const { hostname, port } = server;
    try {
      const connection = await Deno.connect({ hostname, port });
      held.push(connection);
      await writeAll(connection, half);
    } catch { /* refused or shed already: the server may do so */ }
  }
}

/** One ordinary request; says how often it had to be tried again. */
async function ordinaryRequest(
  server: Server,
  faults: string[],
): Promise<number> {
  const started = performance.now();
  for (let retries = 0;; retries++) {
    try {
      const { status, body } = await rawRequest(server, "/small.txt", {
        deadlineMs: ANSWER_MS,
      });
      const text = new TextDecoder().decode(body);
      if (status !== 200 || text !== "small") {
        faults.push(`an ordinary request got ${status} ${text.slice(0, 40)}`);
      }
      return retries;
    } catch (error) {
      if (performance.now() - started > RETRY_MS) {
        faults.push(`an ordinary request failed: ${error}`);
        return retries;
      }
      await pause(20);
    }
  }
}

/** Downloads the large file at a pace and compares every byte. */
async function throttledDownload(
  server: Server,
  pace: { readonly bytesPerSecond: number },
  faults: string[],
): Promise<void> {
  try {
    using download = await openDownload(server, "/large.bin");
    const buffer = new Uint8Array(256 * 1024);
    let received = 0;
    let allowed = 0;
    let last = performance.now();
    while (received < download.length) {
      const now = performance.now();
      allowed += (now - last) / 1000 * pace.bytesPerSecond;
      last = now;
      if (allowed < buffer.length) {
        await pause(10);
        continue;
      }
      const bytes = await download.read(buffer);
      if (bytes === null) break;
      if (!isAt(content, received, bytes)) {
        faults.push(`the download has wrong bytes at ${received}`);
      }
      received += bytes.length;
      allowed -= bytes.length;
    }
    if (received !== LARGE_BYTES) {
      faults.push(`the download ended after ${received} bytes`);
    }
  } catch (error) {
    faults.push(`the download failed: ${error}`);
  }
}

async function checkAlive(server: Server, faults: string[]): Promise<void> {
  const ended = await Promise.race([server.status, pause(100)]);
  if (ended) {
    faults.push(`the process ended: ${server.stderr().slice(-300)}`);
  }
}
