import { assert, assertEquals } from "@std/assert";

import { STYLE } from "../../../lib/pages/style.ts";

Deno.test("STYLE loads nothing", () => {
  assert(!/url\(|@import/.test(STYLE));
});

Deno.test("STYLE has every brace closed", () => {
  const count = (brace: string) => STYLE.split(brace).length - 1;

  assertEquals(count("{"), count("}"));
});

Deno.test("STYLE names each colour in each theme", () => {
  const blocks = STYLE.match(/\{\s*color-scheme[^}]*\}/g) ?? [];
  const colours = blocks.map((block) => block.match(/--[\w-]+(?=: #)/g));

  assertEquals(blocks.length, 3);
  assertEquals(colours[1], colours[0]);
  assertEquals(blocks[2], blocks[1]);
});
