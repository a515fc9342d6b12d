import { assertEquals, assertThrows } from "@std/assert";

import { UsageError } from "../../../lib/cli/errors.ts";
import { parseTheme, parseTitle } from "../../../lib/cli/page_values.ts";

Deno.test("parseTitle() leaves out white space at the ends", () => {
  assertEquals(parseTitle("  My  files "), "My  files");
});

Deno.test("parseTitle() refuses what is no title", () => {
  assertThrows(
    () => parseTitle(""),
    UsageError,
    'Cannot use "" as a title: give at least one letter',
  );
});

Deno.test.each<{ theme: string }>([
  { theme: "auto" },
  { theme: "light" },
  { theme: "dark" },
])("parseTheme() reads $theme", ({ theme }) => {
  assertEquals<string>(parseTheme(theme), theme);
});

Deno.test("parseTheme() refuses what is no theme", () => {
  assertThrows(
    () => parseTheme("Dark"),
    UsageError,
    'Cannot use "Dark" as a theme: give one of auto, light, dark',
  );
});
