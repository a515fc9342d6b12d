/**
 * The command under `deno run -A`: it starts itself once more with the least
 * permissions, and nobody can tell from outside.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";

import {
  freePort,
  MAIN,
  REPOSITORY,
  runMain,
  startServer,
} from "../_support/cli.ts";
import {
  childrenOf,
  isRunning,
  KNOWS_CHILDREN,
} from "../_support/processes.ts";
import { rawRequest } from "../_support/raw.ts";
import { link, makeTree, type Tree } from "../_support/tree.ts";
import {
  type Command,
  hasTerminal,
  startCommand,
  startOnTerminal,
  waitFor,
  waitForOutput,
  waitForPort,
  waitForRefusal,
} from "./_command.ts";
import { beginDownload, LARGE_BYTES, makeLargeFile } from "./_download.ts";

const IS_ON_TERMINAL = await hasTerminal();

/** The command under `-A` for one folder. */
function startFreely(
  tree: Tree,
  port: number,
  options: { args?: readonly string[]; isOnTerminal?: boolean } = {},
): Command {
  return startCommand({
    denoFlags: ["-A"],
    args: ["-b127.0.0.1", String(port), tree.path, ...options.args ?? []],
    isOnTerminal: options.isOnTerminal ?? false,
  });
}

/** The process that serves, started by the one that was started. */
async function servingPid(pid: number): Promise<number> {
  const [child] = await waitFor(() => {
    const children = childrenOf(pid);
    return children.length === 0 ? null : children;
  });
  assert(child !== undefined);
  return child;
}

Deno.test({
  name: "under -A the start page is the one of the least permissions",
  ignore: !IS_ON_TERMINAL,
  async fn() {
    await using tree = await makeTree({});
    const port = freePort();

    await using least = startOnTerminal(tree.path, port);
    await waitForOutput(least, /Ctrl-C stops\.\r\n/);
    await least.type("\x03");
    await least.status;
    await using free = startFreely(tree, port, { isOnTerminal: true });
    await waitForOutput(free, /Ctrl-C stops\.\r\n/);

    assertEquals(free.stdout(), least.stdout().replace("^C", ""));
    assertMatch(free.stdout(), /listen on port \d+; nothing else\r\n/);
  },
});

Deno.test("under -A nothing else is written than with the least permissions", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const seen: string[] = [];
  for (const permissions of ["all", "least"] as const) {
    await using server = await startServer({
      directory: tree.path,
      permissions,
    });
    await rawRequest(server, "/a.txt");
    server.kill("SIGTERM");
    await server.status;
    await server[Symbol.asyncDispose](); // until its output is read as well
    seen.push(
      `${server.stdout()}${server.stderr()}`
        .replaceAll(String(server.port), "PORT")
        .replaceAll(/\[.*?\]/g, "[TIME]"),
    );
  }

  assertEquals(seen[0], seen[1]);
});

Deno.test({
  name: "under -A a second process serves, with one folder and one port",
  ignore: !KNOWS_CHILDREN,
  async fn() {
    await using tree = await makeTree({ "a,b/": null });
    const port = freePort();
    await using command = startCommand({
      denoFlags: ["-A"],
      args: ["-b127.0.0.1", String(port), tree.at("a,b")],
    });
    await waitForPort(command);

    const pid = await servingPid(command.pid);
    const line = Deno.readTextFileSync(`/proc/${pid}/cmdline`).split("\0");

    assertEquals(line.slice(1, 6), [
      "run",
      "--quiet",
      "--no-prompt",
      `--allow-net=127.0.0.1:${port}`,
      "--allow-read=.",
    ]);
  },
});

Deno.test({
  name: "under -A with --no-sandbox one process serves and says what it may",
  ignore: !IS_ON_TERMINAL || !KNOWS_CHILDREN,
  async fn() {
    await using tree = await makeTree({});
    await using command = startFreely(tree, freePort(), {
      args: ["--no-sandbox"],
      isOnTerminal: true,
    });
    await waitForOutput(command, /Ctrl-C stops\.\r\n/);

    const pid = await servingPid(command.pid); // of `script`

    assertEquals(childrenOf(pid), []);
    assertMatch(command.stdout(), /; also: read every file, use the whole/);
  },
});

Deno.test("under -A what --deny-read keeps back is not served", async () => {
  await using tree = await makeTree({ "a.txt": "a", "private/s.txt": "s" });
  const port = freePort();
  await using command = startCommand({
    denoFlags: ["-A", `--deny-read=${tree.at("private")}`],
    args: ["-b127.0.0.1", String(port), tree.path],
  });
  await waitForPort(command);
  const address = { hostname: "127.0.0.1", port };

  assertEquals((await rawRequest(address, "/a.txt")).status, 200);
  assertEquals((await rawRequest(address, "/private/s.txt")).status, 404);
});

Deno.test("under -A signals stop an idle server with exit code 0", async () => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    await using tree = await makeTree({});
    await using server = await startServer({
      directory: tree.path,
      permissions: "all",
    });

    server.kill(signal);
    const { code, signal: endedBy } = await server.status;
    await server[Symbol.asyncDispose](); // until its output is read as well

    assertEquals({ signal, code, endedBy }, { signal, code: 0, endedBy: null });
    assertEquals(server.stderr(), "");
  }
});

Deno.test({
  name: "under -A one signal to both processes counts once",
  ignore: !KNOWS_CHILDREN,
  async fn() {
    await using tree = await makeLargeFile();
    await using server = await startServer({
      directory: tree.path,
      permissions: "all",
    });
    const pid = await servingPid(server.pid);
    using download = await beginDownload(server);

    Deno.kill(pid, "SIGTERM");
    server.kill("SIGTERM");
    await waitForRefusal(server);

    assertEquals(await download.finish(), LARGE_BYTES);
    assertEquals((await server.status).code, 0);
  },
});

Deno.test.each<{ second: Deno.Signal; code: number }>([
  { second: "SIGINT", code: 130 },
  { second: "SIGTERM", code: 143 },
])("under -A a second signal, $second, exits $code at once", async ({
  second,
  code,
}) => {
  await using tree = await makeLargeFile();
  await using server = await startServer({
    directory: tree.path,
    permissions: "all",
  });
  using _stalled = await beginDownload(server);
  server.kill("SIGINT");
  await waitForRefusal(server);

  const before = performance.now();
  server.kill(second);
  const status = await server.status;
  const took = performance.now() - before;

  assertEquals(status.code, code);
  assert(took < 3_000, `${took} ms`);
});

Deno.test({
  name: "under -A Ctrl-C on a terminal lets a download finish",
  ignore: !IS_ON_TERMINAL,
  async fn() {
    await using tree = await makeLargeFile();
    const port = freePort();
    await using command = startFreely(tree, port, { isOnTerminal: true });
    await waitForPort(command);
    using download = await beginDownload({ hostname: "127.0.0.1", port });

    await command.type("\x03");
    await waitForOutput(command, /Stopping, 1 download under way/);

    assertEquals(await download.finish(), LARGE_BYTES);
    assertEquals((await command.status).code, 0);
    assertEquals(command.stdout().split("Stopping").length, 2);
  },
});

Deno.test({
  name: "under -A Ctrl-C twice on a terminal exits 130",
  ignore: !IS_ON_TERMINAL,
  async fn() {
    await using tree = await makeLargeFile();
    const port = freePort();
    await using command = startFreely(tree, port, { isOnTerminal: true });
    await waitForPort(command);
    using _stalled = await beginDownload({ hostname: "127.0.0.1", port });

    await command.type("\x03");
    await waitForOutput(command, /Stopping, /);
    await command.type("\x03");

    assertEquals((await command.status).code, 130);
  },
});

Deno.test({
  name: "under -A the serving process does not outlive the other",
  ignore: !KNOWS_CHILDREN,
  async fn() {
    await using tree = await makeTree({});
    await using server = await startServer({
      directory: tree.path,
      permissions: "all",
    });
    const pid = await servingPid(server.pid);

    server.kill("SIGKILL");

    await waitFor(() => isRunning(pid) ? null : true, () => "an orphan");
    await waitForRefusal(server);
  },
});

Deno.test({
  name: "under -A a serving process that is killed ends the other with 137",
  ignore: !KNOWS_CHILDREN,
  async fn() {
    await using tree = await makeTree({});
    await using server = await startServer({
      directory: tree.path,
      permissions: "all",
    });

    Deno.kill(await servingPid(server.pid), "SIGKILL");

    assertEquals((await server.status).code, 137);
    await waitForRefusal(server);
  },
});

Deno.test("under -A what cannot be shared is said in the same words", async () => {
  await using tree = await makeTree({ "pipe": null, "loop": link("loop") });
  const port = freePort();
  using _taken = Deno.listen({ hostname: "127.0.0.1", port });
  for (
    const args of [
      ["-b127.0.0.1", String(port), tree.path],
      ["-b192.0.2.1", "8000", tree.path],
      ["8000", tree.at("missing")],
      ["8000", tree.at("loop")],
      ["8000", tree.at("missing"), "--follow-symlinks"],
    ]
  ) {
    const restarted = await runMain(["-A"], args);
    const alone = await runMain(["-A"], [...args, "--no-sandbox"]);

    assertEquals(restarted, alone);
    assertMatch(restarted.stderr, /^error: [^\n]+\n$/);
  }
});

Deno.test("under -A without a port asked for, the next free one is taken", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const hostname = "127.0.0.78";
  using _listener = Deno.listen({ hostname, port: 8000 });
  await using command = startCommand({
    denoFlags: ["-A"],
    args: ["--bind", hostname, tree.path],
  });

  const port = await waitForPort(command);

  assertEquals(port, 8001);
  await waitForOutput(command, /\b8000 is taken, so this is port 8001\n/);
  assertEquals((await rawRequest({ hostname, port }, "/a.txt")).status, 200);
});

Deno.test("under -A with port 0 the one that is found is served on", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  await using command = startFreely(tree, 0);

  const port = await waitForPort(command);

  const address = { hostname: "127.0.0.1", port };
  assertEquals((await rawRequest(address, "/a.txt")).status, 200);
});

Deno.test("under -A --follow-symlinks leads outside", async () => {
  await using tree = await makeTree({
    "secret.txt": "secret",
    "site/out.txt": link("../secret.txt"),
  });
  await using server = await startServer({
    directory: tree.at("site"),
    permissions: "all",
    args: ["--follow-symlinks"],
  });

  assertEquals((await rawRequest(server, "/out.txt")).status, 200);
});

Deno.test("under -A a file of users behind a link is read", async () => {
  await using tree = await makeTree({
    "site/a.txt": "a",
    // The hash of no password: it only has to be well-formed.
    "users,1": `ann:$pbkdf2-sha512$i=210000$${"A".repeat(22)}$${
      "A".repeat(86)
    }\n`,
    "link": link("users,1"),
  });
  await using server = await startServer({
    directory: tree.at("site"),
    permissions: "all",
    args: ["--auth-file", tree.at("link")],
  });

  assertEquals((await rawRequest(server, "/a.txt")).status, 401);
});

Deno.test("under -A the program works from another folder", async () => {
  await using tree = await makeTree({ "site/a.txt": "a" });
  await using command = startCommand({
    denoFlags: ["-A"],
    args: ["-b127.0.0.1", "0", "site"],
    cwd: tree.path,
  });

  const port = await waitForPort(command);

  const address = { hostname: "127.0.0.1", port };
  assertEquals((await rawRequest(address, "/a.txt")).status, 200);
  assertEquals(command.stderr().includes("Cannot start again"), false);
});

Deno.test("under -A what the second process cannot load is served by the first", async () => {
  await using tree = await makeTree({
    "a.txt": "a",
    "program/deno.json": '{ "version": "0.0.0" }',
  });
  await copyProgram(tree.at("program"));
  await using command = startCommand({
    denoFlags: ["-A", `--config=${join(REPOSITORY, "deno.json")}`],
    main: tree.at("program/main.ts"),
    args: ["-b127.0.0.1", "0", tree.path],
  });

  const port = await waitForPort(command);

  const address = { hostname: "127.0.0.1", port };
  assertEquals((await rawRequest(address, "/a.txt")).status, 200);
  await waitForOutput(
    command,
    /^Cannot start again with fewer permissions \(.+\); serving with all of them$/m,
  );
});

Deno.test("the inner argument gives nothing to who writes it", async () => {
  await using tree = await makeTree({});

  const ended = await runMain([], ["--told-by-parent", "8000", tree.path]);

  assertEquals(ended.code, 1);
  assertMatch(ended.stderr, /^error: [^\n]+\n$/);
});

async function copyProgram(to: string): Promise<void> {
  await Deno.copyFile(MAIN, join(to, "main.ts"));
  const { success } = await new Deno.Command("cp", {
    args: ["-r", join(REPOSITORY, "lib"), to],
  }).output();
  assert(success);
}
