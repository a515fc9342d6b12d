import { assert, assertNotMatch } from "@std/assert";

import { README_STYLE } from "../../../lib/pages/style_readme.ts";

Deno.test("README_STYLE says nothing of what is outside of the README", () => {
  const selectors = README_STYLE
    .replaceAll(/@media[^{]*\{/g, "")
    .split("}")
    .map((rule) => rule.split("{")[0]?.trim() ?? "")
    .filter((selector) => selector !== "");

  assert(selectors.length > 20);
  for (const selector of selectors) {
    for (const part of selector.split(/,(?![^(]*\))/)) {
      assert(/^\.(?:readme|prose|more)\b/.test(part.trim()), part);
    }
  }
});

Deno.test("README_STYLE asks for nothing", () => {
  assertNotMatch(README_STYLE, /url\(|@import|<\//);
});
