// quick
/**
 * The range table, its parts compared with the bytes of the whole; and HEAD
 * beside the unranged GET for every row of the path, method, precondition and
 * range tables.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { startServer } from "../../_support/cli.ts";
import { makeFixture } from "../../conformance/fixture.ts";
import { HEAD } from "../../conformance/head.ts";
import { RANGES } from "../../conformance/ranges.ts";
import { toFailures, toTotal } from "../../conformance/report.ts";
import { runTable } from "../../conformance/run.ts";

const LEAST_ROWS = 60;

await using fixture = await makeFixture();
await using server = await startServer({
  directory: fixture.site,
  args: ["--quiet"],
});

for (
  const [line, table] of [
    ["range rows; parts equal the bytes of the whole", RANGES],
    ["HEAD headers equal those of the unranged GET", HEAD],
  ] as const
) {
  await acceptance(line, async () => {
    const result = await runTable(table, {
      address: server,
      judgedBy: "contract",
    });
    const total = toTotal([result]);
    const holds = result.held === result.rows.length &&
      result.rows.length >= LEAST_ROWS;
    return {
      holds,
      figure: holds ? total : `${total}; ${toFailures([result])}`,
    };
  });
}
