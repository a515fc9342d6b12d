import { assertEquals, assertMatch, assertNotMatch } from "@std/assert";

import { HEAD_SCRIPT, SCRIPT } from "../../../lib/pages/script.ts";
import { scriptElement } from "../../../lib/pages/html.ts";

Deno.test.each([["head", HEAD_SCRIPT], ["body", SCRIPT]])(
  "the script of the %s is one function that leaves no name behind",
  (_place, code) => {
    assertMatch(code, /^\(\(\) => \{\n[^]*\n\}\)\(\);$/);
    assertMatch(String(scriptElement(code)), /^<script>/);
  },
);

Deno.test("the scripts make no markup and no code of text", () => {
  const forbidden =
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc|setAttribute\("on/;

  assertNotMatch(HEAD_SCRIPT + SCRIPT, forbidden);
});

Deno.test("the scripts name no other origin", () => {
  const names = (HEAD_SCRIPT + SCRIPT).match(/https?:\/\/[^"'\s]+/g) ?? [];

  assertEquals(names, []);
});
