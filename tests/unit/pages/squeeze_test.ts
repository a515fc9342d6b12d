import { assertEquals } from "@std/assert";

import { squeeze } from "../../../lib/pages/squeeze.ts";

Deno.test.each([
  ["\n  a {\n    b: c;\n  }\n", "a {\nb: c;\n}"],
  ["a();\n\n\n\tb();", "a();\nb();"],
  ["// first\na();\n  // second\nb();\n", "a();\nb();"],
  ["a(); // stays\n", "a(); // stays"],
  ["u = 'http://x';", "u = 'http://x';"],
  ["", ""],
])("squeeze() of %j", (text, expected) => {
  assertEquals(squeeze(text), expected);
});
