import { assert, assertEquals } from "@std/assert";

import { loadFolders } from "../../lib/answer_parts.ts";
import { loadRest } from "../../lib/answer_rest.ts";

const notNow = () => Promise.resolve(false);

Deno.test("loadRest() loads what folders are shown with, unless none is shown", async () => {
  await loadRest({ listing: false }, ".");
  assertEquals(await loadFolders(notNow), null);

  await loadRest({ listing: true }, ".");
  assert(await loadFolders(notNow) !== null);
});
