import { assertEquals } from "@std/assert";

import { createIncidentReport } from "../../../lib/server/incident_report.ts";
import { replace } from "../disk/_replace.ts";

const ERROR = new Error("Http: Too many open files\n(os error 24)");

function setUp() {
  let now = 0;
  const replaced = replace(performance, "now", () => now);
  const lines: string[] = [];
  return {
    report: createIncidentReport((line) => void lines.push(line)),
    lines,
    pass: (ms: number) => void (now += ms),
    [Symbol.dispose]: () => replaced[Symbol.dispose](),
  };
}

Deno.test("createIncidentReport() writes one line of everything", () => {
  using test = setUp();

  test.report.accepting(ERROR);
  test.report.listening("no Error");
  test.report.cut(1);

  assertEquals(test.lines, [
    "accepting connections failed (Http: Too many open files (os error 24)); listening again",
    "listening again failed (no Error)",
    "cut 1 download: most clients did not read, and others waited",
  ]);
});

Deno.test("createIncidentReport() writes each kind once a minute", () => {
  using test = setUp();
  const counts: number[] = [];

  for (const ms of [0, 59_999, 1]) {
    test.pass(ms);
    test.report.accepting(ERROR);
    test.report.cut(7);
    counts.push(test.lines.length);
  }

  assertEquals(counts, [2, 2, 4]);
});

Deno.test("createIncidentReport() does not speak of nothing", () => {
  using test = setUp();

  test.report.cut(0);
  test.report.cut(2);

  assertEquals(test.lines, [
    "cut 2 downloads: most clients did not read, and others waited",
  ]);
});
