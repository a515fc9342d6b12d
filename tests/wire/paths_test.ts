/**
 * The path tables over a real socket, against the handler in this process.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { serveLocally } from "../_support/server.ts";
import { makeTree } from "../_support/tree.ts";
import { makeFixture } from "../conformance/fixture.ts";
import {
  PATH_MATRIX,
  ROOT_NAME,
  treeEntries,
} from "../conformance/path_matrix.ts";
import { PATHS } from "../conformance/paths.ts";
import { listFailures, runTable } from "../conformance/run.ts";

Deno.test("every row of the path table holds", async () => {
  await using fixture = await makeFixture();
  await using server = await serveLocally(fixture.site);

  const result = await runTable(PATHS, {
    address: server,
    judgedBy: "contract",
  });

  assertEquals(listFailures(result), []);
});

Deno.test("spelling × depth × kind × form lead where the rules say", async () => {
  await using tree = await makeTree(treeEntries());
  await using server = await serveLocally(tree.at(ROOT_NAME));

  // Every 7th of 26,208: each spelling, kind and form is met many times.
  const result = await runTable(PATH_MATRIX, {
    address: server,
    judgedBy: "contract",
    every: 7,
  });

  assertEquals(listFailures(result), []);
});
