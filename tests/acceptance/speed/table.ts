/**
 * How fast the server is beside others: all of the benchmark, and whether
 * each claim about it holds. It takes the whole machine for ten minutes.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { runBench } from "../../bench/bench.ts";
import { reportBench } from "../../bench/report.ts";
import { OURS } from "../../bench/servers.ts";
import { CLAIMS, judge, judgeLength, lineOf } from "./_claims.ts";

const MEMORY_BYTES = 200e6;
/** Of nginx's at the same rate. */
const LATENCY_RATIO = 2;

const result = await runBench({
  size: "standard",
  rounds: null,
  only: null,
  servers: null,
  progress: () => {},
});
for (const line of reportBench(result)) {
  // deno-lint-ignore no-console -- the whole table is part of the report
  console.log(line);
}

for (const claim of CLAIMS) {
  await acceptance(lineOf(claim), () => judge(claim, result.rounds));
}
for (const coding of ["gzip", "br", "zstd"]) {
  await acceptance(
    `200 KB script, ${coding}: no longer than nginx's gzip`,
    () => judgeLength(coding, result.rounds),
  );
}
await acceptance(
  `p99 latency of 10 KB at half of our own most: below ${LATENCY_RATIO} × nginx at the same rate`,
  () => {
    const ours = result.latency?.servers[OURS];
    const nginx = result.latency?.servers["nginx"];
    if (ours === undefined || nginx === undefined) {
      return { holds: false, figure: "not measured" };
    }
    const ratio = ours.p99 / nginx.p99;
    return {
      holds: ratio < LATENCY_RATIO && ours.errors === 0,
      figure: `${ratio.toFixed(2)} × (${ours.p99} and ${nginx.p99} µs at ` +
        `${result.latency?.rate} requests a second, ${ours.errors} errors, ` +
        `generator stalled for ${(100 * ours.stalled).toFixed(1)}%)`,
    };
  },
);
await acceptance(
  `memory under all this: below ${MEMORY_BYTES / 1e6} MB`,
  () => {
    const bytes = result.rounds.servers[OURS]?.peakBytes ?? NaN;
    return {
      holds: bytes < MEMORY_BYTES,
      figure: `${Math.round(bytes / 1e6)} MB at most, one process for all`,
    };
  },
);
