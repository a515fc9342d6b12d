/**
 * How long work holds the event loop, measured inside of it and outside.
 *
 * @module
 */

import { type Address, writeAll } from "../../_support/raw.ts";
import { pause } from "../endurance/_wait.ts";

const process = (await import("node:process")).default;

const REQUEST = new TextEncoder().encode(
  "GET /small.bin HTTP/1.1\r\nHost: localhost\r\n\r\n",
);

/**
 * Milliseconds of processor time between two turns of this process's loop while
 * the work goes on. A clock would also count what other processes do.
 */
export async function holdsDuring(
  work: () => Promise<void>,
): Promise<number[]> {
  const holds: number[] = [];
  let isOver = false;
  const working = work().finally(() => {
    isOver = true;
  });
  let last = process.cpuUsage();
  while (!isOver) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    const { user, system } = process.cpuUsage(last);
    holds.push((user + system) / 1_000);
    last = process.cpuUsage();
  }
  await working;
  return holds;
}

/**
 * Milliseconds until a small file came, asked for again and again over one
 * connection while the work goes on.
 */
export async function answersDuring(
  address: Address,
  work: () => Promise<void>,
): Promise<number[]> {
  using connection = await Deno.connect(address);
  const buffer = new Uint8Array(65_536);
  const times: number[] = [];
  let isOver = false;
  const working = work().finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const started = performance.now();
    await writeAll(connection, REQUEST);
    // It fits into one segment.
    if (await connection.read(buffer) === null) throw new Error("It left");
    times.push(performance.now() - started);
    await pause(2);
  }
  await working;
  return times;
}

/** The value below which a share of all values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? NaN;
}
