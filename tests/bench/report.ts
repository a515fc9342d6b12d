/**
 * What the benchmark found, as text.
 *
 * @module
 */

import type { BenchResult } from "./bench.ts";
import type { Latency } from "./latency.ts";
import type { Cell, Rounds } from "./rounds.ts";
import { OURS } from "./servers.ts";
import type { StartTimes } from "./start_times.ts";
import { toFigure, toTable } from "./table.ts";
import { type Work, WORKS } from "./works.ts";

const NONE = "–";

/** Everything that a run found. */
export function reportBench(result: BenchResult): string[] {
  const { machine, servers, missing, rounds, latency, starts } = result;
  const works = WORKS.filter(({ name }) =>
    rounds.cells.some(({ work }) => work === name)
  );
  const names = servers.map(({ name }) => name);
  return [
    Object.values(machine).join(", "),
    ...missing.map((reason) => `Left out: ${reason}`),
    ...(works.length === 0 ? [] : reportRounds(rounds, works, names)),
    ...(latency === null ? [] : reportLatency(latency)),
    ...(starts === null ? [] : reportStarts(starts)),
  ];
}

function reportLatency({ rate, generators }: Latency): string[] {
  return Object.entries(generators).flatMap(([generator, servers]) => [
    "",
    `Latency of 10 KB at ${toFigure(rate)} requests a second, microseconds, ` +
    `generator: ${generator}`,
    "",
    ...toTable(
      ["", "p50", "p90", "p99", "errors", "generator stalled"],
      Object.entries(servers).map((
        [name, { p50, p90, p99, errors, stalled }],
      ) => [
        name,
        ...[p50, p90, p99].map(toFigure),
        String(errors),
        `${(100 * stalled).toFixed(1)}%`,
      ]),
    ),
  ]);
}

function reportStarts(starts: StartTimes): string[] {
  return [
    "",
    "From the start to the first answer, milliseconds",
    "",
    ...toTable(
      ["", "median", "least", "most"],
      Object.entries(starts).map(([name, { medianMs, samples }]) => [
        name,
        ...[medianMs, Math.min(...samples), Math.max(...samples)].map(toFigure),
      ]),
    ),
  ];
}

/** The tables of all works, for servers in the order given. */
function reportRounds(
  rounds: Rounds,
  works: readonly Work[],
  servers: readonly string[],
): string[] {
  const cellOf = (work: Work, server: string) =>
    rounds.cells.find((cell) =>
      cell.work === work.name && cell.server === server
    );
  const tableOf = (
    title: string,
    columns: readonly string[],
    figure: (cell: Cell, work: Work) => string,
  ) => [
    "",
    title,
    "",
    ...toTable(
      ["", ...columns],
      works.map((work) => [
        labelOf(work),
        ...columns.map((server) => {
          const cell = cellOf(work, server);
          if (cell === undefined) return NONE;
          return cell.fault === null ? figure(cell, work) : "wrong";
        }),
      ]),
    ),
  ];
  const others = servers.filter((name) => name !== OURS);
  return [
    ...tableOf(
      "Answers a second (medians)",
      servers,
      (cell, work) =>
        toFigure(cell.perSecond / (work.unit === "bytes" ? 1e6 : 1)),
    ),
    ...(servers.includes(OURS)
      ? tableOf(`${OURS} against each (1 is as fast)`, others, (cell, work) => {
        const ours = cellOf(work, OURS);
        return ours === undefined || ours.fault !== null
          ? NONE
          : `${toFigure(ours.perSecond / cell.perSecond)}×`;
      })
      : []),
    ...tableOf(
      "Processor time of the server for an answer, microseconds (medians)",
      servers,
      (cell) => toFigure(cell.cpuMicrosPerRequest),
    ),
    ...tableOf(
      "Highest memory, MB",
      servers,
      (cell) => toFigure(cell.peakBytes / 1e6),
    ),
    "",
    ...toTable(["Over all works", ...servers], [
      [
        "highest memory, MB",
        ...servers.map((name) =>
          toFigure((rounds.servers[name]?.peakBytes ?? NaN) / 1e6)
        ),
      ],
      [
        "log lines an answer",
        ...servers.map((name) =>
          toFigure(rounds.servers[name]?.logLinesPerRequest ?? NaN)
        ),
      ],
    ]),
    ...codedLines(rounds),
    ...remarkLines(rounds),
  ];
}

function labelOf(work: Work): string {
  return work.unit === "bytes" ? `${work.label} (MB/s)` : work.label;
}

function codedLines({ cells }: Rounds): string[] {
  const coded = cells.filter(({ work, fault }) =>
    /^(?:gzip|br|zstd)/.test(work) && fault === null
  );
  if (coded.length === 0) return [];
  const works = [...new Set(coded.map(({ work }) => work))];
  return [
    "",
    "Bytes of the 200 KB script as sent",
    ...works.map((work) =>
      `  ${work}: ` + coded.filter((cell) => cell.work === work)
        .map(({ server, bodyBytes }) => `${server} ${bodyBytes}`).join(", ")
    ),
  ];
}

function remarkLines({ cells }: Rounds): string[] {
  const odd = cells.filter(({ fault, remark }) => fault ?? remark);
  if (odd.length === 0) return [];
  return [
    "",
    "Remarks",
    ...odd.map(({ work, server, fault, remark }) =>
      `  ${work}, ${server}: ${
        fault === null ? remark : `not counted, ${fault}`
      }`
    ),
  ];
}
