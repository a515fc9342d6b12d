/**
 * The method table over a real socket, against the handler in this process.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { serveLocally } from "../_support/server.ts";
import { makeFixture } from "../conformance/fixture.ts";
import { METHODS } from "../conformance/methods.ts";
import { listFailures, runTable } from "../conformance/run.ts";

Deno.test("every row of the method table holds", async () => {
  await using fixture = await makeFixture();
  await using server = await serveLocally(fixture.site);

  const result = await runTable(METHODS, {
    address: server,
    judgedBy: "contract",
  });

  assertEquals(listFailures(result), []);
});
