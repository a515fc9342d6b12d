import { assert, assertEquals, assertRejects } from "@std/assert";

import { createHandler } from "../../lib/handler.ts";
import { loadCertificate } from "../../lib/server/certificate.ts";
import { type HttpServer, listen } from "../../lib/server/listen.ts";
import { startServer } from "../_support/cli.ts";
import { concat, parseResponse, type RawResponse } from "../_support/raw.ts";
import { connectTls, makeCertificateFiles } from "../_support/tls.ts";
import { makeTree } from "../_support/tree.ts";
import { Client } from "../conformance/client.ts";
import { Http2Client } from "../conformance/http2_client.ts";

const TEXT = "0123456789".repeat(10_000);

interface Secure extends AsyncDisposable {
  readonly address: { readonly hostname: string; readonly port: number };
  readonly cert: string;
  readonly origin: string;
}

/** Serves a file and a page over TLS in this process. */
async function serveSecurely(): Promise<Secure> {
  const stack = new AsyncDisposableStack();
  const tree = stack.use(
    await makeTree({ "a.txt": TEXT, "index.html": "<p>hello" }),
  );
  const files = stack.use(await makeCertificateFiles());
  const loaded = await loadCertificate({
    cert: files.certFile,
    key: files.keyFile,
  });
  if (loaded.kind === "failed") throw new Error(loaded.message);
  const server: HttpServer = listen(
    { bind: "127.0.0.1", port: 0 },
    await createHandler(tree.path),
    { tls: loaded.certificate },
  );
  stack.defer(() => server.shutdown());
  const address = { hostname: "127.0.0.1", port: server.addr.port };
  return {
    address,
    cert: files.cert,
    origin: `https://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** One request over HTTP/1.1 and TLS. */
async function askTls(
  { address, cert }: Secure,
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
  await using server = await serveSecurely();

  const { status, body } = await askTls(server, "GET / HTTP/1.1");

  assertEquals([status, decoder.decode(body)], [200, "<p>hello"]);
});

Deno.test("TLS: GET /a.txt over HTTP/1.1 answers the whole and a range", async () => {
  await using server = await serveSecurely();

  const whole = await askTls(server, "GET /a.txt HTTP/1.1");
  const part = await askTls(
    server,
    "GET /a.txt HTTP/1.1\r\nRange: bytes=99990-",
  );

  assertEquals([whole.status, decoder.decode(whole.body)], [200, TEXT]);
  assertEquals([part.status, decoder.decode(part.body)], [206, "0123456789"]);
});

Deno.test("TLS: HEAD over HTTP/1.1 answers the headers of GET alone", async () => {
  await using server = await serveSecurely();

  const { status, headers, body } = await askTls(
    server,
    "HEAD /a.txt HTTP/1.1",
  );

  assertEquals(status, 200);
  assertEquals(headers.get("content-length"), String(TEXT.length));
  assertEquals(body.length, 0);
});

Deno.test("TLS: a connection is kept for the next request", async () => {
  await using server = await serveSecurely();
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
  await using server = await serveSecurely();
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
  await using server = await serveSecurely();

  await assertRejects(() => fetch(`${server.origin}/`), TypeError);
});

Deno.test("TLS: fetch speaks HTTP/2 and gets file, range and 304", async () => {
  await using server = await serveSecurely();
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
  await using server = await serveSecurely();
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
