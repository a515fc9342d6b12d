import { assert, assertEquals } from "@std/assert";

import { FLAG_GROUPS, LOG_FORMATS, SHELLS } from "../../../lib/cli/flag.ts";
import { FLAGS } from "../../../lib/cli/flags.ts";

Deno.test("FLAG_GROUPS has no heading without a flag", () => {
  for (const group of FLAG_GROUPS) {
    assert(FLAGS.some((flag) => flag.group === group), group);
  }
});

Deno.test("FLAGS offers the formats and the shells that there are", () => {
  const offered = (name: string) =>
    FLAGS.find((flag) => flag.name === name)?.completion;

  assertEquals(offered("log-format"), LOG_FORMATS);
  assertEquals(offered("completions"), SHELLS);
});
