/**
 * The benchmark: `deno task bench [--full] [--only=NAME,…] [--servers=NAME,…]
 * [--rounds=N] [--json=FILE] [--main=FILE]`. It compares our server with
 * others on this machine (Linux), which has `wrk` and at least two cores.
 *
 * @module
 */

import { join } from "@std/path";

import { type BenchOptions, EXTRAS, runBench } from "./bench.ts";
import { reportBench } from "./report.ts";
import { outputOf, SERVERS } from "./servers.ts";
import { WORKS } from "./works.ts";

const WORK_NAMES = [...WORKS.map(({ name }) => name), ...EXTRAS];
const SERVER_NAMES = SERVERS.map(({ name }) => name);
const USAGE = `Usage: deno task bench [OPTIONS]

  --full              rounds of three seconds, and more of them
  --only=NAME,…       of ${WORK_NAMES.join(", ")}
  --servers=NAME,…    of ${SERVER_NAMES.join(", ")}
  --rounds=N          how often each is measured
  --json=FILE         where all figures go (default: a temporary folder)
  --main=FILE         main.ts of another copy of our program to measure`;

Deno.exit(await main());

async function main(): Promise<number> {
  const options = readArguments(Deno.args);
  if (options === null) {
    print(USAGE);
    return 2;
  }
  if (await outputOf("which", ["wrk"]) === null) {
    print("wrk is not installed");
    return 2;
  }
  const result = await runBench(options);
  for (const line of reportBench(result)) print(line);
  const path = valueOf("json") ??
    join(await Deno.makeTempDir({ prefix: "serve_bench_" }), "bench.json");
  await Deno.writeTextFile(path, JSON.stringify(result, null, 1) + "\n");
  print(`\nAll figures: ${path}`);
  return 0;
}

function readArguments(args: readonly string[]): BenchOptions | null {
  const known = /^--(?:full|(?:only|servers|rounds|json|main)=.+)$/;
  if (!args.every((arg) => known.test(arg))) return null;
  const only = valueOf("only")?.split(",") ?? null;
  const servers = valueOf("servers")?.split(",") ?? null;
  const rounds = valueOf("rounds") ?? null;
  if (only?.some((name) => !WORK_NAMES.includes(name))) return null;
  if (servers?.some((name) => !SERVER_NAMES.includes(name))) return null;
  if (rounds !== null && !/^[1-9]\d*$/.test(rounds)) return null;
  return {
    size: args.includes("--full") ? "full" : "standard",
    rounds: rounds === null ? null : Number(rounds),
    only,
    servers,
    progress: showProgress,
  };
}

function valueOf(name: string): string | undefined {
  const prefix = `--${name}=`;
  return Deno.args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
}

function showProgress(text: string): void {
  if (!Deno.stderr.isTerminal()) return;
  Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${text}`));
}

function print(line: string): void {
  // deno-lint-ignore no-console -- the report is what the program is for
  console.log(line);
}
