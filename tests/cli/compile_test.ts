/**
 * The standalone executable. Where the compiler cannot fetch its runtime,
 * `.ci/denort.sh` provides both.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";

import { freePort, MAIN, REPOSITORY } from "../_support/cli.ts";
import { makeTree } from "../_support/tree.ts";

const COMPILER = Deno.env.get("DENO_COMPILE");
const GRANTS = [
  "--allow-read",
  "--allow-net",
  "--allow-sys=networkInterfaces,hostname",
  "--allow-env=PORT",
];

Deno.test({
  name: COMPILER === undefined
    ? "deno compile makes an executable (ignored: DENO_COMPILE is not set, see .ci/denort.sh)"
    : "deno compile makes an executable that serves a file and nothing outside",
  ignore: COMPILER === undefined,
  async fn() {
    await using tree = await makeTree({
      "site/a.txt": "hello",
      "empty/": null,
      "secret.txt": "secret",
    });
    const binary = tree.at("serve");
    await compile(binary);
    const port = freePort();
    const child = new Deno.Command(binary, {
      args: ["--bind", "127.0.0.1", String(port), tree.at("site")],
      cwd: tree.at("empty"),
      clearEnv: true,
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const output = child.stdout.getReader();
    const first = new TextDecoder().decode((await output.read()).value);

    const headers = { "accept-encoding": "identity" };
    const origin = `http://127.0.0.1:${port}`;
    const file = await fetch(`${origin}/a.txt`, { headers });
    const outside = await fetch(`${origin}/%2e%2e/secret.txt`, { headers });
    const text = await file.text();
    const refused = await outside.text();
    child.kill("SIGTERM");
    await output.cancel();
    const { code } = await child.status;

    assertStringIncludes(first, `Serving HTTP on 127.0.0.1 port ${port}`);
    assertEquals([file.status, text], [200, "hello"]);
    assertEquals([outside.status, refused.includes("secret")], [400, false]);
    assertEquals(code, 0);
  },
});

async function compile(binary: string): Promise<void> {
  const { code, stderr } = await new Deno.Command(COMPILER ?? "", {
    args: [
      "compile",
      "--no-check",
      "--no-prompt",
      ...GRANTS,
      "-o",
      binary,
      MAIN,
    ],
    cwd: REPOSITORY,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
}
