/**
 * How soon an executable answers, beside Python's server, and how large it is.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { freePort } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { timeToFirstAnswer } from "../../bench/first_answer.ts";
import { medianOf } from "../../bench/statistics.ts";
import { build, COMPILER } from "../../executable/_build.ts";

const ROUNDS = 15;
const RATIO_MAX = 1.2;
const SIZE_MAX_BYTES = 110e6;

if (COMPILER === undefined) {
  // deno-lint-ignore no-console -- why there is no figure
  console.log("FAIL executable: DENO_COMPILE is not set, see .ci/denort.sh");
  Deno.exit(1);
}
await using executable = await build();

await acceptance(
  `an executable of at most ${SIZE_MAX_BYTES / 1e6} MB`,
  async () => {
    const { size } = await Deno.stat(executable.path);
    return {
      holds: size <= SIZE_MAX_BYTES,
      figure: `${(size / 1e6).toFixed(1)} MB`,
    };
  },
);

await acceptance(
  `from start to first answer at most ${RATIO_MAX} times as long as ` +
    `python3 -m http.server, medians of ${ROUNDS} interleaved starts`,
  async () => {
    await using tree = await makeTree({ "a.txt": "a" });
    const ours: number[] = [];
    const python: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const port = freePort();
      const own = await startOf([
        executable.path,
        "-qb127.0.0.1",
        String(port),
        tree.path,
      ], port);
      const other = freePort();
      const its = await startOf([
        "python3",
        "-m",
        "http.server",
        "-b127.0.0.1",
        `-d${tree.path}`,
        String(other),
      ], other);
      // The first one fills caches.
      if (round === 0) continue;
      ours.push(own);
      python.push(its);
    }
    const ratio = medianOf(ours) / medianOf(python);
    return {
      holds: ratio <= RATIO_MAX,
      figure: `${ratio.toFixed(2)}: ${medianOf(ours).toFixed(0)} ms and ` +
        `${medianOf(python).toFixed(0)} ms`,
    };
  },
);

function startOf(command: readonly string[], port: number): Promise<number> {
  return timeToFirstAnswer({ command, port, target: "/a.txt" });
}
