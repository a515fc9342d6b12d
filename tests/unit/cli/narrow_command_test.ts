import { assertEquals } from "@std/assert";

import {
  type CommandParts,
  narrowCommand,
} from "../../../lib/cli/narrow_command.ts";

const PARTS: CommandParts = {
  module: "jsr:@org/serve",
  cwd: "/home/ann",
  host: "0.0.0.0:8000",
  port: 8000,
  path: "/srv/www",
  args: ["8000", "/srv/www"],
};

Deno.test.each<{ parts: Partial<CommandParts>; line: string }>([
  {
    parts: {},
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      "jsr:@org/serve 8000 /srv/www",
  },
  {
    parts: { host: "[::]:8001", port: 8001, args: ["-qb", "::"] },
    line: "deno run --allow-net=[::]:8001 --allow-read=/srv/www " +
      "jsr:@org/serve --quiet --bind=:: 8001 /srv/www",
  },
  // What the port and a link came to takes the place of what was written.
  {
    parts: { args: ["-p", "8000", "--directory=./link", "--dotfiles"] },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      "jsr:@org/serve --dotfiles 8000 /srv/www",
  },
  // A module below the working directory, and beside it.
  {
    parts: { module: "file:///home/ann/my%20serve/main.ts", args: [] },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      "'my serve/main.ts' 8000 /srv/www",
  },
  {
    parts: { module: "file:///home/anna/main.ts", args: [] },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      "/home/anna/main.ts 8000 /srv/www",
  },
  // What a shell would act on, and the comma that separates paths.
  {
    parts: { path: "/srv/a,b", args: ["-H", "X-A: it's $(x)"] },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/a,,b " +
      `jsr:@org/serve '--header=X-A: it'\\''s $(x)' 8000 /srv/a,b`,
  },
])("narrowCommand() with $parts", ({ parts, line }) => {
  assertEquals(narrowCommand({ ...PARTS, ...parts }), line);
});
