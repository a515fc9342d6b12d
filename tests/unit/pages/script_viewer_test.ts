import { assert, assertEquals } from "@std/assert";

import { GRID_SCRIPT } from "../../../lib/pages/script_grid.ts";
import { KINDS_SCRIPT } from "../../../lib/pages/script_kinds.ts";
import { VIEWER_SCRIPT } from "../../../lib/pages/script_viewer.ts";
import { squeeze } from "../../../lib/pages/squeeze.ts";
import { GRID_STYLE } from "../../../lib/pages/style_grid.ts";
import { VIEWER_STYLE } from "../../../lib/pages/style_viewer.ts";

const LIMIT_BYTES = 9 * 1_024;
const PARTS = [KINDS_SCRIPT, GRID_SCRIPT, VIEWER_SCRIPT];

Deno.test("VIEWER_SCRIPT and what it needs are one valid script", () => {
  new Function(`"use strict"; ${PARTS.join("\n")}`);
  new Function(`"use strict"; ${squeeze(PARTS.join("\n"))}`);
});

Deno.test("VIEWER_SCRIPT leaves no name behind", () => {
  assert(VIEWER_SCRIPT.startsWith("{\n") && VIEWER_SCRIPT.endsWith("\n}"));
});

Deno.test("VIEWER_SCRIPT never makes markup or code from text", () => {
  const used = PARTS.join("\n").match(
    /\b(?:inner|outer)HTML|insertAdjacent|document\.write|\beval\b|Function\(|srcdoc|DOMParser|createContextualFragment|setAttribute\("(?:on|style|href|src)/g,
  );

  assertEquals(used, null);
});

Deno.test("grid and viewer stay under 9 KB as they are sent", async () => {
  const text = squeeze([...PARTS, GRID_STYLE, VIEWER_STYLE].join("\n"));
  const stream = new Blob([text]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  let length = 0;
  for await (const { byteLength } of stream) length += byteLength;

  assert(length < LIMIT_BYTES, `${length} bytes`);
});
