import { assert, assertEquals, assertRejects } from "@std/assert";

import { startServer } from "../_support/cli.ts";
import { concat, parseResponse, type RawResponse } from "../_support/raw.ts";
import {
  connectTls,
  type SecureServer,
  serveSecurely,
} from "../_support/tls.ts";
import { makeTree } from "../_support/tree.ts";
import { Client } from "../conformance/client.ts";
import { Http2Client } from "../conformance/http2_client.ts";

const TEXT = "0123456789".repeat(10_000);

/** A file and a page. */
const TREE = { "a.txt": TEXT, "index.html": "<p>hello" };

/** One request over HTTP/1.1 and TLS. */
async function askTls(
  { address, cert }: SecureServer,
  head: string,
): Promise<RawResponse> {
  using connection = await connectTls(address, cert);
  const text = `${head}\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(text));
  const chunks: Uint8Array[] = [];
  const buffer = new Uint8Array(65_536);
  while (true) {
    const count = await connection.read(buffer);
    if (count === null) break;
    chunks.push(buffer.slice(0, count));
  }
  return parseResponse(concat(chunks), head.startsWith("HEAD"));
}

const decoder = new TextDecoder();

Deno.test("TLS: GET / over HTTP/1.1 answers the page", async () => {
  await using tree = await makeTree(TREE);
  await using server = await serveSecurely(tree.path);

  const { status, body } = await askTls(server, "GET / HTTP/1.1");

  assertEquals([status, decoder.decode(body)], [200, "<p>hello"]);
});

Deno.test("TLS: GET /a.txt over HTTP/1.1 answers the whole and a range", async () => {
  await using tree = await makeTree(TREE);
  await using server = await serveSecurely(tree.path);

  const whole = await askTls(server, "GET /a.txt HTTP/1.1");
  const part = await askTls(
    server,
    "GET /a.txt HTTP/1.1\r\nRange: bytes=99990-",
  );

  assertEquals([whole.status, decoder.decode(whole.body)], [200, TEXT]);
  assertEquals([part.status, decoder.decode(part.body)], [206, "0123456789"]);
});

Deno.test("TLS: HEAD over HTTP/1.1 answers the headers of GET alone", async () => {
  await using tree = await makeTree(TREE);
  await using server = await serveSecurely(tree.path);

  const { status, headers, body } = await askTls(
    server,
    "HEAD /a.txt HTTP/1.1",
  );

  assertEquals(status, 200);
  assertEquals(headers.get("content-length"), String(TEXT.length));
  assertEquals(body.length, 0);
});

Deno.test("TLS: a connection is kept for the next request", async () => {
  await using tree = await makeTree(TREE);
  await using server = await serveSecurely(tree.path);
  let count = 0;
  using client = new Client(server.address, () => {
    count++;
    return connectTls(server.address, server.cert);
  });
  const request = new TextEncoder().encode(
    "GET /a.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
  );

  for (let i = 0; i < 3; i++) {
    const { body } = await client.send(request, { method: "GET" });
    assertEquals(body.length, TEXT.length);
  }

  assertEquals(count, 1);
});

Deno.test("TLS: plain HTTP on its port gets no answer, and others go on", async () => {
  await using tree = await makeTree(TREE);
  await using server = await serveSecurely(tree.path);
  {
    using connection = await Deno.connect(server.address);
    await connection.write(
      new TextEncoder().encode("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    );
    const buffer = new Uint8Array(1_024);
    const count = await connection.read(buffer).catch(() => null) ?? 0;
    const text = decoder.decode(buffer.subarray(0, count));
    assert(!text.includes("HTTP/"), text);
  }

  const { status } = await askTls(server, "GET / HTTP/1.1");

  assertEquals(status, 200);
});

Deno.test("TLS: a client that trusts others refuses the certificate", async () => {
  await using tree = await makeTree(TREE);
  await using server = await serveSecurely(tree.path);

  await assertRejects(() => fetch(`${server.origin}/`), TypeError);
});

Deno.test("TLS: fetch speaks HTTP/2 and gets file, range and 304", async () => {
  await using tree = await makeTree(TREE);
  await using server = await serveSecurely(tree.path);
  using client = Deno.createHttpClient({
    caCerts: [server.cert],
    http1: false,
    http2: true,
  });
  const url = `${server.origin}/a.txt`;

  const whole = await fetch(url, { client });
  const text = await whole.text();
  const part = await fetch(url, { client, headers: { range: "bytes=0-4" } });
  const tail = await part.text();
  const known = await fetch(url, {
    client,
    headers: { "if-none-match": whole.headers.get("etag") ?? "" },
  });
  await known.body?.cancel();

  assertEquals([whole.status, text], [200, TEXT]);
  assertEquals([part.status, tail], [206, "01234"]);
  assertEquals(known.status, 304);
});

Deno.test("HTTP/2: the target comes as it was sent", async () => {
  await using tree = await makeTree(TREE);
  await using server = await serveSecurely(tree.path);
  using client = new Http2Client(server.address, server.cert);
  const ask = (method: string, target: string) =>
    client.send(
      new TextEncoder().encode(
        `${method} ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      ),
      { method },
    );

  const dots = await ask("GET", "/x/../a.txt");
  const hidden = await ask("GET", "/%2e%2e/a.txt");
  const head = await ask("HEAD", "/a.txt");

  assertEquals([dots.status, dots.headers.get("location")], [301, "/a.txt"]);
  assertEquals(hidden.status, 400);
  assertEquals(head.headers.get("content-length"), String(TEXT.length));
});

Deno.test("TLS: --tls needs no more permission than without", async () => {
  await using tree = await makeTree({ "a.txt": TEXT });
  await using server = await startServer({
    directory: tree.path,
    args: ["--tls"],
  });
  using client = new Http2Client(server, null);
  const request = new TextEncoder().encode(
    "GET /a.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
  );

  const { status, body } = await client.send(request, { method: "GET" });

  assertEquals([status, decoder.decode(body)], [200, TEXT]);
  assert(server.stdout().startsWith("Serving HTTPS on "));
});
