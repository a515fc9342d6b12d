import { assert, assertEquals, assertThrows } from "@std/assert";

import {
  type Config,
  importedNames,
  onJsr,
  publishedConfig,
} from "../../.ci/publish_map.ts";
import { REPOSITORY } from "../_support/cli.ts";
import { makeTree } from "../_support/tree.ts";
import { runDeno } from "./_deno.ts";

const CONFIG: Config = {
  name: "@org/serve",
  version: "1.2.3",
  license: "MIT",
  exports: { ".": "./main.ts" },
  publish: { include: ["main.ts"] },
  imports: {
    "@std/assert": "npm:deno-std@1.4.0/assert/mod.js",
    "@std/path": "npm:deno-std@1.4.0/path/mod.js",
    "@std/path/posix/is-absolute":
      "npm:deno-std@1.4.0/path/posix/is_absolute.js",
    "fast-check": "npm:fast-check@4.10.2",
    "uqr": "npm:uqr@0.1.3",
  },
  compilerOptions: { strict: true, types: ["./lib/std.d.ts"] },
};

Deno.test.each([
  { name: "@std/path", expected: "jsr:@std/path@^1" },
  {
    name: "@std/path/posix/is-absolute",
    expected: "jsr:@std/path@^1/posix/is-absolute",
  },
  {
    name: "@std/media-types/type-by-extension",
    expected: "jsr:@std/media-types@^1/type-by-extension",
  },
])("onJsr() finds $name", ({ name, expected }) => {
  assertEquals(onJsr(name), expected);
});

Deno.test.each(["@std/http", "@std", "toString", ""])(
  "onJsr() refuses %s, whose version it does not know",
  (name) => {
    assertThrows(() => onJsr(name), RangeError, `Cannot publish "${name}"`);
  },
);

Deno.test("publishedConfig() maps what is used, and leaves the rest out", () => {
  const used = new Set(["@std/path/posix/is-absolute", "uqr"]);

  const published = publishedConfig(CONFIG, used);

  assertEquals(published, {
    name: "@org/serve",
    version: "1.2.3",
    license: "MIT",
    exports: { ".": "./main.ts" },
    publish: { include: ["main.ts"] },
    imports: {
      "@std/path/posix/is-absolute": "jsr:@std/path@^1/posix/is-absolute",
      "uqr": "npm:uqr@0.1.3",
    },
    compilerOptions: { strict: true },
  });
});

Deno.test("publishedConfig() leaves out what is about this repository alone", () => {
  const config = { ...CONFIG, tasks: { start: "deno run main.ts" } };

  const published = publishedConfig(config, new Set());

  assert(!Object.hasOwn(published, "tasks"));
});

Deno.test("publishedConfig() refuses an import that nothing maps", () => {
  const used = new Set(["uqr", "left-pad"]);

  assertThrows(() => publishedConfig(CONFIG, used), RangeError, "left-pad");
});

Deno.test("importedNames() leaves out files, the runtime and declarations", () => {
  const names = importedNames([
    {
      specifier: "file:///main.ts",
      dependencies: [
        { specifier: "./lib/options.ts" },
        { specifier: "node:zlib" },
        { specifier: "@std/path" },
        { specifier: "uqr" },
      ],
    },
    {
      specifier: "file:///lib/std.d.ts",
      dependencies: [{ specifier: "@std/assert" }],
    },
    { specifier: "file:///deno.json" },
    { specifier: "npm:/uqr@0.1.3", dependencies: [{ specifier: "fs" }] },
  ]);

  assertEquals(names, new Set(["@std/path", "uqr"]));
});

Deno.test("publish_map.ts writes neither into the repository nor over files", async () => {
  await using tree = await makeTree({ "full/a.txt": "a", "other/": null });

  const inside = await write(`${REPOSITORY}dist`, tree.path);
  const over = await write(tree.at("full"), tree.path);

  assertEquals([inside.success, over.success], [false, false]);
  assert(inside.output.includes("it is in the repository"), inside.output);
  assert(over.output.includes("it is not empty"), over.output);
});

/** Runs the script without the permission to run anything. */
function write(folder: string, cwd: string) {
  const script = `${REPOSITORY}.ci/publish_map.ts`;
  const grants = ["--no-prompt", "--allow-read", `--allow-write=${cwd}`];
  const signal = AbortSignal.timeout(20_000);
  return runDeno(["run", ...grants, script, folder], { cwd, env: {}, signal });
}
