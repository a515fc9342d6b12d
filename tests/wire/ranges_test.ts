/**
 * The range table over a real socket, against the handler in this process.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { serveLocally } from "../_support/server.ts";
import { makeFixture } from "../conformance/fixture.ts";
import { RANGES } from "../conformance/ranges.ts";
import { listFailures, runTable } from "../conformance/run.ts";

Deno.test("every row of the range table holds", async () => {
  await using fixture = await makeFixture();
  await using server = await serveLocally(fixture.site);

  const result = await runTable(RANGES, {
    address: server,
    judgedBy: "contract",
  });

  assert(result.rows.length >= 60, `only ${result.rows.length} rows`);
  assertEquals(listFailures(result), []);
});
