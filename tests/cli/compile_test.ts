/**
 * The standalone executable. Where the compiler cannot fetch its runtime,
 * `.ci/denort.sh` provides both.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "@std/assert";

import { freePort, MAIN, REPOSITORY } from "../_support/cli.ts";
import { rawRequest } from "../_support/raw.ts";
import { link, makeTree } from "../_support/tree.ts";

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
      "site/out.txt": link("../secret.txt"),
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

    const address = { hostname: "127.0.0.1", port };
    // A runtime of that version compresses by itself.
    const headers = { "accept-encoding": "identity" };
    const file = await rawRequest(address, "/a.txt", { headers });
    const climb = await rawRequest(address, "/%2e%2e/secret.txt");
    const outside = await rawRequest(address, "/out.txt", { headers });
    child.kill("SIGTERM");
    await output.cancel();
    const { code } = await child.status;

    assertStringIncludes(first, `Serving HTTP on 127.0.0.1 port ${port}`);
    assertEquals(new TextDecoder().decode(file.body), "hello");
    assertEquals(
      [file.status, climb.status, outside.status],
      [200, 400, 404],
    );
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
