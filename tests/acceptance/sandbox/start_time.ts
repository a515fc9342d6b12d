/**
 * What starting once more costs: from the command to the first answer, under
 * plain `-A`, with `--no-sandbox`, and for Python's server, one after another.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { freePort, MAIN } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { waitForRefusal } from "../../cli/_command.ts";

const ROUNDS = 31;
const ADDED_MS = 30;

/** Programs and their arguments for a port and a folder. */
type Start = (port: number, directory: string) => [string, ...string[]];

const deno = (...args: string[]): Start => (port, directory) => [
  Deno.execPath(),
  "run",
  "-A",
  MAIN,
  "-qb127.0.0.1",
  String(port),
  directory,
  ...args,
];

const STARTS: Readonly<Record<string, Start>> = {
  "-A": deno(),
  "-A --no-sandbox": deno("--no-sandbox"),
  "python3": (port, directory) => [
    "python3",
    "-m",
    "http.server",
    "-b127.0.0.1",
    `-d${directory}`,
    String(port),
  ],
};

await acceptance(
  `starting again adds at most ${ADDED_MS} ms to the first answer, medians of ${ROUNDS} interleaved starts`,
  async () => {
    await using tree = await makeTree({ "a.txt": "a" });
    const times = new Map<string, number[]>();
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [name, start] of Object.entries(STARTS)) {
        const took = await measure(start, tree.path);
        // The first one fills caches.
        if (round > 0) times.set(name, [...times.get(name) ?? [], took]);
      }
    }
    const [again, alone, python] = Object.keys(STARTS)
      .map((name) => medianOf(times.get(name) ?? []));
    const added = (again ?? NaN) - (alone ?? NaN);
    return {
      holds: added <= ADDED_MS,
      figure: `${added.toFixed(1)} ms: ${again?.toFixed(0)} ms, with ` +
        `--no-sandbox ${alone?.toFixed(0)} ms, python3 -m http.server ` +
        `${python?.toFixed(0)} ms`,
    };
  },
);

/** Milliseconds from the start to the first bytes of an answer. */
async function measure(start: Start, directory: string): Promise<number> {
  const port = freePort();
  const [program, ...args] = start(port, directory);
  const before = performance.now();
  const child = new Deno.Command(program, {
    args,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    await firstAnswer(port);
    return performance.now() - before;
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await waitForRefusal({ hostname: "127.0.0.1", port });
  }
}

async function firstAnswer(port: number): Promise<void> {
  const request = "GET /a.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    try {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port });
      await connection.write(new TextEncoder().encode(request));
      if (await connection.read(new Uint8Array(64)) !== null) return;
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error("No answer");
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
