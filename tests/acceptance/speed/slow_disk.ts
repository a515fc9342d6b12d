/**
 * A disk that answers five seconds late: what does not wait for it is answered
 * meanwhile. The calls for one file are delayed by strace, from outside the
 * process.
 *
 * @module
 */

import { join } from "@std/path";

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { type Server, startServer } from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { makeTree } from "../../_support/tree.ts";
import { pause } from "../endurance/_wait.ts";

const DELAY_MS = 5_000;
const LIMIT_MS = 100;

await acceptance(
  `while the disk answers ${DELAY_MS} ms late for one file, other requests are answered within ${LIMIT_MS} ms`,
  measure,
);

async function measure(): Promise<Finding> {
  await using tree = await makeTree({ "slow.txt": "slow", "a.txt": "a" });
  // Younger files are not kept in memory.
  await pause(3_000);
  await using server = await startServer({ directory: tree.path });
  return await measureServer(server, tree.path);
}

async function measureServer(server: Server, folder: string): Promise<Finding> {
  for (let i = 0; i < 5; i++) {
    await rawRequest(server, "/slow.txt");
    await rawRequest(server, "/a.txt");
  }
  using tracer = delay(server.pid, join(folder, "slow.txt"));
  await tracer.ready;
  // Longer than what is known of a disk is trusted.
  await pause(500);
  const late: number[] = [];
  const waiting = Array.from({ length: 3 }, async () => {
    const { ms } = await ask(server, "/slow.txt", "GET");
    late.push(ms);
  });
  const times: number[] = [];
  const statuses = new Set<number>();
  const end = performance.now() + DELAY_MS - 1_000;
  while (performance.now() < end) {
    for (
      const [path, method] of [
        ["/a.txt", "GET"],
        ["/%00", "GET"],
        ["/slow.txt", "OPTIONS"],
      ] as const
    ) {
      const { ms, status } = await ask(server, path, method);
      times.push(ms);
      statuses.add(status);
    }
    await pause(20);
  }
  const isLate = late.length === 0;
  await Promise.all(waiting);
  times.sort((a, b) => a - b);
  const longest = times.at(-1) ?? Infinity;
  const median = times[times.length >> 1] ?? Infinity;
  const shown = [...statuses].sort().join(", ");
  return {
    holds: isLate && longest < LIMIT_MS && shown === "200, 204, 400",
    figure: `${times.length} other requests (${shown}): ${
      median.toFixed(1)
    } ms (median), ${longest.toFixed(1)} ms (longest); requests for that file ${
      late.map((ms) => Math.round(ms)).join(", ")
    } ms`,
  };
}

async function ask(server: Server, path: string, method: string) {
  const start = performance.now();
  const { status } = await rawRequest(server, path, {
    method,
    deadlineMs: 60_000,
  });
  return { status, ms: performance.now() - start };
}

/** Delays every call of a process that names a file. */
function delay(
  pid: number,
  path: string,
): Disposable & { readonly ready: Promise<void> } {
  const calls = "statx,newfstatat,readlink,openat";
  const child = new Deno.Command("strace", {
    args: [
      "-f",
      "-p",
      String(pid),
      "-P",
      path,
      "-e",
      `trace=${calls}`,
      "-e",
      `inject=${calls}:delay_enter=${DELAY_MS * 1_000}`,
      "-o",
      "/dev/null",
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const ready = (async () => {
    const reader = child.stderr.getReader();
    let text = "";
    while (!text.includes("attached")) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`strace ended: ${text.trim()}`);
      text += new TextDecoder().decode(value);
    }
    reader.releaseLock();
  })();
  return {
    ready,
    [Symbol.dispose]() {
      child.kill("SIGINT");
      child.stderr.cancel().catch(() => {});
    },
  };
}
