/**
 * The tests of the command, with the executable in its place.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { REPOSITORY } from "../_support/cli.ts";
import { build, COMPILER, WHY_IGNORED } from "./_build.ts";

/** Files of tests that start the command and look at it from outside. */
const SUITE = ["flags", "usage", "start", "signals", "qr", "open"];

Deno.test({
  name: `the executable passes the tests of the command${WHY_IGNORED}`,
  ignore: COMPILER === undefined,
  async fn() {
    await using executable = await build();

    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        "test",
        "-A",
        "--no-check",
        "--parallel",
        ...SUITE.map((name) => `tests/cli/${name}_test.ts`),
      ],
      cwd: REPOSITORY,
      env: { SERVE_EXECUTABLE: executable.path, NO_COLOR: "1" },
      stdin: "null",
      stderr: "null",
      signal: AbortSignal.timeout(85_000),
    }).output();

    const report = new TextDecoder().decode(stdout);
    const [, passed, failed] = /(\d+) passed(?: \([^)]*\))? \| (\d+) failed/
      .exec(report) ?? [];
    assertEquals(failed, "0", report);
    assert(Number(passed) > 50, report);
  },
});
