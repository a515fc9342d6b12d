import { assert, assertEquals } from "@std/assert";

import { FLAGS } from "../../lib/cli/flags.ts";
import { REPOSITORY } from "../_support/cli.ts";
import { readSource, repositoryFiles, runDeno } from "./_sources.ts";

async function readReadme(): Promise<string> {
  try {
    return await readSource("README.md");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new Error("README.md is missing", { cause: error });
    }
    throw error;
  }
}

Deno.test("everything that is exported is documented", async () => {
  const { success, output } = await runDeno([
    "doc",
    "--lint",
    "main.ts",
    "lib/handler.ts",
  ]);

  assert(success, output);
});

Deno.test("the package could be published", async () => {
  const { success, output } = await runDeno([
    "publish",
    "--dry-run",
    "--allow-dirty",
  ]);

  assert(success, output);
});

Deno.test("README.md mentions every flag", async () => {
  const readme = await readReadme();
  const names = FLAGS.flatMap(({ name, aliases }) => [name, ...aliases]);

  const missing = names
    .filter((name) => !new RegExp(`--${name}(?![\\w-])`).test(readme));

  assertEquals(missing, []);
});

Deno.test("README.md mentions no flag that does not exist", async () => {
  // Flags of other programs in its examples.
  const foreign = new Set([
    "allow-net",
    "allow-read",
    "allow-env",
    "allow-sys",
  ]);
  const names = new Set(
    FLAGS.flatMap(({ name, aliases }) => [name, ...aliases]),
  );
  const readme = await readReadme();
  const usage = readme
    .split("\n")
    .filter((line) => /(?:\bserve|main\.ts|org\/serve)\s.*--/.test(line));

  const unknown = usage
    .flatMap((line) => line.slice(line.search(/main\.ts|serve\s/)))
    .flatMap((line) => [...line.matchAll(/(?<=\s)--([a-z][\w-]*)/g)])
    .map(([, name]) => name ?? "")
    .filter((name) => !names.has(name) && !foreign.has(name));

  assertEquals(unknown, []);
});

Deno.test("no file names the machine that it was written on", async () => {
  const machine = await machineWords();
  const found: string[] = [];
  for (const path of await repositoryFiles()) {
    if (!/\.(?:[jt]sx?|json|lock|md|ya?ml|sh|css|html|txt)$/.test(path)) {
      continue;
    }
    const text = await readSource(path);
    for (const word of machine) {
      if (text.includes(word)) found.push(`${path}: ${word}`);
    }
  }

  assertEquals(found, []);
});

/** What would give away where and from what this repository was made. */
async function machineWords(): Promise<string[]> {
  const { stdout } = await runDeno(["info", "--json"]);
  const { npmCache, denoDir }: { npmCache: string; denoDir: string } = JSON
    .parse(stdout);
  const registries: string[] = [];
  for await (const { name } of Deno.readDir(npmCache)) {
    // The cache has a folder for each registry; a port follows `_`.
    if (name.includes(".")) registries.push(name.replace(/_(\d+)$/, ":$1"));
  }
  return [
    REPOSITORY,
    denoDir,
    ["shared", "design"].join("/"),
    ["shared", "research"].join("/"),
    ...registries.filter((host) => host !== "registry.npmjs.org"),
  ];
}
