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
  files: [],
  grants: [],
  args: ["8000", "/srv/www"],
};

Deno.test.each<{ parts: Partial<CommandParts>; line: string | null }>([
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
  // The same on Windows, also in the root of a drive.
  {
    parts: {
      module: "file:///C:/Users/ann/serve/main.ts",
      cwd: "C:\\Users\\ann",
      args: [],
    },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      "serve/main.ts 8000 /srv/www",
  },
  {
    parts: { module: "file:///D:/main.ts", cwd: "D:\\", args: [] },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      "main.ts 8000 /srv/www",
  },
  {
    parts: { module: "file:///D:/main.ts", cwd: "C:\\Users", args: [] },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      "D:/main.ts 8000 /srv/www",
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
  // What a shell would act on.
  {
    parts: { args: ["-H", "X-A: it's $(x)"] },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      `jsr:@org/serve '--header=X-A: it'\\''s $(x)' 8000 /srv/www`,
  },
  // A comma separates paths, and what stands for one differs from version to
  // version.
  { parts: { path: "/srv/a,b" }, line: null },
  { parts: { files: ["/srv/a,b"] }, line: null },
  // Files that are read besides, and a password, which is not shown.
  {
    parts: { files: ["/srv/users"], args: ["--auth-file", "../users"] },
    line: "deno run --allow-net=0.0.0.0:8000 " +
      "--allow-read=/srv/www,/srv/users jsr:@org/serve " +
      "--auth-file=../users 8000 /srv/www",
  },
  // What can be done without.
  {
    parts: {
      grants: ["--allow-sys=networkInterfaces", "--allow-run=xdg-open"],
      args: ["--qr", "-o"],
    },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      "--allow-sys=networkInterfaces --allow-run=xdg-open jsr:@org/serve " +
      "--qr --open 8000 /srv/www",
  },
  {
    parts: { args: ["-a", "ann:se:cret", "--auth=bob:x\ny"] },
    line: "deno run --allow-net=0.0.0.0:8000 --allow-read=/srv/www " +
      "jsr:@org/serve --auth=ann:PASSWORD --auth=bob:PASSWORD 8000 /srv/www",
  },
])("narrowCommand() with $parts", ({ parts, line }) => {
  assertEquals(narrowCommand({ ...PARTS, ...parts }), line);
});
