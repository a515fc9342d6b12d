import { assertEquals } from "@std/assert";

import { filesOf, leastGrants } from "../../../lib/command/grants.ts";

const ADDRESS = { bind: "127.0.0.1", port: 8000 };
const FIRST = ["--no-prompt", "--allow-net=127.0.0.1:8000"];

Deno.test.each<{
  about: string;
  path: string;
  files?: string[];
  read: string | null;
  cwd?: string;
}>([
  { about: "a folder", path: "/srv/www", read: "/srv/www" },
  { about: "spaces", path: "/srv/my site", read: "/srv/my site" },
  {
    about: "files",
    path: "/srv/www",
    files: ["a.pem", "../b.pem"],
    read: "/srv/www,a.pem,../b.pem",
  },
  // What is half a path must never be permitted.
  { about: "a comma", path: "/srv/a,b", read: ".", cwd: "/srv/a,b" },
  { about: "a comma and files", path: "/a,b", files: ["c"], read: null },
  { about: "a comma in a file", path: "/a", files: ["b,c"], read: null },
])("leastGrants() for $about", ({ path, files = [], read, cwd = null }) => {
  const needs = { address: ADDRESS, path, files, programs: [] };

  assertEquals(
    leastGrants(needs, { followSymlinks: false }),
    read === null ? null : { flags: [...FIRST, `--allow-read=${read}`], cwd },
  );
});

Deno.test("leastGrants() cannot list where links lead", () => {
  const needs = {
    address: ADDRESS,
    path: "/a,b",
    files: ["c,d"],
    programs: [],
  };

  assertEquals(leastGrants(needs, { followSymlinks: true }), {
    flags: [...FIRST, "--allow-read"],
    cwd: null,
  });
});

Deno.test("leastGrants() permits programs by their names", () => {
  const needs = {
    address: ADDRESS,
    path: "/a",
    files: [],
    programs: ["xdg-open"],
  };

  assertEquals(leastGrants(needs, { followSymlinks: false }), {
    flags: [...FIRST, "--allow-run=xdg-open", "--allow-read=/a"],
    cwd: null,
  });
});

Deno.test("filesOf() names what was given", () => {
  assertEquals(filesOf({ authFile: null, tlsCert: null, tlsKey: null }), []);
  assertEquals(
    filesOf({ authFile: "users", tlsCert: "a.crt", tlsKey: "a.key" }),
    ["users", "a.crt", "a.key"],
  );
});
