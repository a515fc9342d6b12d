// quick
/**
 * Every feature with exactly the grants that the README names, and with one
 * fewer.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { freePort } from "../../_support/cli.ts";
import { waitUntil } from "../endurance/_wait.ts";
import { type Feature, featuresOf } from "./_features.ts";
import { makePlace } from "./_place.ts";
import { type Outcome, run } from "./_run.ts";
import { readTable } from "./_table.ts";

/** What is said on the log comes a moment after the start page. */
const SAID_MS = 300;

await acceptance(
  "least permissions suffice for everything: each feature works with exactly the grants that the README's table names, and with one fewer a start is refused in one line with that grant, or goes without what is optional",
  runAll,
);

/** How often something was seen. */
interface Count {
  starts: number;
  refused: number;
  less: number;
}

async function runAll(): Promise<Finding> {
  await using place = await makePlace();
  const table = await readTable();
  const features = featuresOf(place);
  const faults: string[] = [];
  const skipped: string[] = [];
  const count: Count = { starts: 0, refused: 0, less: 0 };
  const seen = new Set<string>();
  for (const feature of features) {
    const rows = [...table].filter(([cell]) => cell.includes(feature.row));
    const [row] = rows;
    if (row === undefined || rows.length > 1) {
      faults.push(`${feature.name}: ${rows.length} rows of the table`);
      continue;
    }
    seen.add(row[0]);
    if (feature.needsNetwork && place.networkAddress.startsWith("127.")) {
      skipped.push(`${feature.name} skipped: no network here`);
      continue;
    }
    const trial = trialOf(feature, {
      shared: feature.shared ?? place.folder,
      further: row[1].map((grant) => filledIn(grant, feature, place.values)),
    });
    const found = await tryFeature(feature, trial, count);
    faults.push(...found.map((fault) => `${feature.name}: ${fault}`));
  }
  for (const cell of table.keys()) {
    if (!seen.has(cell)) faults.push(`nothing tries the row ${cell}`);
  }
  return {
    holds: faults.length === 0,
    figure: [
      `${features.length} features, ${table.size} rows, ${count.starts} starts: ${count.refused} refused by name, ${count.less} were without the feature`,
      ...skipped,
      ...faults.slice(0, 6),
    ].join("; "),
  };
}

/** How a feature is started. */
interface Trial {
  readonly bind: string;
  readonly port: number;
  /** Without these no start goes on. */
  readonly least: readonly string[];
  /** Those that its row names. */
  readonly further: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

function trialOf(
  feature: Feature,
  { shared, further }: { shared: string; further: readonly string[] },
): Trial {
  const bind = feature.bind ?? "127.0.0.1";
  const port = feature.port ?? freePort(bind);
  const isGiven = feature.portArgument !== "left out";
  return {
    bind,
    port,
    least: [`--allow-net=${hostOf(bind)}:${port}`, `--allow-read=${shared}`],
    further,
    args: [
      ...["--bind", bind],
      ...isGiven ? [String(port)] : [],
      shared,
      ...feature.args,
    ],
    env: feature.env?.(port) ?? {},
  };
}

/** The grant with paths and addresses in place of the words in capitals. */
function filledIn(
  grant: string,
  { bind = "127.0.0.1" }: Feature,
  values: Readonly<Record<string, string>>,
): string {
  return grant.replace(
    /(?<==)[A-Z]+\b/,
    (word) => word === "ADDRESS" ? hostOf(bind) : values[word] ?? word,
  );
}

/** Tries it with all grants, and without each one of them. */
async function tryFeature(
  feature: Feature,
  trial: Trial,
  count: Count,
): Promise<string[]> {
  const faults: string[] = [];
  const grants = [...trial.least, ...trial.further];
  using _ = takePort(trial);
  for (const left of [null, ...grants]) {
    await using outcome = await run({
      ...trial,
      grants: grants.filter((grant) => grant !== left),
    });
    count.starts++;
    const isLess = left !== null && feature.missing === "less" &&
      trial.further.includes(left);
    if (left === null) {
      if (!await isWorking(feature, trial, outcome)) {
        faults.push(`does not work with ${said(outcome, grants.join(" "))}`);
      }
    } else if (isLess) {
      count.less++;
      if (await isWorking(feature, trial, outcome)) {
        faults.push(`works without ${left}`);
      }
      if (outcome.code !== null && !isRefused(outcome, "")) {
        faults.push(`ends oddly without ${said(outcome, left)}`);
      }
    } else {
      count.refused++;
      if (!isRefused(outcome, left)) {
        faults.push(`not refused in one line without ${said(outcome, left)}`);
      }
    }
  }
  return faults;
}

/** For what is done where a port is taken. */
function takePort({ bind, port, args }: Trial): Disposable {
  return args.includes(String(port)) || port !== 8000
    ? { [Symbol.dispose]() {} }
    : Deno.listen({ hostname: bind, port });
}

async function isWorking(
  feature: Feature,
  { bind, port }: Trial,
  outcome: Outcome,
): Promise<boolean> {
  if (outcome.code !== null) return false;
  const hostname = bind === "0.0.0.0" ? "127.0.0.1" : bind;
  const address = { hostname, port };
  return await waitUntil(
    () => feature.works({ address, outcome }),
    SAID_MS,
  );
}

function isRefused(outcome: Outcome, grant: string): boolean {
  const line = /^error: [^\n]+\n$/.test(outcome.stderr());
  return outcome.code === 1 && outcome.stdout === "" && line &&
    outcome.stderr().includes(grant);
}

function said(outcome: Outcome, about: string): string {
  return `${about} (${outcome.code ?? "listens"}: ${outcome.stderr().trim()})`;
}

function hostOf(bind: string): string {
  return bind.includes(":") ? `[${bind}]` : bind;
}
