/**
 * What the command makes of the terminal: its width, and colours.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { helpText } from "../../lib/cli/help.ts";
import { freePort, MAIN } from "../_support/cli.ts";
import { rawRequest } from "../_support/raw.ts";
import { makeTree, type Tree } from "../_support/tree.ts";
import { startTyping } from "../_support/typing.ts";
import { hasTerminal, startCommand, waitForOutput } from "./_command.ts";

const IS_ON_TERMINAL = await hasTerminal();

const ESCAPE = "\x1b";

/** Runs the command in a terminal of that width, without any permission. */
async function shownIn(
  columns: number,
  tree: Tree,
  args: readonly string[],
): Promise<string> {
  const line = `stty cols ${columns}; "$@"; echo END`;
  const command = [Deno.execPath(), "run", "--no-prompt", MAIN, ...args];
  await using typing = startTyping(["sh", "-c", line, "sh", ...command], {
    cwd: tree.path,
    env: { NO_COLOR: "" },
  });
  const [, text = ""] = await typing.waitFor(/^([^]*)END\r?\n/);
  return text.replaceAll("\r\n", "\n");
}

for (const columns of [200, 80, 50]) {
  Deno.test({
    name: `--help fits a terminal of ${columns} columns, and has no colour`,
    ignore: !IS_ON_TERMINAL,
    async fn() {
      await using tree = await makeTree({});

      assertEquals(
        await shownIn(columns, tree, ["--help"]),
        `${helpText(columns)}\n`,
      );
    },
  });
}

/** Serves, and gives the start page and a line of the log. */
async function outputOf(
  { noColor, isOnTerminal }: { noColor: string; isOnTerminal: boolean },
): Promise<string> {
  await using tree = await makeTree({ "a.txt": "a" });
  const port = freePort();
  await using command = startCommand({
    denoFlags: [
      `--allow-net=127.0.0.1:${port}`,
      `--allow-read=${tree.path}`,
    ],
    args: ["-b127.0.0.1", String(port), tree.path],
    env: { NO_COLOR: noColor, TERM: "xterm-256color" },
    isOnTerminal,
  });
  await waitForOutput(command, isOnTerminal ? /Ctrl-C stops\./ : /^ +Local/m);
  await rawRequest({ hostname: "127.0.0.1", port }, "/a.txt");
  await waitForOutput(command, /"GET \/a\.txt[^\n]*\n/);
  return command.stdout() + command.stderr();
}

Deno.test({
  name: "the start page and the log have colours on a terminal",
  ignore: !IS_ON_TERMINAL,
  async fn() {
    const output = await outputOf({ noColor: "", isOnTerminal: true });

    assert(output.includes(`${ESCAPE}[1m  Local`), output);
    assert(output.includes(`${ESCAPE}[32m200${ESCAPE}[39m`), output);
  },
});

Deno.test({
  name: "NO_COLOR leaves a terminal without colours",
  ignore: !IS_ON_TERMINAL,
  async fn() {
    const output = await outputOf({ noColor: "1", isOnTerminal: true });

    assertEquals(output.includes(ESCAPE), false);
  },
});

Deno.test("the start page and the log have no colours in a pipe", async () => {
  const output = await outputOf({ noColor: "", isOnTerminal: false });

  assertEquals(output.includes(ESCAPE), false);
});
