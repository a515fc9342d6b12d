/**
 * The conformance task: `deno task conformance [--against URL] [--contract]
 * [--summary] [--failed] [TABLE …]`. It puts the wire tables to a server that
 * serves the fixture folder and prints which rows hold.
 *
 * Without `--against` it writes the fixture to a temporary folder and starts
 * this project's server on it, judged by the RFC and by its own contract.
 * `--fixture DIR` only writes the fixture: point a server at `DIR/site`, then
 * run the task `--against` it. Another server is judged by the RFC alone
 * unless `--contract` is given.
 *
 * @module
 */

import { startServer } from "../_support/cli.ts";
import type { Address } from "../_support/raw.ts";
import { makeFixture, writeFixture } from "./fixture.ts";
import { holdsAll, toLines, toTotal } from "./report.ts";
import { runTable, type TableResult } from "./run.ts";
import { TABLES } from "./tables.ts";

const USAGE = `Usage: deno task conformance [OPTIONS] [TABLE ...]

  --against URL   the server to ask; it serves the folder of --fixture
  --fixture DIR   only write the folder to serve, as DIR/site
  --contract      judge --against by this project's own choices as well
  --failed        print only the rows that fail
  --summary       print only the totals of each table

Tables: ${TABLES.map(({ name }) => `"${name}"`).join(", ")}`;

interface Arguments {
  readonly values: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
  readonly tables: readonly string[];
}

const parsed = parse(Deno.args);
if (typeof parsed === "string") {
  print(parsed);
  Deno.exit(2);
}
Deno.exit(await run(parsed));

async function run(args: Arguments): Promise<number> {
  if (args.flags.has("--help")) {
    print(USAGE);
    return 0;
  }
  const folder = args.values.get("--fixture");
  if (folder !== undefined) {
    await Deno.mkdir(folder, { recursive: true });
    const site = await writeFixture(await Deno.realPath(folder));
    print(`Serve this folder, then run the task --against it: ${site}`);
    return 0;
  }
  const against = args.values.get("--against");
  if (against !== undefined) {
    const judgedBy = args.flags.has("--contract") ? "contract" : "rfc";
    return await runAll(args, toAddress(against), judgedBy);
  }
  await using fixture = await makeFixture();
  await using server = await startServer({
    directory: fixture.site,
    args: ["--quiet"],
  });
  return await runAll(args, server, "contract");
}

async function runAll(
  args: Arguments,
  address: Address,
  judgedBy: "contract" | "rfc",
): Promise<number> {
  const show = args.flags.has("--summary")
    ? "totals"
    : args.flags.has("--failed")
    ? "failed"
    : "rows";
  const results: TableResult[] = [];
  for (const table of TABLES) {
    if (args.tables.length > 0 && !args.tables.includes(table.name)) continue;
    const result = await runTable(table, { address, judgedBy });
    results.push(result);
    for (const line of toLines(result, { show })) print(line);
  }
  print(toTotal(results));
  return holdsAll(results) ? 0 : 1;
}

function toAddress(url: string): Address {
  const { hostname, port, protocol } = new URL(url);
  if (protocol !== "http:") {
    throw new SyntaxError(`Cannot ask "${url}": give an http:// address`);
  }
  return {
    hostname: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port || 80),
  };
}

function parse(args: readonly string[]): Arguments | string {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const tables: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--against" || arg === "--fixture") {
      const value = args[++i];
      if (value === undefined) return `Cannot use ${arg}: give a value`;
      values.set(arg, value);
    } else if (/^--(contract|failed|summary|help)$/.test(arg)) {
      flags.add(arg);
    } else if (arg.startsWith("-") || !TABLES.some((t) => t.name === arg)) {
      return `Cannot use "${arg}"\n\n${USAGE}`;
    } else tables.push(arg);
  }
  return { values, flags, tables };
}

function print(line: string): void {
  // deno-lint-ignore no-console -- the report is what the program is for
  console.log(line);
}
