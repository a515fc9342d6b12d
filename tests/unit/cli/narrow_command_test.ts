import { assertEquals } from "@std/assert";

import {
  type CommandParts,
  narrowCommand,
} from "../../../lib/cli/narrow_command.ts";

const PARTS: CommandParts = {
  module: "jsr:@org/serve",
  cwd: "/home/ann",
  host: "0.0.0.0:8000",
  readable: "/srv/www",
  args: ["8000", "/srv/www"],
};

Deno.test.each<{ parts: Partial<CommandParts>; line: string }>([
  {
    parts: {},
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      "jsr:@org/serve 8000 /srv/www",
  },
  {
    parts: { host: "[::]:8000", args: [] },
    line: "deno run --allow-net=[::]:8000 --allow-read=/srv/www jsr:@org/serve",
  },
  // A module below the working directory, and beside it.
  {
    parts: { module: "file:///home/ann/my%20serve/main.ts", args: [] },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      "'my serve/main.ts'",
  },
  {
    parts: { module: "file:///home/anna/main.ts", args: [] },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      "/home/anna/main.ts",
  },
  // What a shell would act on, and the comma that separates paths.
  {
    parts: { readable: "/srv/a,b", args: ["it's", "$(x)", ""] },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/a,,b " +
      `jsr:@org/serve 'it'\\''s' '$(x)' ''`,
  },
])("narrowCommand() with $parts", ({ parts, line }) => {
  assertEquals(narrowCommand({ ...PARTS, ...parts }), line);
});
