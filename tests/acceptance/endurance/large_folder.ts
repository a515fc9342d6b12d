/**
 * A folder of 100,000 entries: whole, in every order and form, in little
 * memory, and without keeping others waiting.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { memoryOf, type Server, startServer } from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { makeTree, OLD } from "../../_support/tree.ts";
import { megabytes } from "./_content.ts";
import { describeLatency, latencyDuring } from "./_latency.ts";
import {
  checkJson,
  checkPage,
  type Facts,
  fetchWhole,
  type Whole,
} from "./_listing.ts";
import { pause } from "./_wait.ts";

const ENTRIES = 100_000;
const FOLDERS = 1000;
const GROWTH_LIMIT = 100e6;
const AT_ONCE = 20;
const AT_ONCE_LIMIT = 400e6;
const LATENCY_LIMIT_MS = 100;

await using tree = await makeTree({ "small.txt": "small", "big/": null });
const facts = makeEntries(tree.at("big"));

await acceptance(
  "a folder of 100,000 entries: the page arrives complete, peak memory grows by less than 100 MB, a small file asked for meanwhile is answered in under 100 ms",
  () => oneRequest("/big/", (whole) => checkPage(whole, facts, "name")),
);
await acceptance(
  "the same sorted by size",
  () =>
    oneRequest("/big/?sort=size", (whole) => checkPage(whole, facts, "size")),
);
await acceptance(
  "the same sorted by time",
  () =>
    oneRequest(
      "/big/?sort=modified",
      (whole) => checkPage(whole, facts, "modified"),
    ),
);
await acceptance(
  "the same as JSON",
  () => oneRequest("/big/?format=json", (whole) => checkJson(whole, facts)),
);
await acceptance(
  `${AT_ONCE} requests for it at once stay below 400 MB`,
  manyRequests,
);

/** Tries again where only the time was wrong: others use this machine too. */
async function oneRequest(
  target: string,
  check: (whole: Whole) => string[],
): Promise<Finding> {
  let tried = await tryOnce(target, check);
  for (let tries = 1; tries < 3 && tried.isLate; tries++) {
    const next = await tryOnce(target, check);
    tried = { ...next, figure: `${next.figure} (before: ${tried.figure})` };
  }
  return tried;
}

async function tryOnce(
  target: string,
  check: (whole: Whole) => string[],
): Promise<Finding & { readonly isLate: boolean }> {
  await using server = await startWarm();
  const before = memoryOf(server.pid).now;
  resetPeak(server.pid);
  const latency = await latencyDuring(
    server,
    "/small.txt",
    () => fetchWhole(`${server.origin}${target}`),
  );
  const growth = memoryOf(server.pid).peak - before;

  const { result } = latency;
  const faults = check(result);
  const isRight = faults.length === 0 && growth < GROWTH_LIMIT;
  const isLate = Math.max(...latency.times) >= LATENCY_LIMIT_MS;
  return {
    holds: isRight && !isLate,
    isLate: isRight && isLate,
    figure: [
      `${megabytes(result.bytes.length)}, first byte after ${
        result.firstByteMs.toFixed(0)
      } ms, whole after ${result.wholeMs.toFixed(0)} ms`,
      `peak memory ${megabytes(before)} + ${megabytes(growth)}`,
      describeLatency(latency),
      ...faults,
    ].join("; "),
  };
}

async function manyRequests(): Promise<Finding> {
  await using server = await startWarm();
  resetPeak(server.pid);
  const latency = await latencyDuring(
    server,
    "/small.txt",
    () =>
      Promise.all(
        Array.from(
          { length: AT_ONCE },
          () => fetchWhole(`${server.origin}/big/`),
        ),
      ),
  );
  const { peak } = memoryOf(server.pid);

  const { result } = latency;
  const faults = result.flatMap((whole) => checkPage(whole, facts, "name"));
  const wholeMs = result.map((whole) => whole.wholeMs);
  return {
    holds: faults.length === 0 && peak < AT_ONCE_LIMIT,
    figure: [
      `peak memory ${megabytes(peak)}`,
      `last page whole after ${Math.max(...wholeMs).toFixed(0)} ms`,
      describeLatency(latency),
      ...faults.slice(0, 3),
    ].join("; "),
  };
}

/** Files with sizes and times of all kinds, and a thousand folders. */
function makeEntries(path: string): Map<string, Facts> {
  const facts = new Map<string, Facts>();
  for (let i = 0; i < ENTRIES; i++) {
    if (i < FOLDERS) {
      const name = `folder ${i}`;
      Deno.mkdirSync(`${path}/${name}`);
      facts.set(name, { size: null, modified: null });
      continue;
    }
    const name = i % 10 === 0 ? `${i} é & "more".txt` : `picture-${i}.jpg`;
    const size = (i * 7919) % 2000;
    const modified = OLD.getTime() + (i * 104_729) % 1_000_000 * 1000;
    Deno.writeTextFileSync(`${path}/${name}`, "x".repeat(size));
    Deno.utimeSync(`${path}/${name}`, modified / 1000, modified / 1000);
    facts.set(name, { size, modified });
  }
  return facts;
}

/** A server whose own start is over. */
async function startWarm(): Promise<Server> {
  const server = await startServer({
    directory: tree.path,
    stderr: "null",
  });
  for (let i = 0; i < 200; i++) await rawRequest(server, "/small.txt");
  await rawRequest(server, "/");
  await rawRequest(server, "/?format=json");
  await pause(3000);
  return server;
}

/** Lets the kernel's record of the highest memory begin again. */
function resetPeak(pid: number): void {
  Deno.writeTextFileSync(`/proc/${pid}/clear_refs`, "5");
}
