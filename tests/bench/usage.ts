/**
 * What the processes of a server use (Linux): processor time and memory, of
 * one process and all that it has started.
 *
 * @module
 */

import { childrenOf } from "../_support/processes.ts";

/** The kernel's clock tick (`getconf CLK_TCK`), the same on every Linux. */
const TICKS_PER_SECOND = 100;

/** A process and all below it. */
export function treeOf(pid: number): readonly number[] {
  return [pid, ...childrenOf(pid).flatMap(treeOf)];
}

/** Seconds of processor time so far, in the program and in the kernel. */
export function cpuSecondsOf(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const text = Deno.readTextFileSync(`/proc/${pid}/stat`);
    // proc(5): utime and stime are fields 14 and 15, the name ends at ")".
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / TICKS_PER_SECOND;
}

/** Highest resident memory in bytes since {@linkcode forgetPeak}, all added. */
export function peakBytesOf(pids: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of pids) {
    const text = Deno.readTextFileSync(`/proc/${pid}/status`);
    kilobytes += Number(/^VmHWM:\s+(\d+) kB/m.exec(text)?.[1] ?? NaN);
  }
  return kilobytes * 1024;
}

/** Lets the kernel look for the highest memory from now on. */
export function forgetPeak(pids: readonly number[]): void {
  for (const pid of pids) {
    Deno.writeTextFileSync(`/proc/${pid}/clear_refs`, "5\n");
  }
}
