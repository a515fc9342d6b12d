import { assert, assertMatch } from "@std/assert";

import { GRID_SCRIPT } from "../../../lib/pages/script_grid.ts";

Deno.test("GRID_SCRIPT is one block, which leaves no name behind", () => {
  new Function(`"use strict"; ${GRID_SCRIPT}`);

  assert(
    GRID_SCRIPT.trim().startsWith("{") && GRID_SCRIPT.trim().endsWith("}"),
  );
});

Deno.test("GRID_SCRIPT says what limits the pictures", () => {
  assertMatch(GRID_SCRIPT, /MOST_BYTES = 4194304;/);
  assertMatch(GRID_SCRIPT, /AT_ONCE = 4;/);
});
