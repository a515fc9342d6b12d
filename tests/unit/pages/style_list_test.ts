import { assertEquals, assertStringIncludes } from "@std/assert";

import { GROUP_ROWS } from "../../../lib/pages/listing_rows.ts";
import { LIST_STYLE } from "../../../lib/pages/style_list.ts";

Deno.test("LIST_STYLE reserves the room of a group", () => {
  assertStringIncludes(LIST_STYLE, `auto calc(${GROUP_ROWS} * var(--row))`);
});

Deno.test("LIST_STYLE prints every row", () => {
  const print = LIST_STYLE.slice(LIST_STYLE.indexOf("@media print"));

  assertEquals(print.includes("content-visibility: visible"), true);
});
