import { assertEquals } from "@std/assert";

import { fishScript } from "../../../lib/cli/completions_fish.ts";
import { FLAGS } from "../../../lib/cli/flags.ts";

/** The line of one flag, with another help text. */
function lineOf(name: string, help: string): string | undefined {
  const flags = FLAGS.filter((flag) => flag.name === name)
    .map((flag) => ({ ...flag, help }));
  return fishScript("serve", flags).split("\n").at(-1);
}

Deno.test.each<{ name: string; words: string }>([
  { name: "quiet", words: "-s q -l quiet -d 'x'" },
  { name: "bind", words: "-s b -l bind -l host -x -d 'x'" },
  { name: "directory", words: "-s d -l directory -r -F -d 'x'" },
  { name: "theme", words: "-l theme -x -a 'auto light dark' -d 'x'" },
  { name: "cors", words: "-l cors -d 'x'" },
])("fishScript() completes --$name", ({ name, words }) => {
  assertEquals(lineOf(name, "x"), `complete -c serve ${words}`);
});

Deno.test("fishScript() escapes what would end a help text", () => {
  assertEquals(
    lineOf("tls", "it's $HOME \\"),
    String.raw`complete -c serve -l tls -d 'it\'s $HOME \\'`,
  );
});
