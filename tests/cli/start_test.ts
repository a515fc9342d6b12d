import { assert, assertEquals, assertMatch } from "@std/assert";

import { freePort, IS_EXECUTABLE, startServer } from "../_support/cli.ts";
import { rawRequest } from "../_support/raw.ts";
import { makeTree } from "../_support/tree.ts";
import {
  hasTerminal,
  startCommand,
  startOnTerminal,
  waitForOutput,
  waitForPort,
} from "./_command.ts";

/** An address of this machine that no other test or program listens on. */
const QUIET_ADDRESS = "127.0.0.77";

const FALLBACK_PORTS = [8001, 8002, 8003, 8004, 8005, 8006, 8007, 8008, 8009];

const IS_ON_TERMINAL = await hasTerminal();

/** What a terminal shows: its line ends are two characters. */
function shownOf(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

function canListen(port: number): boolean {
  try {
    Deno.listen({ hostname: QUIET_ADDRESS, port }).close();
    return true;
  } catch {
    return false; // taken, or no such address here
  }
}

function netOf(ports: readonly number[]): string {
  return ports.map((port) => `${QUIET_ADDRESS}:${port}`).join(",");
}

Deno.test("the start page is two lines where nobody looks on", async () => {
  await using tree = await makeTree({});
  await using server = await startServer({ directory: tree.path });

  assertEquals(
    server.stdout(),
    `Serving HTTP on 127.0.0.1 port ${server.port} ` +
      `(http://127.0.0.1:${server.port}/) ...\n` +
      `  Local    http://localhost:${server.port}/\n`,
  );
});

Deno.test("the start page comes when connections are accepted", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  await using server = await startServer({ directory: tree.path });

  assertEquals((await rawRequest(server, "/a.txt")).status, 200);
});

Deno.test({
  name: "the start page on a terminal tells what is shared and allowed",
  ignore: !IS_ON_TERMINAL || IS_EXECUTABLE,
  async fn() {
    await using tree = await makeTree({});
    const port = freePort();
    await using command = startOnTerminal(tree.path, port);

    await waitForOutput(command, /Ctrl-C stops\.\r\n/);

    assertEquals(
      shownOf(command.stdout()),
      `Serving HTTP on 127.0.0.1 port ${port} (http://127.0.0.1:${port}/) ...

  Folder   ${tree.path}
  Local    http://localhost:${port}/
  Allowed  read ${tree.path}, listen on port ${port}; nothing else

Ctrl-C stops.
`,
    );
  },
});

Deno.test({
  name: "Ctrl-C on a terminal stops the command",
  ignore: !IS_ON_TERMINAL,
  async fn() {
    await using tree = await makeTree({});
    const port = freePort();
    await using command = startOnTerminal(tree.path, port);
    await waitForOutput(command, /Ctrl-C stops\.\r\n/);

    await command.type("\x03");

    assertEquals((await command.status).code, 0);
  },
});

Deno.test({
  name: "the start page on a terminal names the network where it may know it",
  ignore: !IS_ON_TERMINAL,
  async fn() {
    await using tree = await makeTree({});
    const port = freePort("0.0.0.0");
    await using command = startCommand({
      denoFlags: [
        `--allow-net=0.0.0.0:${port}`,
        `--allow-read=${tree.path}`,
        "--allow-sys=networkInterfaces",
      ],
      args: [String(port), tree.path],
      isOnTerminal: true,
    });

    await waitForOutput(command, /Ctrl-C stops\.\r\n/);

    assertMatch(
      shownOf(command.stdout()),
      /^ {2}Network {2}\S.* can read the folder$/m,
    );
  },
});

Deno.test({
  name: "the start page on a terminal says what is allowed beyond need",
  ignore: !IS_ON_TERMINAL || IS_EXECUTABLE,
  async fn() {
    await using tree = await makeTree({});
    const port = freePort();
    await using command = startCommand({
      denoFlags: ["--allow-net", "--allow-read"],
      args: ["-b127.0.0.1", String(port), tree.path],
      isOnTerminal: true,
    });

    await waitForOutput(command, /Ctrl-C stops\.\r\n/);

    const page = shownOf(command.stdout());
    assertMatch(page, /^ {2}Allowed {2}.*; also: .+$/m);
    assertMatch(page, new RegExp(`--allow-net=127\\.0\\.0\\.1:${port}\\b`));
    assert(page.includes(`--allow-read=${tree.path}`), page);
  },
});

Deno.test({
  name: "without a port asked for, the next free one after 8000 is taken",
  ignore: !canListen(0),
  async fn() {
    await using tree = await makeTree({ "a.txt": "a" });
    // Taken by this listener, or by somebody else: taken either way.
    using _listener = canListen(8000)
      ? Deno.listen({ hostname: QUIET_ADDRESS, port: 8000 })
      : null;
    const expected = FALLBACK_PORTS.find(canListen);
    await using command = startCommand({
      denoFlags: [
        `--allow-net=${netOf([8000, ...FALLBACK_PORTS])}`,
        `--allow-read=${tree.path}`,
      ],
      args: ["--bind", QUIET_ADDRESS, tree.path],
    });

    const port = await waitForPort(command);

    assertEquals(port, expected);
    await waitForOutput(command, /\b8000 is taken\b/);
    assertEquals(
      (await rawRequest({ hostname: QUIET_ADDRESS, port }, "/a.txt")).status,
      200,
    );
  },
});

Deno.test({
  name: "without a port asked for, only granted ports are tried",
  ignore: !canListen(0) || IS_EXECUTABLE,
  async fn() {
    await using tree = await makeTree({});
    using _listener = canListen(8000)
      ? Deno.listen({ hostname: QUIET_ADDRESS, port: 8000 })
      : null;
    const granted = FALLBACK_PORTS.findLast(canListen) ?? 8009;
    await using command = startCommand({
      denoFlags: [
        `--allow-net=${netOf([8000, granted])}`,
        `--allow-read=${tree.path}`,
      ],
      args: ["--bind", QUIET_ADDRESS, tree.path],
    });

    assertEquals(await waitForPort(command), granted);
  },
});

Deno.test({
  name: "without a port asked for and none left, one line and exit 1",
  ignore: !canListen(0) || IS_EXECUTABLE,
  async fn() {
    await using tree = await makeTree({});
    using _listener = canListen(8000)
      ? Deno.listen({ hostname: QUIET_ADDRESS, port: 8000 })
      : null;
    await using command = startCommand({
      denoFlags: [
        `--allow-net=${netOf([8000])}`,
        `--allow-read=${tree.path}`,
      ],
      args: ["--bind", QUIET_ADDRESS, tree.path],
    });

    assertEquals((await command.status).code, 1);
    await waitForOutput(command, /^error: [^\n]*8000[^\n]*\n$/);
    assertEquals(command.stdout(), "");
  },
});

Deno.test({
  name: "PORT of the environment is left alone where it may not be read",
  ignore: !canListen(0) || IS_EXECUTABLE,
  async fn() {
    await using tree = await makeTree({});
    await using command = startCommand({
      denoFlags: [
        `--allow-net=${netOf([8000, ...FALLBACK_PORTS])}`,
        `--allow-read=${tree.path}`,
      ],
      args: ["--bind", QUIET_ADDRESS, tree.path],
      env: { PORT: "nonsense" },
    });

    assert([8000, ...FALLBACK_PORTS].includes(await waitForPort(command)));
  },
});
