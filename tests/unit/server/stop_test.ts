import { assertEquals } from "@std/assert";

import {
  stopOnSignals,
  stopSignals,
  waitAtMost,
} from "../../../lib/server/stop.ts";
import { libUrl, startModule } from "../disk/_child.ts";

Deno.test.each<{ os: typeof Deno.build.os; signals: [string, number][] }>([
  {
    os: "linux",
    signals: [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 143]],
  },
  {
    os: "darwin",
    signals: [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 143]],
  },
  { os: "windows", signals: [["SIGINT", 130], ["SIGBREAK", 143]] },
])("stopSignals() on $os", ({ os, signals }) => {
  assertEquals<[string, number][]>([...stopSignals(os)], signals);
});

Deno.test.each<{ about: string; work: () => Promise<unknown> }>([
  { about: "resolves", work: () => Promise.resolve(1) },
  { about: "rejects", work: () => Promise.reject(new Error("x")) },
])("waitAtMost() ends when the work $about", async ({ work }) => {
  // A timer that was left would fail this test.
  await waitAtMost(work(), 3_600_000);
});

Deno.test("waitAtMost() ends when the time is over", async () => {
  await waitAtMost(new Promise(() => {}), 1);
});

/** A process that stops as `stop` says; each step is a line of its output. */
async function startStopping(stop: string) {
  const child = await startModule(`
    import { stopOnSignals } from "${libUrl("server/stop.ts")}";
    // Something has to keep the process alive.
    setInterval(() => {}, 60_000);
    stopOnSignals({ exit: Deno.exit, stop: ${stop} });
    console.log("ready");`);
  const decoder = new TextDecoder();
  const reader = child.stdout.getReader();
  let text = "";
  async function line(expected: string): Promise<void> {
    while (!text.includes(`${expected}\n`)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`No line ${expected}: ${text}`);
      text += decoder.decode(value, { stream: true });
    }
  }
  await line("ready");
  return {
    line,
    kill: (signal: Deno.Signal) => child.kill(signal),
    async end(): Promise<number> {
      await reader.cancel();
      await child.stderr.cancel();
      return (await child.status).code;
    },
  };
}

const STUCK =
  '() => { console.log("stopping"); return new Promise(() => {}); }';

Deno.test.each<{ first: Deno.Signal; second: Deno.Signal; code: number }>([
  { first: "SIGINT", second: "SIGINT", code: 130 },
  { first: "SIGTERM", second: "SIGTERM", code: 143 },
  { first: "SIGHUP", second: "SIGHUP", code: 143 },
  { first: "SIGTERM", second: "SIGINT", code: 130 },
])(
  "stopOnSignals() exits with $code at $second after $first",
  async ({ first, second, code }) => {
    const child = await startStopping(STUCK);

    child.kill(first);
    await child.line("stopping");
    child.kill(second);

    assertEquals(await child.end(), code);
  },
);

Deno.test.each<{ signal: Deno.Signal }>([
  { signal: "SIGINT" },
  { signal: "SIGTERM" },
  { signal: "SIGHUP" },
])("stopOnSignals() exits with 0 when $signal has stopped all", async (row) => {
  const child = await startStopping("() => Promise.resolve()");

  child.kill(row.signal);

  assertEquals(await child.end(), 0);
});

Deno.test("stopOnSignals() exits with 0 when stopping fails too", async () => {
  const child = await startStopping("() => Promise.reject(new Error())");

  child.kill("SIGTERM");

  assertEquals(await child.end(), 0);
});

/** Steps taken when sources give signals: `a INT` is SIGINT from the first. */
function stepsOf(given: readonly string[]): string[] {
  const steps: string[] = [];
  const sources = new Map<string, (signal: Deno.Signal) => void>();
  stopOnSignals({
    stop() {
      steps.push("stop");
      return new Promise(() => {});
    },
    exit: (code) => steps.push(`exit ${code}`),
  }, ["a", "b"].map((name) => (onSignal) => sources.set(name, onSignal)));
  const SIGNALS = { INT: "SIGINT", TERM: "SIGTERM" } as const;
  for (const each of given) {
    const [source = "", signal] = each.split(" ");
    sources.get(source)?.(signal === "INT" ? SIGNALS.INT : SIGNALS.TERM);
  }
  return steps;
}

Deno.test.each<{ given: string[]; steps: string[] }>([
  { given: ["a INT"], steps: ["stop"] },
  { given: ["b TERM"], steps: ["stop"] },
  // One signal that arrives on two ways.
  { given: ["a INT", "b INT"], steps: ["stop"] },
  { given: ["a INT", "b INT", "b INT"], steps: ["stop", "exit 130"] },
  { given: ["b INT", "b TERM"], steps: ["stop", "exit 143"] },
  { given: ["a TERM", "a INT"], steps: ["stop", "exit 130"] },
])("stopOnSignals() with $given does $steps", ({ given, steps }) => {
  assertEquals(stepsOf(given), steps);
});
