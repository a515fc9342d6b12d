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
  `p99 latency of 10 KB at half of our own most, h2load: below ${LATENCY_RATIO} × nginx at the same rate`,
  () => {
    const all = Object.entries(result.latency?.generators ?? {});
    const found = all.map(([generator, servers]) => {
      const ours = servers[OURS];
      const nginx = servers["nginx"];
      const ratio = (ours?.p99 ?? NaN) / (nginx?.p99 ?? NaN);
      return {
        holds: ratio < LATENCY_RATIO && ours?.errors === 0,
        generator,
        figure: `${generator} ${ratio.toFixed(2)} × (${ours?.p99} and ` +
          `${nginx?.p99} µs, ${ours?.errors} errors)`,
      };
    });
    const judged = found.find(({ generator }) => generator === "h2load");
    const figures = found.map(({ figure }) => figure).join("; ");
    return {
      holds: judged?.holds ?? false,
      figure: `${result.latency?.rate} requests a second: ${figures}`,
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
