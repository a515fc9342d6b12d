import { assert, assertEquals } from "@std/assert";

import { STYLE } from "../../../lib/pages/style.ts";

Deno.test("STYLE loads nothing but data URLs", () => {
  const urls = STYLE.match(/url\([^)]{0,8}/g) ?? [];

  assert(urls.length > 0);
  assert(urls.every((url) => url.startsWith('url("data:')));
  assert(!STYLE.includes("@import"));
});

Deno.test("STYLE has every brace closed", () => {
  const count = (brace: string) => STYLE.split(brace).length - 1;

  assertEquals(count("{"), count("}"));
});

Deno.test("STYLE names each colour in both schemes", () => {
  const [light = "", dark = ""] =
    STYLE.match(/:root \{[^}]*--ground[^}]*\}/g) ??
      [];
  const colours = (block: string) => block.match(/--\w+(?=: #)/g);

  assertEquals(colours(dark), colours(light));
});
