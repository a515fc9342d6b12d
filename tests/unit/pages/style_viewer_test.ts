import { assert, assertEquals } from "@std/assert";

import { VIEWER_STYLE } from "../../../lib/pages/style_viewer.ts";

Deno.test("VIEWER_STYLE loads nothing but data URLs", () => {
  const urls = VIEWER_STYLE.match(/url\([^)]{0,8}/g) ?? [];

  assert(urls.every((url) => url.startsWith('url("data:')));
  assert(!VIEWER_STYLE.includes("@import"));
});

Deno.test("VIEWER_STYLE has every brace closed", () => {
  const count = (brace: string) => VIEWER_STYLE.split(brace).length - 1;

  assert(count("{") > 10);
  assertEquals(count("{"), count("}"));
});

Deno.test("VIEWER_STYLE touches nothing but the viewer", () => {
  const selectors = VIEWER_STYLE.replaceAll(/url\("[^"]*"\)/g, "")
    .match(/^[^\s@}][^{]*(?= \{)/gm) ?? [];
  const foreign = selectors.flatMap((list) => list.split(", "))
    .filter((selector) => !/^\.viewer\b|^:root$|^\[data-theme/.test(selector));

  assert(selectors.length > 20);
  assertEquals(foreign, []);
});
