import { assert, assertEquals } from "@std/assert";

import { GROUP_ROWS } from "../../../lib/pages/listing_rows.ts";
import { GRID_STYLE } from "../../../lib/pages/style_grid.ts";

Deno.test("GRID_STYLE loads nothing but data URLs", () => {
  const urls = GRID_STYLE.match(/url\([^)]{0,8}/g) ?? [];

  assert(urls.every((url) => url.startsWith('url("data:')));
  assert(!GRID_STYLE.includes("@import"));
});

Deno.test("GRID_STYLE has every brace closed", () => {
  const count = (brace: string) => GRID_STYLE.split(brace).length - 1;

  assert(count("{") > 10);
  assertEquals(count("{"), count("}"));
});

Deno.test("GRID_STYLE has lines that a group of rows fills", () => {
  const lines = [...GRID_STYLE.matchAll(/--tiles: (\d+)/g)]
    .map(([, tiles]) => GROUP_ROWS % Number(tiles));

  assertEquals(lines, [0, 0]);
  assert(GRID_STYLE.includes(`calc(${GROUP_ROWS} / var(--tiles)`));
});
