import { assert } from "@std/assert";

import { TARGET_BYTES_MAX } from "../../../lib/http/limits.ts";
import { PICKS_PART } from "../../../lib/pages/script_picks.ts";
import { runPart } from "./_script_part.ts";

Deno.test("the script sends no selection that the server would refuse for its length", () => {
  const { TARGET_LENGTH_MAX } = runPart(PICKS_PART, ["TARGET_LENGTH_MAX"], {
    $: () => null,
  });

  // And "archive=tar.gz" besides the names.
  assert(TARGET_LENGTH_MAX + 100 < TARGET_BYTES_MAX);
});
