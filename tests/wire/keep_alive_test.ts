/**
 * Connections: several requests on one, old and malformed ones, and requests
 * whose content nobody reads. No byte of one request may become another.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "@std/assert";

import { rawExchange } from "../_support/raw.ts";
import { serveLocally } from "../_support/server.ts";
import { makeTree } from "../_support/tree.ts";
import { Client } from "../conformance/client.ts";

const ENTRIES = {
  "hello.txt": "hello, world\n",
  "sub/inner.txt": "inner\n",
  "pattern.bin": new Uint8Array(10_000).fill(7),
};
const CLOSE = "Connection: close\r\n\r\n";

const encoder = new TextEncoder();

async function setUp() {
  const tree = await makeTree(ENTRIES);
  const server = await serveLocally(tree.path);
  return {
    server,
    /** Sends text and returns what came until the connection ended. */
    exchange: async (text: string): Promise<string> =>
      new TextDecoder("latin1").decode(
        await rawExchange(server, encoder.encode(text)),
      ),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await tree[Symbol.asyncDispose]();
    },
  };
}

function statusesIn(text: string): string[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, code = ""]) => code);
}

Deno.test("pipelined requests are answered in their order", async () => {
  await using setup = await setUp();

  const answers = await setup.exchange(
    "GET /hello.txt HTTP/1.1\r\nHost: h\r\n\r\n" +
      "HEAD /hello.txt HTTP/1.1\r\nHost: h\r\n\r\n" +
      "GET /missing HTTP/1.1\r\nHost: h\r\n\r\n" +
      "GET /sub HTTP/1.1\r\nHost: h\r\n\r\n" +
      `GET /sub/inner.txt HTTP/1.1\r\nHost: h\r\n${CLOSE}`,
  );

  assertEquals(statusesIn(answers), ["200", "200", "404", "301", "200"]);
  assertEquals(answers.split("hello, world\n").length - 1, 1);
  assertEquals(answers.endsWith("\r\n\r\ninner\n"), true);
});

Deno.test("one connection takes an answer of every kind", async () => {
  await using setup = await setUp();
  using client = new Client(setup.server);
  const cases: [status: number, method: string, lines: string][] = [
    [200, "GET", "/hello.txt"],
    [200, "HEAD", "/hello.txt"],
    [404, "GET", "/missing"],
    [404, "HEAD", "/missing"],
    [206, "GET", "/pattern.bin\nRange: bytes=0-9"],
    [206, "GET", "/pattern.bin\nRange: bytes=0-9,20-29"],
    [416, "GET", "/pattern.bin\nRange: bytes=10000-"],
    [412, "GET", '/hello.txt\nIf-Match: "x"'],
    [304, "GET", "/hello.txt\nIf-None-Match: *"],
    [304, "HEAD", "/hello.txt\nIf-None-Match: *"],
    [301, "GET", "/sub"],
    [301, "GET", "//sub"],
    [200, "GET", "/sub/"],
    [200, "HEAD", "/sub/"],
    [400, "GET", "/%zz"],
    [405, "POST", "/hello.txt"],
    [405, "get", "/hello.txt"],
    [204, "OPTIONS", "/hello.txt"],
    [200, "GET", "/pattern.bin"],
  ];

  for (const [status, method, lines] of cases) {
    const [target, ...headers] = lines.split("\n");
    const answer = await client.send(
      encoder.encode(
        [`${method} ${target} HTTP/1.1`, "Host: h", ...headers, "", ""]
          .join("\r\n"),
      ),
      { method },
    );

    assertEquals([answer.status, answer.excess], [status, 0], lines);
    assertEquals(
      answer.headers.get("connection") ?? "keep-alive",
      "keep-alive",
    );
  }
  await setup.server.recorded(cases.length);
});

Deno.test("HTTP/1.0 is answered, and its connection ends", async () => {
  await using setup = await setUp();

  const answer = await setup.exchange("GET /hello.txt HTTP/1.0\r\n\r\n");

  assertEquals(/^HTTP\/1\.[01] 200 /.test(answer), true);
  assertEquals(answer.endsWith("\r\n\r\nhello, world\n"), true);
  assertEquals(/transfer-encoding/i.test(answer), false);
});

Deno.test("HTTP/1.0 gets a folder page without chunks", async () => {
  await using setup = await setUp();

  const answer = await setup.exchange("GET /sub/ HTTP/1.0\r\n\r\n");

  assertEquals(/transfer-encoding/i.test(answer), false);
  assertStringIncludes(answer, "inner.txt");
  assertEquals(answer.trimEnd().endsWith("</html>"), true);
});

Deno.test("a request without Host is answered", async () => {
  await using setup = await setUp();

  const answer = await setup.exchange(
    "GET /hello.txt HTTP/1.1\r\nConnection: close\r\n\r\n",
  );

  assertEquals(statusesIn(answer), ["200"]);
  await setup.server.recorded(1);
  assertEquals(setup.server.records[0]?.target, "/hello.txt");
});

Deno.test("the absolute form leads to the same file, as the log shows it", async () => {
  await using setup = await setUp();

  const answer = await setup.exchange(
    `GET http://other:99/hello.txt?a=b HTTP/1.1\r\nHost: h\r\n${CLOSE}`,
  );

  assertStringIncludes(answer, "hello, world\n");
  await setup.server.recorded(1);
  assertEquals(setup.server.records[0]?.target, "/hello.txt?a=b");
});

Deno.test("the log keeps a target as the client wrote it", async (t) => {
  const targets = [
    "/sub/../hello.txt?x=%2e%2e",
    "//hello.txt",
    "/%2e%2e/secret",
    "/%zz",
    "/a%2fb",
    "/a\\b",
    "/%00",
    "/hello.txt?%zz",
  ];
  for (const target of targets) {
    await t.step(target, async () => {
      await using setup = await setUp();

      await setup.exchange(`GET ${target} HTTP/1.1\r\nHost: h\r\n${CLOSE}`);

      await setup.server.recorded(1);
      assertEquals(setup.server.records[0]?.target, target);
    });
  }
});

Deno.test("a malformed authority is refused, logged, and costs no connection", async (t) => {
  const hosts = [
    "a/b?c#d",
    "u@evil",
    "u:p@h",
    "a b",
    "a:999999",
    "[::",
    "[::1",
    "a%00b",
    "a\\b",
    "a#b",
    "?a",
    "h:port",
    "h,h",
    '"h"',
    "<h>",
  ];
  for (const host of hosts) {
    await t.step(host, async () => {
      await using setup = await setUp();

      const answers = await setup.exchange(
        `GET /hello.txt HTTP/1.1\r\nHost: ${host}\r\n\r\n` +
          `GET /sub/inner.txt HTTP/1.1\r\nHost: h\r\n${CLOSE}`,
      );

      assertEquals(statusesIn(answers), ["400", "200"]);
      assertEquals(answers.includes("hello, world"), false);
      await setup.server.recorded(2);
      assertEquals(setup.server.records[0]?.status, 400);
    });
  }
});

Deno.test("a malformed authority in the absolute form is refused", async (t) => {
  const targets = [
    "http://u:p@other/hello.txt",
    "http://other:99999999/hello.txt",
    "http://[::/hello.txt",
    "http://a%00b/hello.txt",
    // `http:///x` would be one too, but the runtime hands it over as a path.
  ];
  for (const target of targets) {
    await t.step(target, async () => {
      await using setup = await setUp();

      const answer = await setup.exchange(
        `GET ${target} HTTP/1.1\r\nHost: h\r\n${CLOSE}`,
      );

      assertEquals(statusesIn(answer), ["400"]);
    });
  }
});

Deno.test("content that nobody reads never becomes a request", async (t) => {
  const smuggled = "GET /hello.txt HTTP/1.1\r\nHost: h\r\n\r\n";
  const cases: [name: string, method: string, content: string][] = [
    [
      "small",
      "POST",
      `Content-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
    ],
    [
      "large",
      "PUT",
      `Content-Length: 200000\r\n\r\n${
        smuggled.repeat(10_000).slice(0, 200_000)
      }`,
    ],
    [
      "with GET",
      "GET",
      `Content-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
    ],
    [
      "with HEAD",
      "HEAD",
      `Content-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
    ],
    [
      "in chunks",
      "POST",
      `Transfer-Encoding: chunked\r\n\r\n${
        smuggled.length.toString(16)
      }\r\n${smuggled}\r\n0\r\n\r\n`,
    ],
    [
      "in a malformed chunk",
      "POST",
      `Transfer-Encoding: chunked\r\n\r\nzz\r\n${smuggled}`,
    ],
    [
      "after a chunk of another length",
      "POST",
      `Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n${smuggled}`,
    ],
  ];
  for (const [name, method, content] of cases) {
    await t.step(name, async () => {
      await using setup = await setUp();

      const answers = await setup.exchange(
        `${method} /missing HTTP/1.1\r\nHost: h\r\nConnection: close\r\n${content}`,
      );

      assertEquals(answers.includes("hello, world"), false);
      assertEquals(statusesIn(answers).includes("200"), false);
    });
  }
});

Deno.test("the request after one with small content is answered", async () => {
  await using setup = await setUp();

  const answers = await setup.exchange(
    "POST /hello.txt HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\na=b" +
      `GET /sub/inner.txt HTTP/1.1\r\nHost: h\r\n${CLOSE}`,
  );

  assertEquals(statusesIn(answers), ["405", "200"]);
  assertEquals(answers.endsWith("\r\n\r\ninner\n"), true);
});

Deno.test("what the runtime refuses to parse reaches neither files nor log", async (t) => {
  const heads = [
    "GET /hello.txt HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "GET /hello.txt HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n" +
    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "GET /hello.txt HTTP/1.1\r\nHost: h\r\nContent-Length: 4, 5\r\n\r\n",
    "GET /hello.txt HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
    "GET /hello.txt HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n",
    "GET /hello.txt HTTP/1.1\r\nHost: h\r\nA: b\r\n folded\r\n\r\n",
    "GET /hello.txt HTTP/1.1\r\nHost: h\r\nnonsense\r\n\r\n",
    "GET /hello .txt HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET hello.txt HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET * HTTP/1.1\r\nHost: h\r\n\r\n",
    "G@T /hello.txt HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET /hello.txt HTTP/1.2\r\nHost: h\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
  ];
  for (const head of heads) {
    await t.step(JSON.stringify(head).slice(0, 90), async () => {
      await using setup = await setUp();

      const answer = await setup.exchange(head);

      assertEquals(statusesIn(answer), ["400"]);
      assertEquals(answer.includes("hello, world"), false);
      assertEquals(setup.server.records, []);
    });
  }
});
