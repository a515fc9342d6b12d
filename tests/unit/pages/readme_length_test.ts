import { assertEquals } from "@std/assert";

import {
  README_BYTES_MAX,
  shownPart,
} from "../../../lib/pages/readme_length.ts";

Deno.test.each([
  { about: "nothing", text: "" },
  { about: "one line without its end", text: "a" },
  { about: "as many lines as are shown", text: "a\n".repeat(1_999) + "b" },
  { about: "as many bars as are shown", text: "|".repeat(5_000) },
  { about: "one long line", text: "a".repeat(README_BYTES_MAX) },
])("shownPart() of $about is all of it", ({ text }) => {
  assertEquals(shownPart(text), text);
});

Deno.test("shownPart() ends with the last line that is shown", () => {
  assertEquals(shownPart("ab\n".repeat(2_001)), "ab\n".repeat(2_000));
});

Deno.test("shownPart() ends before the line with one bar too many", () => {
  const text = "|a|\n".repeat(1_999);

  assertEquals(shownPart(`${text}||\n|||\nmore`), `${text}||\n`);
});
