/**
 * How fast a small file is answered while something else goes on.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";

import type { Address } from "../../_support/raw.ts";
import { median, pause, waitUntil } from "./_wait.ts";

/** The probe's first answers pay for its own start. */
const WARM_UP = 10;
const PROGRAM = fromFileUrl(new URL("./_latency_probe.ts", import.meta.url));

/** Milliseconds that answers took. */
export interface Latency<T> {
  /** What the work gave. */
  readonly result: T;
  /** While the work went on. */
  readonly times: readonly number[];
  /** In the second before: what this machine does to an idle server. */
  readonly idle: readonly number[];
}

/** Runs the work and measures, from another process, the answers meanwhile. */
export async function latencyDuring<T>(
  address: Address,
  target: string,
  work: () => Promise<T>,
): Promise<Latency<T>> {
  const { hostname, port } = address;
  await using child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", PROGRAM, hostname, String(port), target],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let printed = "";
  const decoder = new TextDecoder();
  const reading = (async () => {
    for await (const chunk of child.stdout) printed += decoder.decode(chunk);
  })();
  if (!await waitUntil(() => printed.includes("\n"), 10_000)) {
    throw new Error("The small file is not answered at all");
  }
  await waitUntil(() => count() > WARM_UP, 10_000);
  await pause(1000);
  const before = count();

  const result = await work();

  await child.stdin.close();
  const [status] = await Promise.all([child.status, reading]);
  if (!status.success) throw new Error("A small file was not answered");
  const times = printed.trimEnd().split("\n").map(Number);
  return {
    result,
    times: times.slice(before),
    idle: times.slice(WARM_UP, before),
  };

  function count(): number {
    return printed.split("\n").length - 1;
  }
}

/** Figures for people: how many, the middle one and the longest. */
export function describeLatency(latency: Latency<unknown>): string {
  const { times, idle } = latency;
  return `${times.length} small files meanwhile, ${
    median(times).toFixed(1)
  } ms (median), ${Math.max(...times).toFixed(1)} ms (longest; ${
    Math.max(...idle).toFixed(1)
  } ms while nothing else went on)`;
}
