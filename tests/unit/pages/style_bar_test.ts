import { assertMatch } from "@std/assert";

import { BAR_STYLE } from "../../../lib/pages/style_bar.ts";

Deno.test("BAR_STYLE hides what needs a script where there is none", () => {
  assertMatch(
    BAR_STYLE,
    /html:not\(\.js\) \.script \{ display: none !important; \}/,
  );
});

Deno.test("BAR_STYLE moves nothing for those who want less motion", () => {
  const [calm = ""] = BAR_STYLE.split("@media (prefers-reduced-motion");

  assertMatch(BAR_STYLE, /prefers-reduced-motion: no-preference/);
  assertMatch(calm, /^(?![^]*(?:transition|animation))/);
});
