/**
 * Puts the wire tables to this project's server, with the least permissions,
 * and to nginx, caddy, http-server and Python's server, all on the same
 * folder. Ours must hold every row, its own contract included; the table at
 * the end is the README's, where all are judged by the RFC alone.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { startServer } from "../../_support/cli.ts";
import type { Address } from "../../_support/raw.ts";
import { makeFixture } from "../../conformance/fixture.ts";
import { PEERS, startPeer } from "../../conformance/peers.ts";
import {
  type Compared,
  holdsAll,
  toFailures,
  toMarkdown,
  toTotal,
} from "../../conformance/report.ts";
import { runTable, type TableResult } from "../../conformance/run.ts";
import { TABLES } from "../../conformance/tables.ts";

await using fixture = await makeFixture();
const compared: Compared[] = [];

await acceptance(
  "conformance: every row holds, contract included",
  async () => {
    await using server = await startServer({ directory: fixture.site });
    const results = await runTables(server, "contract");
    compared.push({ name: "serve", results: await runTables(server, "rfc") });
    return {
      holds: holdsAll(results),
      figure: holdsAll(results)
        ? toTotal(results)
        : `${toTotal(results)}; ${toFailures(results)}`,
    };
  },
);

await acceptance("conformance: beside other servers", async () => {
  const missing: string[] = [];
  for (const kind of PEERS) {
    await using peer = await startPeer(kind, fixture.site);
    if (peer === null) missing.push(kind.name);
    else {
      const results = await runTables(peer.address, "rfc");
      compared.push({ name: kind.name, results });
    }
  }
  const totals = compared.map(({ name, results }) =>
    `${name} ${toTotal(results)}`
  );
  const notes = missing.map((name) => `${name} is not installed`);
  const [ours] = compared;
  return {
    holds: missing.length === 0 && ours !== undefined &&
      holdsAll(ours.results),
    figure: [...totals, ...notes].join("; "),
  };
});

// deno-lint-ignore no-console -- the table is what the program is for
console.log(`\n${toMarkdown(compared).join("\n")}`);

async function runTables(
  address: Address,
  judgedBy: "contract" | "rfc",
): Promise<TableResult[]> {
  const results: TableResult[] = [];
  for (const table of TABLES) {
    results.push(await runTable(table, { address, judgedBy }));
  }
  return results;
}
