/**
 * The precondition tables over a real socket, against the handler in this
 * process.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { serveLocally } from "../_support/server.ts";
import { makeFixture } from "../conformance/fixture.ts";
import { MATRIX } from "../conformance/precondition_matrix.ts";
import { PRECONDITIONS } from "../conformance/preconditions.ts";
import { listFailures, runTable } from "../conformance/run.ts";

for (const table of [PRECONDITIONS, MATRIX]) {
  Deno.test(`every row of the table "${table.name}" holds`, async () => {
    await using fixture = await makeFixture();
    await using server = await serveLocally(fixture.site);

    // Every 5th of 26,950 rows of the matrix; the acceptance program runs all.
    const result = await runTable(table, {
      address: server,
      judgedBy: "contract",
      every: 5,
    });

    assertEquals(listFailures(result), []);
  });
}
