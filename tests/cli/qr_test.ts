/**
 * The QR code of the start page, read as a phone would read it.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";

import { freePort, programTest } from "../_support/cli.ts";
import { readQr, squaresOfText } from "../_support/qr.ts";
import { rawRequest } from "../_support/raw.ts";
import { makeTree } from "../_support/tree.ts";
import {
  type Command,
  hasTerminal,
  startCommand,
  waitForOutput,
  waitForPort,
} from "./_command.ts";

const IS_ON_TERMINAL = await hasTerminal();

/** An address by which others reach this machine, if it has one. */
const HAS_NETWORK = Deno.networkInterfaces().some(({ family, address }) =>
  family === "IPv4" && !/^(?:127|0|169\.254)\./.test(address)
);

const LAST_LINE = /^▀+$/m;

function bestUrlOf(command: Command): string | undefined {
  return /^ {2}Network {2}(\S+)/m.exec(command.stdout())?.[1];
}

function codeOf(command: Command): string | null {
  const lines = command.stdout().split(/\r?\n/)
    .filter((line) => /^[█▀▄ ]{20,}$/.test(line));
  return readQr(squaresOfText(lines, "light on dark"));
}

Deno.test({
  name: "--qr prints the best network address with the least permissions",
  ignore: !HAS_NETWORK,
  async fn() {
    await using tree = await makeTree({});
    const port = freePort("0.0.0.0");
    await using command = startCommand({
      denoFlags: [
        `--allow-net=0.0.0.0:${port}`,
        `--allow-read=${tree.path}`,
        "--allow-sys=networkInterfaces",
      ],
      args: ["--qr", String(port), tree.path],
    });

    await waitForOutput(command, LAST_LINE);

    assertEquals(codeOf(command), bestUrlOf(command));
    assertMatch(command.stdout(), /^Serving HTTP on 0\.0\.0\.0 port /);
  },
});

Deno.test({
  name: "--qr prints the best network address under -A",
  ignore: !HAS_NETWORK,
  async fn() {
    await using tree = await makeTree({});
    await using command = startCommand({
      denoFlags: ["-A"],
      args: ["--qr", "0", tree.path],
    });

    await waitForOutput(command, LAST_LINE);

    assertEquals(codeOf(command), bestUrlOf(command));
  },
});

Deno.test({
  name: "--qr on a terminal is black on white between the page and its end",
  ignore: !HAS_NETWORK || !IS_ON_TERMINAL,
  async fn() {
    await using tree = await makeTree({});
    await using command = startCommand({
      denoFlags: ["-A"],
      args: ["--qr", "0", tree.path],
      env: { NO_COLOR: "" },
      isOnTerminal: true,
    });

    await waitForOutput(command, /Ctrl-C stops\.\r\n/);

    const lines = [
      ...command.stdout().matchAll(
        // deno-lint-ignore no-control-regex -- colours begin with a control
        /^\x1b\[38;5;16;48;5;231m([█▀▄ ]+)\x1b\[0m\r$/gm,
      ),
    ].map(([, line = ""]) => line);
    const url = readQr(squaresOfText(lines, "dark on light"));
    assert(url !== null);
    assert(command.stdout().includes(url));
  },
});

Deno.test("--qr says why there is no QR code, and serves", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const port = freePort();
  await using command = startCommand({
    denoFlags: [`--allow-net=127.0.0.1:${port}`, `--allow-read=${tree.path}`],
    args: ["--qr", "-b127.0.0.1", String(port), tree.path],
  });
  await waitForPort(command);

  await waitForOutput(
    command,
    /^# no QR code: only this machine reaches 127\.0\.0\.1; leave out --bind\n/m,
  );

  const address = { hostname: "127.0.0.1", port };
  assertEquals((await rawRequest(address, "/a.txt")).status, 200);
});

programTest("--qr names the permission that it lacks", async () => {
  await using tree = await makeTree({});
  const port = freePort("0.0.0.0");
  await using command = startCommand({
    denoFlags: [`--allow-net=0.0.0.0:${port}`, `--allow-read=${tree.path}`],
    args: ["--qr", String(port), tree.path],
  });

  await waitForOutput(
    command,
    /^# no QR code: .*; run with --allow-sys=networkInterfaces\n/m,
  );
});

Deno.test({
  name: "GET ?qr=text by localhost is the best network address",
  ignore: !HAS_NETWORK,
  async fn() {
    await using tree = await makeTree({ "d/": null });
    await using command = startCommand({
      denoFlags: ["-A"],
      args: ["0", tree.path],
    });
    const port = await waitForPort(command);
    await waitForOutput(command, /^ {2}Network .*\n/m);

    const { body } = await rawRequest(
      { hostname: "127.0.0.1", port },
      "/d/?qr=text",
      { host: `localhost:${port}` },
    );

    assertEquals(
      new TextDecoder().decode(body),
      `${bestUrlOf(command)}d/\n`,
    );
  },
});
