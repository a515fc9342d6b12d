// quick
/**
 * The precondition matrix: every combination of the five fields, as GET and as
 * HEAD, against an oracle that is written from RFC 9110 sections 13.1 and
 * 13.2.2; and HEAD beside the unranged GET for each of its rows.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { startServer } from "../../_support/cli.ts";
import { makeFixture } from "../../conformance/fixture.ts";
import { HEAD_MATRIX } from "../../conformance/head.ts";
import { MATRIX } from "../../conformance/precondition_matrix.ts";
import { PRECONDITIONS } from "../../conformance/preconditions.ts";
import { holdsAll, toFailures, toTotal } from "../../conformance/report.ts";
import { runTable } from "../../conformance/run.ts";

await using fixture = await makeFixture();
await using server = await startServer({
  directory: fixture.site,
  args: ["--quiet"],
});

for (
  const [line, tables] of [
    ["precondition matrix", [MATRIX, PRECONDITIONS]],
    ["precondition matrix: HEAD beside the unranged GET", [HEAD_MATRIX]],
  ] as const
) {
  await acceptance(line, async () => {
    const results = [];
    for (const table of tables) {
      results.push(
        await runTable(table, { address: server, judgedBy: "contract" }),
      );
    }
    const holds = holdsAll(results);
    const total = toTotal(results);
    return {
      holds,
      figure: holds ? total : `${total}; ${toFailures(results)}`,
    };
  });
}
