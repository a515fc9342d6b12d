import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";

import {
  freePort,
  programTest,
  type Server,
  startServer,
} from "../_support/cli.ts";
import { rawRequest } from "../_support/raw.ts";
import { link, makeTree } from "../_support/tree.ts";
import { startCommand, waitFor, waitForPort } from "./_command.ts";

const HAS_IPV6 = hasIPv6();

const JSON_LISTING = { headers: { Accept: "application/json" } };

async function bodyOf(
  address: { hostname: string; port: number },
  target: string,
): Promise<string> {
  const { status, body } = await rawRequest(address, target);
  assertEquals(status, 200, target);
  return new TextDecoder().decode(body);
}

async function statusOf(
  address: { hostname: string; port: number },
  target: string,
): Promise<number> {
  return (await rawRequest(address, target)).status;
}

Deno.test("without flags a folder has a page and an index is shown", async () => {
  await using tree = await makeTree({ "a.txt": "a", "site/index.html": "<p>" });
  await using server = await startServer({ directory: tree.path });

  assertStringIncludes(await bodyOf(server, "/"), "a.txt");
  assertEquals(await bodyOf(server, "/site/"), "<p>");
  const { headers } = await rawRequest(server, "/a.txt");
  assertEquals(headers.get("cache-control"), "no-cache");
});

Deno.test("--no-listing answers 404 for a folder, also as JSON", async () => {
  await using tree = await makeTree({ "a.txt": "a", "site/index.html": "<p>" });
  await using server = await startServer({
    directory: tree.path,
    args: ["--no-listing"],
  });

  assertEquals(await statusOf(server, "/"), 404);
  assertEquals((await rawRequest(server, "/", JSON_LISTING)).status, 404);
  assertEquals(await statusOf(server, "/site/?listing"), 200);
  assertEquals(await bodyOf(server, "/site/"), "<p>");
  assertEquals(await bodyOf(server, "/a.txt"), "a");
});

Deno.test("--no-index shows the page of a folder that has an index", async () => {
  await using tree = await makeTree({ "index.html": "<p>", "b.txt": "b" });
  await using server = await startServer({
    directory: tree.path,
    args: ["--no-index"],
  });

  const page = await bodyOf(server, "/");

  assertStringIncludes(page, "index.html");
  assertStringIncludes(page, "b.txt");
  assertEquals(await bodyOf(server, "/index.html"), "<p>");
});

Deno.test("--dotfiles shows names that are 404 without it", async () => {
  await using tree = await makeTree({
    ".env": "secret",
    ".well-known/a.txt": "a",
  });
  await using plain = await startServer({ directory: tree.path });
  await using open = await startServer({
    directory: tree.path,
    args: ["--dotfiles"],
  });

  assertEquals(await statusOf(plain, "/.env"), 404);
  assertEquals(await bodyOf(plain, "/.well-known/a.txt"), "a");
  assert(!(await bodyOf(plain, "/")).includes(".env"));
  assertEquals(await bodyOf(open, "/.env"), "secret");
  assertStringIncludes(await bodyOf(open, "/"), ".env");
});

programTest(
  "--follow-symlinks follows links out to where it may read",
  async () => {
    await using outside = await makeTree({ "secret.txt": "s" });
    await using tree = await makeTree({
      "a.txt": "a",
      "in": link("a.txt"),
      "out": link(outside.at("secret.txt")),
    });
    const start = async (flags: string[], reads: string[]) => {
      const port = freePort();
      const command = startCommand({
        denoFlags: [
          `--allow-net=127.0.0.1:${port}`,
          `--allow-read=${reads.join(",")}`,
        ],
        args: ["--bind", "127.0.0.1", String(port), tree.path, ...flags],
      });
      await waitForPort(command);
      return { command, address: { hostname: "127.0.0.1", port } };
    };

    const follow = ["--follow-symlinks"];
    const both = [tree.path, outside.path];
    const open = await start(follow, both);
    await using _open = open.command;
    const strict = await start([], both);
    await using _strict = strict.command;
    const narrow = await start(follow, [tree.path]);
    await using _narrow = narrow.command;

    assertEquals(await bodyOf(open.address, "/out"), "s");
    assertEquals(await bodyOf(open.address, "/in"), "a");
    assertEquals(await statusOf(strict.address, "/out"), 404);
    assertEquals(await bodyOf(strict.address, "/in"), "a");
    assert(await statusOf(narrow.address, "/out") >= 400);
  },
);

Deno.test("-H adds headers to every answer and wins over ours", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  await using server = await startServer({
    directory: tree.path,
    args: [
      "-H",
      "X-Robots-Tag: noindex",
      "--header=cache-control: no-store",
      "-HX-Empty:",
    ],
  });

  for (const target of ["/a.txt", "/", "/nowhere"]) {
    const { headers, headerLines } = await rawRequest(server, target);
    assertEquals(headers.get("x-robots-tag"), "noindex", target);
    assertEquals(headers.get("x-empty"), "", target);
    assertEquals(headers.get("cache-control"), "no-store", target);
    assertEquals(
      headerLines.filter((line) => /^cache-control:/i.test(line)).length,
      1,
    );
  }
});

Deno.test("--cache lets clients keep files, but not pages and errors", async () => {
  await using tree = await makeTree({ "a.txt": "a", "d/": null });
  await using server = await startServer({
    directory: tree.path,
    args: ["--cache", "3600"],
  });
  const cacheOf = async (target: string, headers = {}) => {
    const response = await rawRequest(server, target, { headers });
    return `${response.status} ${response.headers.get("cache-control")}`;
  };
  const { headers } = await rawRequest(server, "/a.txt");
  const etag = headers.get("etag") ?? "";

  assertMatch(await cacheOf("/a.txt"), /^200 .*\bmax-age=3600\b/);
  assertMatch(
    await cacheOf("/a.txt", { Range: "bytes=0-0" }),
    /^206 .*\bmax-age=3600\b/,
  );
  assertMatch(
    await cacheOf("/a.txt", { "If-None-Match": etag }),
    /^304 .*\bmax-age=3600\b/,
  );
  assertEquals(await cacheOf("/"), "200 no-cache");
  assertEquals(await cacheOf("/d"), "301 no-cache");
  assertEquals(await cacheOf("/nowhere"), "404 no-cache");
});

const TIME = String.raw`\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\]`;

/** Asks for a file as a browser does and gives the line that it left. */
async function lineOf(server: Server): Promise<string> {
  const headers = { Referer: "http://r.example/", "User-Agent": "t/1 (x)" };
  await rawRequest(server, "/a.txt?b", { headers });
  await waitFor(() => server.stderr().includes("\n") || null, server.stderr);
  return server.stderr();
}

Deno.test.each<{ args: string[]; line: RegExp }>([
  {
    args: [],
    line: new RegExp(
      String.raw`^127\.0\.0\.1 - - ${TIME} "GET /a\.txt\?b HTTP/1\.1" 200 1\n$`,
    ),
  },
  {
    args: ["--log-format", "common"],
    line: new RegExp(
      String.raw`^127\.0\.0\.1 - - ${TIME} "GET /a\.txt\?b HTTP/1\.1" 200 1\n$`,
    ),
  },
  {
    args: ["--log-format", "combined"],
    line: new RegExp(
      String.raw`^127\.0\.0\.1 - - ${TIME} "GET /a\.txt\?b HTTP/1\.1" 200 1 ` +
        String.raw`"http://r\.example/" "t/1 \(x\)"\n$`,
    ),
  },
  {
    args: ["--log-format=python"],
    line:
      /^127\.0\.0\.1 - - \[\d\d\/[A-Z][a-z]{2}\/\d{4} \d\d:\d\d:\d\d\] "GET \/a\.txt\?b HTTP\/1\.1" 200 -\n$/,
  },
])("the log with $args is such a line on stderr", async ({ args, line }) => {
  await using tree = await makeTree({ "a.txt": "a" });
  await using server = await startServer({ directory: tree.path, args });

  assertMatch(await lineOf(server), line);
});

Deno.test("--log-format json writes an object a line", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  await using server = await startServer({
    directory: tree.path,
    args: ["--log-format", "json"],
  });

  const { time, duration_ms, ...others } = JSON.parse(await lineOf(server));

  assert(Math.abs(Date.parse(time) - Date.now()) < 60_000, time);
  assert(duration_ms >= 0, duration_ms);
  assertEquals(others, {
    remote: "127.0.0.1",
    method: "GET",
    target: "/a.txt?b",
    protocol: "HTTP/1.1",
    status: 200,
    bytes: 1,
    referrer: "http://r.example/",
    user_agent: "t/1 (x)",
    user: null,
    aborted: false,
  });
});

Deno.test("-q writes no access log, not even at exit", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  await using server = await startServer({
    directory: tree.path,
    args: ["-q"],
  });

  await rawRequest(server, "/a.txt");
  await rawRequest(server, "/nowhere");
  server.kill("SIGTERM");

  assertEquals((await server.status).code, 0);
  await server[Symbol.asyncDispose](); // until its output is read as well
  assertEquals(server.stderr(), "");
});

Deno.test("-p 0 takes a free port and prints the real one", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  await using command = startCommand({
    denoFlags: ["--allow-net=127.0.0.1:0", `--allow-read=${tree.path}`],
    args: ["--bind=127.0.0.1", "-p", "0", tree.path],
  });

  const port = await waitForPort(command);

  assert(port > 0);
  assertStringIncludes(command.stdout(), `(http://127.0.0.1:${port}/)`);
  assertEquals(await bodyOf({ hostname: "127.0.0.1", port }, "/a.txt"), "a");
});

Deno.test.each<{ bind: string; printed: string; reached: string[] }>([
  { bind: "::1", printed: "http://[::1]:", reached: ["::1"] },
  { bind: "::", printed: "http://[::]:", reached: ["::1", "127.0.0.1"] },
  { bind: "localhost", printed: "http://localhost:", reached: ["localhost"] },
])("-b $bind listens with the grant for it alone", async ({
  bind,
  printed,
  reached,
}) => {
  if (bind.includes(":") && !HAS_IPV6) return;
  await using tree = await makeTree({ "a.txt": "a" });
  const port = freePort(bind);
  const host = bind.includes(":") ? `[${bind}]` : bind;
  await using command = startCommand({
    denoFlags: [`--allow-net=${host}:${port}`, `--allow-read=${tree.path}`],
    args: ["-b", bind, String(port), tree.path],
  });

  await waitForPort(command);

  assertStringIncludes(
    command.stdout(),
    `Serving HTTP on ${bind} port ${port} (${printed}${port}/) ...\n`,
  );
  for (const hostname of reached) {
    assertEquals(await bodyOf({ hostname, port }, "/a.txt"), "a");
  }
  assertEquals(command.stderr().includes("error"), false);
});

Deno.test("PORT of the environment counts where it may be read", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const port = freePort();
  await using command = startCommand({
    denoFlags: [
      "--allow-env=PORT",
      `--allow-net=127.0.0.1:${port}`,
      `--allow-read=${tree.path}`,
    ],
    args: ["--host", "127.0.0.1", tree.path],
    env: { PORT: String(port) },
  });

  assertEquals(await waitForPort(command), port);
});

Deno.test("-d shares a folder, port and folder come in either order", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const port = freePort();
  const orders = [
    ["-d", tree.path, "-p", String(port)],
    [tree.path, String(port)],
    [String(port), tree.path],
  ];

  for (const order of orders) {
    await using command = startCommand({
      denoFlags: [
        `--allow-net=127.0.0.1:${port}`,
        `--allow-read=${tree.path}`,
      ],
      args: ["-b127.0.0.1", ...order],
    });
    assertEquals(await waitForPort(command), port);
    assertEquals(await bodyOf({ hostname: "127.0.0.1", port }, "/a.txt"), "a");
  }
});

Deno.test("a folder without a name in the arguments is the current one", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const port = freePort();
  await using command = startCommand({
    denoFlags: [`--allow-net=127.0.0.1:${port}`, "--allow-read=."],
    args: ["-b127.0.0.1", String(port)],
    cwd: tree.path,
  });

  await waitForPort(command);

  assertEquals(await bodyOf({ hostname: "127.0.0.1", port }, "/a.txt"), "a");
});

Deno.test("a single file is all that is shared, and / leads to it", async () => {
  await using tree = await makeTree({ "a b.txt": "a", "c.txt": "c" });
  await using server = await startServer({ directory: tree.at("a b.txt") });

  const { status, headers } = await rawRequest(server, "/");

  assert(status >= 301 && status <= 308, `${status}`);
  assertEquals(headers.get("location"), "/a%20b.txt");
  assertEquals(await bodyOf(server, "/a%20b.txt"), "a");
  assertEquals(await statusOf(server, "/c.txt"), 404);
});

function hasIPv6(): boolean {
  try {
    Deno.listen({ hostname: "::1", port: 0 }).close();
    return true;
  } catch {
    return false; // the machine has no such address
  }
}
