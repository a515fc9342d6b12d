import { assert, assertEquals } from "@std/assert";

import { FLAGS } from "../../../lib/cli/flags.ts";
import { COMMAND_DEFAULTS } from "../../../lib/options.ts";

Deno.test("FLAGS has no name and no letter twice", () => {
  const names = FLAGS.flatMap((flag) => [flag.name, ...flag.aliases]);
  const letters = FLAGS.flatMap((flag) => flag.short ?? []);

  assertEquals(new Set(names).size, names.length);
  assertEquals(new Set(letters).size, letters.length);
});

Deno.test("FLAGS sets every option of the command", () => {
  const options = Object.keys(COMMAND_DEFAULTS).filter((name) =>
    // They follow from whether a port or folder was given.
    name !== "portAsked" && name !== "directoryAsked"
  );

  assertEquals(
    FLAGS.flatMap((flag) => flag.option ?? []).sort(),
    options.sort(),
  );
});

Deno.test("FLAGS has a switch exactly for options that are on or off", () => {
  for (const { name, option, value } of FLAGS) {
    if (option === null) continue;
    const isOnOff = typeof COMMAND_DEFAULTS[option] === "boolean";
    assertEquals(value === null, isOnOff, name);
  }
});

Deno.test("FLAGS offers words only for flags that have a value, one word each", () => {
  for (const { name, value, completion } of FLAGS) {
    if (completion === null) continue;
    assert(value !== null, name);
    if (completion === "path") continue;
    assert(completion.every((word) => /^[a-z]+$/.test(word)), name);
  }
});
