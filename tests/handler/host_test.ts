import { assertEquals, assertMatch } from "@std/assert";

import type { Handler } from "../../lib/answer.ts";
import { buildHandler, IN_FLIGHT_LIMITS } from "../../lib/build_handler.ts";
import { createInFlight } from "../../lib/in_flight.ts";
import type { ServeOptions } from "../../lib/options.ts";
import type { LogRecord } from "../../lib/record.ts";
import { PEER } from "../_support/call.ts";
import { rawExchange, rawRequest } from "../_support/raw.ts";
import { serveLocally } from "../_support/server.ts";
import { makeTree, type Tree } from "../_support/tree.ts";

interface Site {
  readonly handler: Handler;
  readonly notes: readonly string[];
  readonly records: readonly LogRecord[];
}

async function makeSite(
  tree: Tree,
  options: Partial<ServeOptions>,
): Promise<Site> {
  const notes: string[] = [];
  const records: LogRecord[] = [];
  const log = (record: LogRecord) => void records.push(record);
  const handler = await buildHandler(tree.path, { ...options, log }, {
    blocks: "kept",
    logFields: "all",
    onExhausted: () => {},
    signalOf: () => null,
    origins: () => [],
    note: (message) => void notes.push(message),
    inFlight: createInFlight(IN_FLIGHT_LIMITS, {
      now: Date.now,
      onStuck: () => {},
    }),
  });
  return { handler, notes, records };
}

async function ask(
  { handler }: Site,
  url: string,
  init: RequestInit = {},
): Promise<Response> {
  return await handler(new Request(url, init), {
    remoteAddr: PEER,
    completed: Promise.resolve(),
  });
}

Deno.test.each<
  { hosts: readonly string[] | null; url: string; status: number }
>(
  [
    { hosts: [], url: "http://localhost:8000/a.txt", status: 200 },
    { hosts: [], url: "http://127.0.0.1/a.txt", status: 200 },
    { hosts: [], url: "http://[::1]:8000/a.txt", status: 200 },
    { hosts: [], url: "http://nas/a.txt", status: 200 },
    { hosts: [], url: "http://nas.local:8000/a.txt", status: 200 },
    { hosts: [], url: "https://nas.local/a.txt", status: 200 },
    { hosts: [], url: "http://evil.example/a.txt", status: 421 },
    { hosts: [], url: "https://evil.example:8000/a.txt", status: 421 },
    // What is at the path makes no difference.
    { hosts: [], url: "http://evil.example/none", status: 421 },
    { hosts: [], url: "http://evil.example/", status: 421 },
    { hosts: [], url: "http://evil.example/%zz", status: 421 },
    {
      hosts: ["files.example"],
      url: "http://files.example/a.txt",
      status: 200,
    },
    {
      hosts: ["files.example"],
      url: "http://x.files.example/a.txt",
      status: 421,
    },
    {
      hosts: [".files.example"],
      url: "http://x.files.example/a.txt",
      status: 200,
    },
    { hosts: ["*"], url: "http://evil.example/a.txt", status: 200 },
    // A library is behind a server of its own, which knows its names.
    { hosts: null, url: "http://evil.example/a.txt", status: 200 },
  ],
)("GET $url returns $status with hosts $hosts", async (row) => {
  await using tree = await makeTree({ "a.txt": "hello" });
  const site = await makeSite(tree, { hosts: row.hosts });

  const response = await ask(site, row.url);
  const text = await response.text();

  assertEquals(response.status, row.status);
  if (row.status === 421) {
    assertMatch(text, /This server does not answer to this name/);
    assertEquals(text.includes("evil.example"), false);
    assertEquals(text.includes("hello"), false);
    assertEquals(response.headers.has("etag"), false);
  }
});

Deno.test.each(["GET", "HEAD", "OPTIONS", "PUT"])(
  "%s of a foreign name returns 421 before a password is asked for",
  async (method) => {
    await using tree = await makeTree({ "a.txt": "hello" });
    const site = await makeSite(tree, {
      hosts: [],
      cors: ["*"],
      users: [{ name: "ada", password: "secret" }],
    });

    const response = await ask(site, "http://evil.example/a.txt", {
      method,
      headers: {
        "origin": "http://evil.example",
        "access-control-request-method": "GET",
      },
    });
    await response.body?.cancel();

    assertEquals(response.status, 421);
    assertEquals(response.headers.has("www-authenticate"), false);
    assertEquals(site.records.map(({ status }) => status), [421]);
  },
);

Deno.test("the first refusal of a name tells how to allow it", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });
  const site = await makeSite(tree, { hosts: [] });

  for (const port of [8000, 8001, 8002]) {
    const response = await ask(site, `http://Files.Example:${port}/a.txt`);
    await response.body?.cancel();
  }

  assertEquals(site.notes, [
    "refused Host files.example: allow it with --allow-host files.example",
  ]);
});

Deno.test("thousands of made-up names are told in eleven lines", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });
  const site = await makeSite(tree, { hosts: [] });

  for (let i = 0; i < 2_000; i++) {
    const response = await ask(site, `http://n${i}.example/a.txt`);
    await response.body?.cancel();
  }

  assertEquals(site.notes.length, 11);
  assertEquals(site.records.length, 2_000);
});

Deno.test.each<{ host: string | null; status: number }>([
  { host: null, status: 200 },
  { host: "", status: 200 },
  { host: "localhost:8000", status: 200 },
  { host: "LOCALHOST.", status: 200 },
  { host: "[::1]:8000", status: 200 },
  { host: "files.example:9", status: 200 },
  { host: "evil.example", status: 421 },
  { host: "evil.example:8000", status: 421 },
  { host: "EVIL.EXAMPLE.", status: 421 },
  { host: "127.0.0.1.evil.example", status: 421 },
  { host: "localhost..", status: 421 },
  { host: "..", status: 421 },
  // Malformed: RFC 9112 section 3.2.
  { host: "localhost@evil.example", status: 400 },
  { host: "evil.example/localhost", status: 400 },
  { host: "[::1]evil.example", status: 400 },
  { host: "evil.example,localhost", status: 400 },
  { host: "evil%2eexample", status: 400 },
])("Host: $host returns $status over a socket", async ({ host, status }) => {
  await using tree = await makeTree({ "a.txt": "hello" });
  await using server = await serveLocally(tree.path, {
    hosts: ["files.example"],
  });

  const response = await rawRequest(server, "/a.txt", { host });

  assertEquals(response.status, status);
});

Deno.test("the name in an absolute target counts, not that in Host", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });
  await using server = await serveLocally(tree.path, { hosts: [] });

  const foreign = await rawRequest(server, "http://evil.example/a.txt");
  const local = await rawRequest(server, "http://localhost/a.txt", {
    host: "evil.example",
  });

  // RFC 9112 section 3.2.2.
  assertEquals([foreign.status, local.status], [421, 200]);
});

Deno.test("a request of HTTP/1.0 without Host is answered", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });
  await using server = await serveLocally(tree.path, { hosts: [] });

  const bytes = await rawExchange(
    server,
    new TextEncoder().encode("GET /a.txt HTTP/1.0\r\n\r\n"),
  );

  assertMatch(new TextDecoder().decode(bytes), /^HTTP\/1\.\d 200 /);
});
