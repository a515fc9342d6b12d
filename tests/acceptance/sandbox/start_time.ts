/**
 * What starting once more costs: from the command to the first answer, under
 * plain `-A`, with `--no-sandbox`, and for Python's server, one after another.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { freePort, MAIN } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { timeToFirstAnswer } from "../../bench/first_answer.ts";
import { medianOf } from "../../bench/statistics.ts";

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
        const port = freePort();
        const command = start(port, tree.path);
        const took = await timeToFirstAnswer({
          command,
          port,
          target: "/a.txt",
        });
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
