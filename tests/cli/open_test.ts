/**
 * `--open` with a program in the place of the one that opens a browser: it
 * writes down what it was given.
 *
 * @module
 */

import { assertEquals, assertMatch } from "@std/assert";

import { freePort, IS_EXECUTABLE } from "../_support/cli.ts";
import { childrenOf, KNOWS_CHILDREN } from "../_support/processes.ts";
import { rawRequest } from "../_support/raw.ts";
import { makeTree, type Tree } from "../_support/tree.ts";
import {
  type Command,
  hasTerminal,
  startCommand,
  waitFor,
  waitForOutput,
  waitForPort,
} from "./_command.ts";

const IS_LINUX = Deno.build.os === "linux";

const IS_ON_TERMINAL = await hasTerminal();

/** A folder to share, and beside it programs and what they write down. */
async function makePlace(script: string | null): Promise<Tree> {
  const tree = await makeTree({
    "site/a.txt": "a",
    "bin/": null,
    ...(script === null ? {} : { "bin/xdg-open": `#!/bin/sh\n${script}\n` }),
  });
  if (script !== null) await Deno.chmod(tree.at("bin/xdg-open"), 0o755);
  return tree;
}

/** Writes its arguments down, whole. */
const WRITE_DOWN = 'printf "%s\\n" "$#" "$@" > "$0.part" && ' +
  'mv "$0.part" "$0.given"';

interface StartOptions {
  readonly port: number;
  readonly denoFlags?: readonly string[];
  readonly args?: readonly string[];
  readonly path?: string;
  readonly isOnTerminal?: boolean;
}

function start(tree: Tree, options: StartOptions): Command {
  const { port, args = [], denoFlags, isOnTerminal = false } = options;
  return startCommand({
    denoFlags: denoFlags ?? [
      `--allow-net=127.0.0.1:${port}`,
      `--allow-read=${tree.at("site")}`,
      "--allow-run=xdg-open",
    ],
    args: ["--open", "-b127.0.0.1", String(port), tree.at("site"), ...args],
    env: {
      PATH: options.path ?? `${tree.at("bin")}:${Deno.env.get("PATH")}`,
    },
    isOnTerminal,
  });
}

async function givenTo(tree: Tree): Promise<string[]> {
  const text = await waitFor(() =>
    Deno.readTextFile(tree.at("bin/xdg-open.given")).catch(() => null)
  );
  return text.trimEnd().split("\n");
}

Deno.test({
  name: "--open opens the local address with the least permissions",
  ignore: !IS_LINUX,
  async fn() {
    await using tree = await makePlace(WRITE_DOWN);
    const port = freePort();
    await using _command = start(tree, { port });

    assertEquals(await givenTo(tree), ["1", `http://localhost:${port}/`]);
  },
});

Deno.test({
  name: "--open opens the local address under -A, and one that answers",
  ignore: !IS_LINUX,
  async fn() {
    await using tree = await makePlace(WRITE_DOWN);
    const port = freePort();
    await using _command = start(tree, { port, denoFlags: ["-A"] });

    assertEquals(await givenTo(tree), ["1", `http://localhost:${port}/`]);
    const address = { hostname: "127.0.0.1", port };
    assertEquals((await rawRequest(address, "/a.txt")).status, 200);
  },
});

Deno.test({
  name: "--open under -A lets the process that serves run one program",
  ignore: !IS_LINUX || !KNOWS_CHILDREN || IS_EXECUTABLE,
  async fn() {
    await using tree = await makePlace(WRITE_DOWN);
    await using command = start(tree, { port: freePort(), denoFlags: ["-A"] });
    await waitForPort(command);
    await givenTo(tree);

    const lines = childrenOf(command.pid).map((pid) =>
      Deno.readTextFileSync(`/proc/${pid}/cmdline`).split("\0")
    );

    assertEquals(
      lines.map((line) => line.filter((word) => /allow-run|-A\b/.test(word))),
      [["--allow-run=xdg-open"]],
    );
  },
});

Deno.test({
  name: "--open gives its permission back before the page says what is allowed",
  ignore: !IS_LINUX || !IS_ON_TERMINAL || IS_EXECUTABLE,
  async fn() {
    await using tree = await makePlace(WRITE_DOWN);
    const port = freePort();
    await using command = start(tree, {
      port,
      denoFlags: [
        `--allow-net=127.0.0.1:${port}`,
        `--allow-read=${tree.at("site")}`,
        "--allow-run",
      ],
      args: ["--no-sandbox"],
      isOnTerminal: true,
    });

    await waitForOutput(command, /Ctrl-C stops\.\r\n/);

    assertMatch(command.stdout(), /^ {2}Allowed .*; nothing else\r$/m);
  },
});

Deno.test({
  name: "--open without permission says so in one line, asks nobody and serves",
  ignore: !IS_LINUX || IS_EXECUTABLE,
  async fn() {
    await using tree = await makePlace(WRITE_DOWN);
    const port = freePort();
    await using command = start(tree, {
      port,
      denoFlags: [
        `--allow-net=127.0.0.1:${port}`,
        `--allow-read=${tree.at("site")}`,
      ],
    });

    await waitForOutput(
      command,
      /^# no browser is opened: run with --allow-run=xdg-open, .*\n/m,
    );

    const address = { hostname: "127.0.0.1", port };
    assertEquals((await rawRequest(address, "/a.txt")).status, 200);
  },
});

Deno.test({
  name: "--open under -A where there is no such program says so and serves",
  ignore: !IS_LINUX,
  async fn() {
    await using tree = await makePlace(null);
    const port = freePort();
    const path = tree.at("bin");
    await using command = start(tree, { port, denoFlags: ["-A"], path });
    await waitForPort(command);

    await waitForOutput(command, /^# no browser is opened: .*\n/m);

    assertEquals(command.stderr().trimEnd().split("\n").length, 1);
    const address = { hostname: "127.0.0.1", port };
    assertEquals((await rawRequest(address, "/a.txt")).status, 200);
  },
});

Deno.test({
  name: "--open tells of a program that fails, and nothing that it says",
  ignore: !IS_LINUX,
  async fn() {
    await using tree = await makePlace("echo out; echo err >&2; exit 3");
    const port = freePort();
    await using command = start(tree, { port, denoFlags: ["-A"] });

    await waitForOutput(
      command,
      /^# no browser was opened: xdg-open ended with exit code 3\n/m,
    );

    const said = `${command.stdout()}${command.stderr()}`;
    assertEquals(/^(?:out|err)$/m.test(said), false);
    const address = { hostname: "127.0.0.1", port };
    assertEquals((await rawRequest(address, "/a.txt")).status, 200);
  },
});

Deno.test({
  name: "--open holds no end up, and Ctrl-C ends no browser",
  ignore: !IS_LINUX || !IS_ON_TERMINAL,
  async fn() {
    // It stays for as long as there is a folder, as a browser would.
    await using tree = await makePlace(
      `${WRITE_DOWN}; while [ -e "$0" ]; do sleep 0.05; done; echo > "$0.end"`,
    );
    const port = freePort();
    await using command = start(tree, { port, isOnTerminal: true });
    await waitForOutput(command, /Ctrl-C stops\.\r\n/);
    await givenTo(tree);

    await command.type("\x03");

    assertEquals((await command.status).code, 0);
    // A process that the terminal had ended would not get this far.
    await Deno.remove(tree.at("bin/xdg-open"));
    await waitFor(() =>
      Deno.stat(tree.at("bin/xdg-open.end")).catch(() => null)
    );
  },
});
