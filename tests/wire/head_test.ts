/**
 * HEAD beside GET for every row of the wire tables, against the handler in
 * this process.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { serveLocally } from "../_support/server.ts";
import { makeFixture } from "../conformance/fixture.ts";
import { HEAD, HEAD_MATRIX } from "../conformance/head.ts";
import { listFailures, runTable } from "../conformance/run.ts";

for (const table of [HEAD, HEAD_MATRIX]) {
  Deno.test(`every row of the table "${table.name}" holds`, async () => {
    await using fixture = await makeFixture();
    await using server = await serveLocally(fixture.site);

    // Every 5th row of the matrix; the acceptance program runs all.
    const result = await runTable(table, {
      address: server,
      judgedBy: "contract",
      every: 5,
    });

    assertEquals(listFailures(result), []);
  });
}
