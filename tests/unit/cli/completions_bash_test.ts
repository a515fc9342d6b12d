import { assertEquals, assertStringIncludes } from "@std/assert";

import { bashScript } from "../../../lib/cli/completions_bash.ts";
import { FLAGS } from "../../../lib/cli/flags.ts";

const lines = bashScript("serve").split("\n");

function caseOf(flag: string): string | undefined {
  return lines.map((line) => line.trim()).find((line) =>
    new RegExp(`(?:^|\\|)${flag}(?:\\||\\))`).test(line)
  );
}

Deno.test.each<{ flag: string; what: RegExp }>([
  { flag: "--theme", what: /\) offered='auto light dark' ;;$/ },
  { flag: "--theme=", what: /\) offered='auto light dark' ;;$/ },
  { flag: "--directory", what: /\) return ;;$/ },
  { flag: "-d", what: /\) return ;;$/ },
  { flag: "--tls-key=", what: /\) return ;;$/ },
  { flag: "-H", what: /\) ;;$/ },
  { flag: "--host", what: /\) ;;$/ },
  { flag: "--cors=", what: /\) ;;$/ },
])("bashScript() decides what follows $flag", ({ flag, what }) => {
  assertEquals(what.test(caseOf(flag) ?? ""), true, caseOf(flag));
});

Deno.test("bashScript() takes nothing for the value of a switch, and the next word for none of --cors", () => {
  assertEquals(caseOf("--quiet"), undefined);
  assertEquals(caseOf("--cors"), undefined);
});

Deno.test("bashScript() has no empty pattern where no flag has a value", () => {
  const quiet = FLAGS.filter(({ name }) => name === "quiet");
  const script = bashScript("odd", quiet);

  assertEquals(/^\s*\)/m.test(script), false);
  assertStringIncludes(script, "offered='-q --quiet'");
  assertStringIncludes(script, "complete -o default -F _odd odd");
});
