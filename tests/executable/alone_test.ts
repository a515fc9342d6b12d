/**
 * The executable by itself: in an empty folder, without Deno, network, cache
 * or environment.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "@std/assert";

import { freePort, startServer } from "../_support/cli.ts";
import { rawRequest } from "../_support/raw.ts";
import { makeTree } from "../_support/tree.ts";
import { waitFor } from "../cli/_command.ts";
import {
  build,
  COMPILER,
  type Executable,
  runAlone,
  WHY_IGNORED,
} from "./_build.ts";

Deno.test({
  name: `the executable needs nothing around it${WHY_IGNORED}`,
  ignore: COMPILER === undefined,
  async fn(t) {
    await using executable = await build();

    await t.step(
      "it serves, also what is loaded late",
      () => serves(executable),
    );
    await t.step("it answers all that is no serving", () => says(executable));
    await t.step("it makes a certificate", () => encrypts(executable));
  },
});

async function serves({ path }: Executable): Promise<void> {
  await using tree = await makeTree({
    "empty/": null,
    "site/README.md": "# Hello\n\nfrom *here*",
  });
  const cwd = tree.at("empty");
  const port = freePort();
  const child = new Deno.Command(path, {
    args: ["-qb127.0.0.1", String(port), tree.at("site")],
    cwd,
    clearEnv: true,
    env: { PATH: "", HOME: cwd, TMPDIR: cwd },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const address = { hostname: "127.0.0.1", port };
  const headers = { Accept: "text/html" };
  const page = await waitFor(() =>
    rawRequest(address, "/", { headers }).catch(() => null)
  );
  const statuses = [];
  for (const target of ["/?archive=zip", "/?archive=tar.gz", "/no"]) {
    statuses.push((await rawRequest(address, target)).status);
  }
  child.kill("SIGTERM");
  const { code, stderr } = await child.output();

  assertStringIncludes(
    new TextDecoder().decode(page.body),
    "from <em>here</em>",
  );
  assertEquals(statuses, [200, 200, 404]);
  assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  // Nothing was written, not even compiled code for the next start.
  assertEquals(await Array.fromAsync(Deno.readDir(cwd)), []);
}

async function says({ path, deno }: Executable): Promise<void> {
  await using tree = await makeTree({});
  const cwd = tree.path;

  const version = await runAlone(path, ["--version"], { cwd });
  const help = await runAlone(path, ["--help"], { cwd });
  const script = await runAlone(path, ["--completions=fish"], { cwd });
  const wrong = await runAlone(path, ["--prot"], { cwd });

  assertStringIncludes(version.stdout, `(deno ${deno}, `);
  assertStringIncludes(help.stdout, "Usage: serve");
  assertStringIncludes(script.stdout, "complete -c serve");
  assertEquals([wrong.code, wrong.stderr], [
    2,
    "error: Unknown flag --prot: did you mean --port?\n",
  ]);
}

async function encrypts({ path }: Executable): Promise<void> {
  await using tree = await makeTree({});
  await using server = await startServer({
    directory: tree.path,
    args: ["--tls", "--auth", "ann:secret"],
    executable: path,
  });

  assertStringIncludes(server.stdout(), "Serving HTTPS on");
}
