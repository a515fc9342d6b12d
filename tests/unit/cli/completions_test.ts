import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";

import {
  COMMAND_NAME,
  completionScript,
  parseShell,
} from "../../../lib/cli/completions.ts";
import { UsageError } from "../../../lib/cli/errors.ts";
import { SHELLS } from "../../../lib/cli/flag.ts";

Deno.test("parseShell() knows every shell by its name", () => {
  assertEquals(SHELLS.map(parseShell), [...SHELLS]);
});

Deno.test.each<{ text: string }>([
  { text: "tcsh" },
  { text: "" },
  { text: "Bash" },
  { text: "/bin/bash" },
])("parseShell() refuses $text", ({ text }) => {
  const error = assertThrows(() => parseShell(text), UsageError);

  assertEquals(
    error.message,
    `Cannot use "${text}" as a shell: give one of bash, zsh, fish`,
  );
});

Deno.test("completionScript() writes a script for each shell, and says how to read it", async () => {
  const scripts = await Promise.all(SHELLS.map(completionScript));

  assertEquals(new Set(scripts).size, SHELLS.length);
  for (const [index, script] of scripts.entries()) {
    assertStringIncludes(
      script,
      `${COMMAND_NAME} --completions ${SHELLS[index]}`,
    );
  }
});
