/**
 * What an executable cannot do, and what it does without.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";

import { freePort, startServer } from "../_support/cli.ts";
import { rawRequest } from "../_support/raw.ts";
import { makeTree } from "../_support/tree.ts";
import { waitFor } from "../cli/_command.ts";
import { build, COMPILER, runAlone, WHY_IGNORED } from "./_build.ts";

const PROBE = fromFileUrl(new URL("./_probe.ts", import.meta.url));

const OPENER = '#!/bin/sh\necho "$@" > "$0.part" && mv "$0.part" "$0.given"\n';

const ignore = COMPILER === undefined || Deno.build.os !== "linux";

Deno.test({
  name:
    `an executable cannot write, run, load or ask for anything${WHY_IGNORED}`,
  ignore,
  async fn() {
    await using probe = await build({ entry: PROBE, name: "probe" });
    await using tree = await makeTree({ "old.txt": "old" });
    await using server = await startServer({ directory: tree.path });

    const { stdout } = await runAlone(probe.path, [
      tree.path,
      `${server.origin}/module.js`,
    ], { cwd: tree.path, env: { PATH: Deno.env.get("PATH") ?? "" } });

    const results: Record<string, string> = JSON.parse(stdout);
    assert(Object.keys(results).length > 25);
    for (const [attempt, result] of Object.entries(results)) {
      if (attempt.startsWith("import ")) assert(result !== "done", result);
      else {
        assertEquals(
          [attempt, result],
          [attempt, attempt.startsWith("may ") ? "done" : "NotCapable"],
        );
      }
    }
    assertEquals((await Array.fromAsync(Deno.readDir(tree.path))).length, 1);
    assertEquals(await Deno.readTextFile(tree.at("old.txt")), "old");
    assertEquals(server.stderr(), "");
  },
});

Deno.test({
  name: `the executable opens a browser, and serves${WHY_IGNORED}`,
  ignore,
  async fn() {
    await using executable = await build();
    await using tree = await makeTree({
      "bin/xdg-open": OPENER,
      "site/a.txt": "a",
    });
    await Deno.chmod(tree.at("bin/xdg-open"), 0o755);
    await using server = await startServer({
      directory: tree.at("site"),
      args: ["--open"],
      env: { PATH: `${tree.at("bin")}:${Deno.env.get("PATH")}` },
      executable: executable.path,
    });

    const given = await waitFor(() =>
      Deno.readTextFile(tree.at("bin/xdg-open.given")).catch(() => null)
    );

    assertEquals(given, `http://localhost:${server.port}/\n`);
    assertEquals((await rawRequest(server, "/a.txt")).status, 200);
  },
});

Deno.test({
  name:
    `an executable without a site serves no folder of the disk in its place${WHY_IGNORED}`,
  ignore,
  async fn() {
    await using executable = await build({ name: "serve_decoy_test" });
    await using tree = await makeTree({ "own.txt": "own" });
    // Where the runtime shows what is in the executable.
    const decoy = join("/tmp", "deno-compile-serve_decoy_test");
    await Deno.mkdir(join(decoy, "public"), { recursive: true });
    try {
      await Deno.writeTextFile(join(decoy, "public", "decoy.txt"), "decoy");
      const port = freePort();
      const child = new Deno.Command(executable.path, {
        args: ["-qb127.0.0.1", String(port)],
        cwd: tree.path,
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      const address = { hostname: "127.0.0.1", port };
      const own = await waitFor(() =>
        rawRequest(address, "/own.txt").catch(() => null)
      );
      const other = await rawRequest(address, "/decoy.txt");
      child.kill("SIGTERM");
      await child.status;

      assertEquals([own.status, other.status], [200, 404]);
    } finally {
      await Deno.remove(decoy, { recursive: true });
    }
  },
});
