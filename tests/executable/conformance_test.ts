/**
 * The tables of HTTP, put to the executable.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { startServer } from "../_support/cli.ts";
import { makeFixture } from "../conformance/fixture.ts";
import { PATHS } from "../conformance/paths.ts";
import { RANGES } from "../conformance/ranges.ts";
import { listFailures, runTable } from "../conformance/run.ts";
import { TABLES } from "../conformance/tables.ts";
import { build, COMPILER, WHY_IGNORED } from "./_build.ts";

/** Rows that an older runtime answers in its own way. */
const OF_THE_RUNTIME: readonly string[] = [
  // It refuses them before they reach the program.
  "/\u00fcn\u00efcode.txt",
  "/\u{1f995}.txt",
  "Host: ",
  // It adds a Vary to 200, since it would compress, and none to 304.
  "If-None-Match matches",
  "If-None-Match matches, the range cannot be satisfied",
];

Deno.test({
  name: `the executable holds the tables of HTTP${WHY_IGNORED}`,
  ignore: COMPILER === undefined,
  async fn() {
    await using executable = await build();
    await using fixture = await makeFixture();
    await using server = await startServer({
      directory: fixture.site,
      args: ["--quiet"],
      executable: executable.path,
    });
    const isTested = executable.deno === Deno.version.deno;

    for (const table of isTested ? TABLES : [PATHS, RANGES]) {
      const result = await runTable(table, {
        address: server,
        judgedBy: "contract",
        every: 11,
        isUsed: ({ id }) => isTested || !OF_THE_RUNTIME.includes(id),
      });
      assert(result.rows.length >= 30, `only ${result.rows.length} rows`);
      assertEquals(listFailures(result), [], table.name);
    }
  },
});
