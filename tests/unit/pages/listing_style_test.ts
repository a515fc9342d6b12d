import { assert, assertEquals } from "@std/assert";

import { LISTING_STYLE } from "../../../lib/pages/listing_style.ts";
import { STYLE } from "../../../lib/pages/style.ts";

Deno.test("LISTING_STYLE begins with the style of all pages", () => {
  assert(LISTING_STYLE.startsWith(STYLE));
});

Deno.test("LISTING_STYLE loads nothing but data URLs", () => {
  const urls = LISTING_STYLE.match(/url\([^)]{0,8}/g) ?? [];

  assert(urls.length > 0);
  assertEquals(urls.filter((url) => !url.startsWith('url("data:')), []);
  assert(!LISTING_STYLE.includes("@import"));
});

Deno.test("LISTING_STYLE has every brace closed", () => {
  const count = (brace: string) => LISTING_STYLE.split(brace).length - 1;

  assertEquals(count("{"), count("}"));
});

Deno.test("LISTING_STYLE uses no colour that has no name", () => {
  const used = [...LISTING_STYLE.matchAll(/var\((--[\w-]+)\)/g)]
    .map(([, name]) => name ?? "");

  assertEquals(
    [...new Set(used)].filter((name) => !LISTING_STYLE.includes(`${name}:`)),
    [],
  );
});
