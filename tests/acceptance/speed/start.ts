/**
 * What our server adds to the start of the runtime: from the command to the
 * first answer, beside the smallest program there is with the same flags.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { makeTree } from "../../_support/tree.ts";
import { OURS } from "../../bench/servers.ts";
import { BARE, measureStarts } from "../../bench/start_times.ts";

const ADDED_MS = 25;
const ROUNDS = 31;

await acceptance(
  `the first answer within ${ADDED_MS} ms of a bare Deno.serve with the same flags, medians of ${ROUNDS} interleaved starts`,
  async () => {
    await using tree = await makeTree({ "1KB.bin": "a" });
    const times = await measureStarts(tree.path, {
      rounds: ROUNDS,
      progress: () => {},
    });
    const msOf = (name: string) => times[name]?.medianMs ?? NaN;
    const added = msOf(OURS) - msOf(BARE);
    const all = Object.entries(times)
      .map(([name, { medianMs }]) => `${name} ${medianMs.toFixed(0)} ms`);
    return {
      holds: added <= ADDED_MS,
      figure: `${added.toFixed(1)} ms: ${all.join(", ")}`,
    };
  },
);
