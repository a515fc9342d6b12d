import { assert, assertEquals, assertMatch } from "@std/assert";

import { freePort, startServer } from "../_support/cli.ts";
import { concat, rawRequest, writeAll } from "../_support/raw.ts";
import { makeTree } from "../_support/tree.ts";
import {
  hasTerminal,
  startOnTerminal,
  waitForOutput,
  waitForPort,
  waitForRefusal,
} from "./_command.ts";
import { beginDownload, LARGE_BYTES, makeLargeFile } from "./_download.ts";

const STOP_SIGNALS: readonly Deno.Signal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

const IS_ON_TERMINAL = await hasTerminal();

Deno.test("signals stop an idle server with exit code 0", async () => {
  for (const signal of STOP_SIGNALS) {
    await using tree = await makeTree({});
    await using server = await startServer({ directory: tree.path });

    server.kill(signal);
    const { code, signal: endedBy } = await server.status;
    await server[Symbol.asyncDispose](); // until its output is read as well

    assertEquals({ signal, code, endedBy }, { signal, code: 0, endedBy: null });
    assertEquals(server.stderr(), "");
  }
});

Deno.test("SIGTERM lets a download under way finish", async () => {
  for (const signal of STOP_SIGNALS) {
    await using tree = await makeLargeFile();
    await using server = await startServer({ directory: tree.path });
    using download = await beginDownload(server);

    server.kill(signal);
    await waitForRefusal(server);
    const bytes = await download.finish();

    assertEquals(bytes, LARGE_BYTES);
    assertEquals((await server.status).code, 0);
    await server[Symbol.asyncDispose](); // until its output is read as well
    assertMatch(server.stderr(), new RegExp(`200 ${LARGE_BYTES}\n$`));
  }
});

Deno.test("SIGTERM is not held up by an idle kept-alive connection", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  await using server = await startServer({ directory: tree.path });
  using idle = await Deno.connect(server);
  await writeAll(
    idle,
    new TextEncoder().encode("GET /a.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"),
  );
  const buffer = new Uint8Array(4096);
  let answer: Uint8Array<ArrayBuffer> = new Uint8Array();
  while (!new TextDecoder().decode(answer).endsWith("\r\n\r\na")) {
    const count = await idle.read(buffer);
    answer = concat([answer, buffer.slice(0, count ?? 0)]);
    assert(count !== null, "the connection was not kept alive");
  }

  const before = performance.now();
  server.kill("SIGTERM");
  const { code } = await server.status;
  const took = performance.now() - before;

  assertEquals(code, 0);
  assert(took < 3_000, `${took} ms`);
});

Deno.test("SIGTERM is not held up by half a request", async () => {
  await using tree = await makeTree({});
  await using server = await startServer({ directory: tree.path });
  using half = await Deno.connect(server);
  await writeAll(half, new TextEncoder().encode("GET / HTTP/1.1\r\nHo"));

  const before = performance.now();
  server.kill("SIGTERM");
  const { code } = await server.status;
  const took = performance.now() - before;

  assertEquals(code, 0);
  assert(took < 12_000, `${took} ms`);
});

Deno.test("SIGTERM gives up a stalled download after 10 seconds", async () => {
  await using tree = await makeLargeFile();
  await using server = await startServer({ directory: tree.path });
  using _stalled = await beginDownload(server);

  const before = performance.now();
  server.kill("SIGTERM");
  const { code } = await server.status;
  const took = performance.now() - before;

  assertEquals(code, 0);
  assert(took > 8_000 && took < 15_000, `${took} ms`);
});

Deno.test.each<{ second: Deno.Signal; code: number }>([
  { second: "SIGINT", code: 130 },
  { second: "SIGTERM", code: 143 },
])("a second signal, $second, exits $code at once", async ({
  second,
  code,
}) => {
  await using tree = await makeLargeFile();
  await using server = await startServer({ directory: tree.path });
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

Deno.test("lines of the log are written before the exit", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  await using server = await startServer({ directory: tree.path });
  await Promise.all(
    Array.from({ length: 50 }, () => rawRequest(server, "/a.txt")),
  );

  server.kill("SIGTERM");
  await server.status;
  await server[Symbol.asyncDispose](); // until its output is read as well

  assertEquals(server.stderr().split("\n").length - 1, 50);
});

Deno.test({
  name: "Ctrl-C on a terminal says what it waits for",
  ignore: !IS_ON_TERMINAL,
  async fn() {
    await using tree = await makeLargeFile();
    const port = freePort();
    await using command = startOnTerminal(tree.path, port);
    await waitForPort(command);
    using download = await beginDownload({ hostname: "127.0.0.1", port });

    await command.type("\x03");
    await waitForOutput(
      command,
      /Stopping, 1 download under way \(Ctrl-C again to stop now\)/,
    );

    assertEquals(await download.finish(), LARGE_BYTES);
    assertEquals((await command.status).code, 0);
  },
});

Deno.test({
  name: "Ctrl-C twice on a terminal exits 130",
  ignore: !IS_ON_TERMINAL,
  async fn() {
    await using tree = await makeLargeFile();
    const port = freePort();
    await using command = startOnTerminal(tree.path, port);
    await waitForPort(command);
    using _stalled = await beginDownload({ hostname: "127.0.0.1", port });

    await command.type("\x03");
    await waitForOutput(command, /Stopping, /);
    await command.type("\x03");

    assertEquals((await command.status).code, 130);
  },
});
