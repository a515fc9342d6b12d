/**
 * Publishing on JSR, without JSR: what `deno publish` uploads is laid out as the
 * registry would serve it, our own server serves it, and it is used from there
 * as the README says.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";

import { freePort, REPOSITORY, startServer } from "../_support/cli.ts";
import { childrenOf, KNOWS_CHILDREN } from "../_support/processes.ts";
import { makeTree, type Tree } from "../_support/tree.ts";
import { markedBlock } from "../acceptance/clients/_readme.ts";
import { COMPILER, WHY_IGNORED } from "../executable/_build.ts";
import {
  runDeno,
  type Running,
  startDeno,
  startProgram,
  type Surroundings,
} from "./_deno.ts";
import { cacheOf, publishTo } from "./_published.ts";

/** A machine that has nothing else to do needs a sixth of that. */
const DEADLINE_MS = 85_000;

/** What somebody else writes. */
const PROGRAM = [
  `import { createHandler, type ServeOptions } from "jsr:@org/serve/handler";`,
  "",
  "const options: Partial<ServeOptions> = { cache: 60 };",
  `const handler = await createHandler("site", options);`,
  "",
  `if (Deno.args.includes("--listen")) {`,
  `  Deno.serve({ hostname: "127.0.0.1", port: 0 }, handler);`,
  "}",
  "",
  "export default { fetch: handler } satisfies Deno.ServeDefaultExport;",
].join("\n");

Deno.test("what is published on JSR works from there", async (test) => {
  await using tree = await makeTree({
    "registry/": null,
    "user/site/a.txt": "hello",
    "user/program.ts": PROGRAM,
    "maker/public/a.txt": "embedded",
    "empty/": null,
  });
  await using registry = await startServer({ directory: tree.at("registry") });
  const signal = AbortSignal.timeout(DEADLINE_MS);

  const isPublished = await test.step("deno publish takes it", async () => {
    const files = await publishTo(registry, { tree, from: REPOSITORY, signal });

    const foreign = files.filter((path) =>
      !/^\/(?:main\.ts|deno\.json|README\.md|lib\/.+(?<!\.d)\.ts)$/.test(path)
    );
    assertEquals(foreign, []);
  });
  if (!isPublished) return;
  const user: Surroundings = {
    cwd: tree.at("user"),
    env: { ...await cacheOf(tree, "user"), JSR_URL: `${registry.origin}/` },
    signal,
  };
  await test.step("deno run -A starts it with fewer permissions", () => {
    return runsFreely(user);
  });
  await test.step("deno run starts it with the least permissions", () => {
    return runsWithLeast(user);
  });
  await test.step("its modules are those of JSR", () => usesJsr(user));
  await test.step("deno check finds the types of createHandler()", async () => {
    const checked = await runDeno(["check", "program.ts"], user);

    assert(checked.success, checked.output);
  });
  const grants = ["--allow-read=site", "--allow-net=127.0.0.1"];
  await test.step("a program that imports createHandler() serves", async () => {
    await using program = await startDeno(
      ["run", "--no-prompt", ...grants, "program.ts", "--listen"],
      user,
    );

    assertEquals(await getFile(program), [200, "hello", "max-age=60"]);
  });
  await test.step("deno serve takes what createHandler() makes", async () => {
    const address = ["--host", "127.0.0.1", "--port", "0"];
    await using program = await startDeno(
      ["serve", "--no-prompt", "--allow-read=site", ...address, "program.ts"],
      user,
    );

    assertEquals(await getFile(program), [200, "hello", "max-age=60"]);
  });
  await test.step({
    name:
      `deno compile puts a site and a program that imports run() into one file${WHY_IGNORED}`,
    ignore: COMPILER === undefined,
    fn: () => compilesSite(tree, user),
  });
});

async function runsFreely(user: Surroundings): Promise<void> {
  await using command = await startDeno(
    ["run", "-A", "jsr:@org/serve", "0", "site", "--bind", "127.0.0.1"],
    user,
  );

  assertEquals(await getFile(command), [200, "hello", "no-cache"]);
  if (!KNOWS_CHILDREN) return;
  const [serving] = childrenOf(command.pid);
  const text = await Deno.readTextFile(`/proc/${serving}/cmdline`);
  assertEquals(
    text.split("\0").filter((each) => /^(?:-A|--allow|jsr:)/.test(each)),
    [
      `--allow-net=127.0.0.1:${command.port}`,
      `--allow-read=${join(user.cwd, "site")}`,
      "jsr:@org/serve",
    ],
  );
}

async function runsWithLeast(user: Surroundings): Promise<void> {
  const port = freePort();
  const grants = [`--allow-net=127.0.0.1:${port}`, "--allow-read=site"];
  const args = [String(port), "site", "--bind", "127.0.0.1"];
  await using command = await startDeno(
    ["run", "--no-prompt", ...grants, "jsr:@org/serve", ...args],
    user,
  );

  assertEquals(await getFile(command), [200, "hello", "no-cache"]);
  assertEquals(command.port, port);
}

async function usesJsr(user: Surroundings): Promise<void> {
  const { stdout } = await runDeno(["info", "--json", "jsr:@org/serve"], user);
  const graph: {
    modules: { specifier: string; error?: string }[];
    redirects: Record<string, string>;
  } = JSON.parse(stdout);
  const std = Object.keys(graph.redirects)
    .filter((specifier) => specifier.startsWith("jsr:@std/"));
  const broken = graph.modules.filter(({ error }) => error !== undefined);

  assert(std.length > 10, stdout);
  assertEquals(broken, []);
  assert(!stdout.includes("deno-std"), stdout);
}

/** What the README says of a site in one executable, word for word. */
async function compilesSite(tree: Tree, user: Surroundings): Promise<void> {
  const readme = await Deno.readTextFile(join(REPOSITORY, "README.md"));
  const program = markedBlock(readme, "way: site, program");
  const [deno, ...args] = markedBlock(readme, "way: site").split(/\s+/);
  const cwd = tree.at("maker");
  await Deno.writeTextFile(tree.at("maker/main.ts"), program);

  const env = {
    ...user.env,
    ...await cacheOf(tree, "maker"),
    // It fetches types of Node from npm, and older ones ask only Mozilla whom
    // to trust.
    DENO_TLS_CA_STORE: "mozilla,system",
  };
  const made = await runDeno(args, { ...user, cwd, env, deno: COMPILER ?? "" });
  assert(made.success, made.output);
  assertEquals(deno, "deno");

  // It takes nothing from where it was made, and needs no registry.
  await Deno.rename(tree.at("maker/site"), tree.at("site"));
  await Deno.remove(cwd, { recursive: true });
  await using site = await startProgram(
    tree.at("site"),
    ["0", "--bind", "127.0.0.1"],
    {
      cwd: tree.at("empty"),
      env: { DENO_DIR: tree.at("empty"), JSR_URL: "http://127.0.0.1:1/" },
      signal: user.signal,
    },
  );

  assertEquals(await getFile(site), [200, "embedded", "no-cache"]);
  assertEquals(await Array.fromAsync(Deno.readDir(tree.at("empty"))), []);
}

/** Status, body and caching of the one file that is shared. */
async function getFile({ port }: Running) {
  const response = await fetch(`http://127.0.0.1:${port}/a.txt`);
  const body = await response.text();
  return [response.status, body, response.headers.get("cache-control")];
}
