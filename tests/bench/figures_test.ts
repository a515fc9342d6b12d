import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
// deno-lint-ignore no-external-import -- a part of the runtime
import { gzipSync } from "node:zlib";

import { makeTree } from "../_support/tree.ts";
import { checkWork } from "./check.ts";
import { parseH2loadLog } from "./h2load.ts";
import { reportBench } from "./report.ts";
import { type Cell, faultOf } from "./rounds.ts";
import { scriptText } from "./script_text.ts";
import { medianOf, percentileOf } from "./statistics.ts";
import { toFigure, toTable } from "./table.ts";
import { type Work, WORKS } from "./works.ts";
import { type Load, parseWrk } from "./wrk.ts";

const LOAD: Load = {
  requests: 1000,
  seconds: 1,
  bytes: 1000 * (1024 + 200),
  errors: { connect: 0, read: 0, write: 0, timeout: 0 },
  refused: 0,
};

function workOf(name: string): Work {
  const work = WORKS.find((each) => each.name === name);
  if (work === undefined) throw new Error(`No work ${name}`);
  return work;
}

Deno.test("medianOf() is the middle of an odd and of an even number", () => {
  assertEquals(medianOf([30, 1, 2]), 2);
  assertEquals(medianOf([4, 1, 3, 2]), 2.5);
});

Deno.test("percentileOf() takes the nearest rank", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

  assertEquals(percentileOf(hundred, 0.99), 99);
  assertEquals(percentileOf(hundred, 1), 100);
  assertEquals(percentileOf([7], 0.5), 7);
});

Deno.test("parseWrk() reads the last line, and nothing else", () => {
  const text = `Running 1s test\n  2 threads\n${JSON.stringify(LOAD)}\n`;

  assertEquals(parseWrk(text), LOAD);
  assertThrows(() => parseWrk("Running 1s test\n"), Error, "said nothing");
});

Deno.test("parseH2loadLog() sorts the times and counts what was not 200", () => {
  const text = "1795259537361474\t200\t922\n1795259537361482\t503\t41\n";

  assertEquals(parseH2loadLog(text), { micros: [41, 922], errors: 1 });
  assertEquals(parseH2loadLog(""), { micros: [], errors: 0 });
});

Deno.test.each([
  ["nothing", {}, null],
  ["broken connections", {
    errors: { ...LOAD.errors, read: 11 },
  }, "11 errors"],
  ["refusals", { refused: 1 }, "1 statuses of 400 and more"],
  ["too few bytes", { bytes: 1000 * 1023 }, "1023000 bytes for 1000 answers"],
  ["too many bytes", { bytes: 1e7 }, "10000000 bytes for 1000 answers"],
] as [string, Partial<Load>, string | null][])(
  "faultOf() finds $0",
  (_, change, fault) => {
    const checked = { bodyBytes: 1024, headers: {} };

    const found = faultOf(workOf("1KB"), { ...LOAD, ...change }, checked);

    assertEquals(found, fault);
  },
);

Deno.test("faultOf() wants all answers to be 404 where nothing is", () => {
  const checked = { bodyBytes: 100, headers: {} };
  const work = workOf("404");

  assertEquals(faultOf(work, { ...LOAD, refused: 1000 }, checked), null);
  assertEquals(
    faultOf(work, { ...LOAD, refused: 999 }, checked),
    "999 statuses of 400 and more",
  );
});

Deno.test("checkWork() finds a body that is not the file", async () => {
  await using tree = await makeTree({ "1KB.bin": "right" });
  const answers = ["right", "wrong", "righ"].values();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(answers.next().value),
  );
  const check = () => checkWork(server.addr, tree.path, workOf("1KB"));
  const faultOfCheck = () =>
    check().then(() => null, (error: Error) => error.message);

  assertEquals((await check()).bodyBytes, 5);
  assertEquals(await faultOfCheck(), "another byte at 0");
  assertEquals(await faultOfCheck(), "4 bytes in place of 5");
});

Deno.test("toTable() lines columns up", () => {
  assertEquals(toTable(["", "nginx"], [["1 KB", "7"], ["a", "12,345"]]), [
    "       nginx",
    "────────────",
    "1 KB       7",
    "a     12,345",
  ]);
});

Deno.test("toFigure() shows three figures that count", () => {
  assertEquals(
    [12_345.6, 99.94, 9.994, 0.05, NaN].map(toFigure),
    ["12,346", "99.9", "9.99", "0.05", "?"],
  );
});

Deno.test("reportBench() does not compare with a server that was wrong", () => {
  const cell: Cell = {
    work: "1KB",
    server: "serve",
    perSecond: 1000,
    cpuMicrosPerRequest: 10,
    peakBytes: 50e6,
    bodyBytes: 1024,
    fault: null,
    remark: null,
    samples: [],
  };
  const other = { ...cell, server: "nginx", fault: "7 errors" };

  const report = reportBench({
    machine: {},
    servers: [cell, other].map(({ server }) => ({ name: server, command: "" })),
    missing: [],
    rounds: { cells: [cell, other], servers: {} },
    latency: null,
    starts: null,
  }).join("\n");

  assertStringIncludes(report, "1 KB  1,000  wrong");
  assertStringIncludes(report, "1KB, nginx: not counted, 7 errors");
});

Deno.test("scriptText() is the same each time and packs like real code", () => {
  const text = scriptText(204_800);
  const packed = gzipSync(text, { level: 6 }).length;

  assertEquals(text, scriptText(204_800));
  assertEquals(text.length, 204_800);
  assertEquals(Math.round(10 * text.length / packed) / 10, 3.8);
});
