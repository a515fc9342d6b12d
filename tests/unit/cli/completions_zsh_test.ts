import { assertEquals } from "@std/assert";

import { zshScript } from "../../../lib/cli/completions_zsh.ts";
import { FLAGS } from "../../../lib/cli/flags.ts";

/** The specifications of one flag, with another help text. */
function specsOf(name: string, help: string): string[] {
  const flags = FLAGS.filter((flag) => flag.name === name)
    .map((flag) => ({ ...flag, help }));
  const [, specs = ""] = /_arguments -s -S : \\\n([^]*?)\n\}/
    .exec(zshScript("serve", flags)) ?? [];
  return specs.split("\n").map((line) => line.trim().replace(/ \\$/, ""))
    .slice(0, -1);
}

Deno.test.each<{ name: string; specs: string[] }>([
  { name: "quiet", specs: ["'(-q --quiet)-q[x]'", "'(-q --quiet)--quiet[x]'"] },
  {
    name: "port",
    specs: ["'(-p --port)-p+[x]:PORT: '", "'(-p --port)--port=[x]:PORT: '"],
  },
  {
    name: "header",
    specs: [`'*-H+[x]:"K\\: V": '`, `'*--header=[x]:"K\\: V": '`],
  },
  { name: "cors", specs: ["'(--cors)--cors=-[x]::ORIGINS: '"] },
  {
    name: "theme",
    specs: ["'(--theme)--theme=[x]:THEME:(auto light dark)'"],
  },
  { name: "tls-key", specs: ["'(--tls-key)--tls-key=[x]:FILE:_files'"] },
])("zshScript() specifies --$name", ({ name, specs }) => {
  assertEquals(specsOf(name, "x"), specs);
});

Deno.test("zshScript() escapes what would end a help text", () => {
  assertEquals(specsOf("tls", "it's [a] \\"), [
    "'(--tls)--tls[it'\\''s \\[a\\] \\\\]'",
  ]);
});
