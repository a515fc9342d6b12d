/**
 * Compressed answers as they come over the wire: their framing, and clients
 * that leave, read nothing, or meet a file that changes.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";

import { STREAMS_MAX } from "../../lib/disk/variant.ts";
import type { Encoding } from "../../lib/http/encoding.ts";
import { countDescriptors, startServer } from "../_support/cli.ts";
import { decode, proseOf } from "../_support/decode.ts";
import {
  concat,
  parseResponse,
  rawExchange,
  rawRequest,
} from "../_support/raw.ts";
import { serveLocally } from "../_support/server.ts";
import { serveSecurely } from "../_support/tls.ts";
import { makeTree, OLD, type Tree } from "../_support/tree.ts";
import {
  type Download,
  openDownload,
  sendRequest,
} from "../acceptance/endurance/_download.ts";
import { Http2Client } from "../conformance/http2_client.ts";
import { openFilesBelow } from "../acceptance/endurance/_open_files.ts";
import { inParallel, waitUntil } from "../acceptance/endurance/_wait.ts";

const ENCODINGS: readonly Encoding[] = ["zstd", "br", "gzip"];

const SCRIPT = proseOf(50_000);
const LARGE = proseOf(3_000_000);

/** Random letters: half of them is left, more than the kernel keeps unread. */
const NOISE = new Uint8Array(24_000_000).map(() => 97 + Math.random() * 16);

function makeSite(): Promise<Tree> {
  return makeTree({ "a.js": SCRIPT, "large.txt": LARGE, "b.txt": "b" });
}

function makeNoise(): Promise<Tree> {
  return makeTree({ "noise.txt": NOISE, "large.txt": LARGE, "b.txt": "b" });
}

async function readToEnd(download: Download): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const buffer = new Uint8Array(262_144);
  while (true) {
    const bytes = await download.read(buffer).catch((error) => {
      if (error instanceof Deno.errors.ConnectionReset) return null;
      throw error;
    });
    if (bytes === null) return concat(chunks);
    chunks.push(bytes.slice());
  }
}

Deno.test("compressed files come with the least permissions, small and large", async () => {
  await using tree = await makeSite();
  await using server = await startServer({ directory: tree.path });

  for (const encoding of ENCODINGS) {
    const headers = { "accept-encoding": encoding };
    const small = await rawRequest(server, "/a.js", { headers });
    const large = await rawRequest(server, "/large.txt", { headers });

    assertEquals(small.headers.get("content-encoding"), encoding);
    assertEquals(
      small.headers.get("content-length"),
      String(small.body.length),
    );
    assertEquals(decode(small.body, encoding), SCRIPT);
    assertEquals(large.headers.get("content-encoding"), encoding);
    assertEquals(large.headers.get("transfer-encoding"), "chunked");
    assertEquals(large.headers.has("content-length"), false);
    assertEquals(decode(large.body, encoding), LARGE);
  }
});

Deno.test("--no-compress sends files as they are, and says nothing of others", async () => {
  await using tree = await makeSite();
  await Deno.writeFile(tree.at("a.js.br"), SCRIPT);
  await using server = await startServer({
    directory: tree.path,
    args: ["--no-compress"],
  });

  const { headers, body } = await rawRequest(server, "/a.js", {
    headers: { "accept-encoding": "br, gzip, zstd" },
  });

  assertEquals(headers.has("content-encoding"), false);
  assertEquals(headers.has("vary"), false);
  assertEquals(body, SCRIPT);
});

Deno.test("a connection is kept after an answer without a length", async () => {
  await using tree = await makeSite();
  await using server = await serveLocally(tree.path);
  const request = (last: string) =>
    `GET /large.txt HTTP/1.1\r\nHost: localhost\r\n` +
    `Accept-Encoding: gzip\r\nConnection: ${last}\r\n\r\n`;

  const bytes = await rawExchange(
    server,
    new TextEncoder().encode(request("keep-alive") + request("close")),
  );

  const text = new TextDecoder("latin1").decode(bytes);
  assertEquals(text.split("HTTP/1.1 200 OK\r\n").length, 3);
  assertEquals(text.split("\r\n0\r\n\r\n").length, 3);
});

Deno.test("HTTP/1.0 gets a body that ends with the connection", async () => {
  await using tree = await makeSite();
  await using server = await serveLocally(tree.path);

  const answer = parseResponse(
    await rawExchange(
      server,
      new TextEncoder().encode(
        "GET /large.txt HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n",
      ),
    ),
  );

  assertEquals(answer.headers.has("transfer-encoding"), false);
  assertEquals(decode(answer.body, "gzip"), LARGE);
});

Deno.test("HEAD of a compressed stream has no body and no length", async () => {
  await using tree = await makeSite();
  await using server = await serveLocally(tree.path);
  const headers = { "accept-encoding": "gzip" };

  const head = await rawRequest(server, "/large.txt", {
    method: "HEAD",
    headers,
  });

  assertEquals(head.status, 200);
  assertEquals(head.headers.get("content-encoding"), "gzip");
  assertEquals(head.headers.has("content-length"), false);
  assertEquals(head.body.length, 0);
  assertEquals(openFilesBelow(tree.path), []);
});

Deno.test("HTTP/2: compressed files come whole, small and large", async () => {
  await using tree = await makeSite();
  await using server = await serveSecurely(tree.path);
  using client = new Http2Client(server.address, server.cert);

  for (
    const [path, bytes] of [["a.js", SCRIPT], ["large.txt", LARGE]] as const
  ) {
    for (const encoding of ENCODINGS) {
      const request = `GET /${path} HTTP/1.1\r\nHost: localhost\r\n` +
        `Accept-Encoding: ${encoding}\r\n\r\n`;
      const { headers, body } = await client.send(
        new TextEncoder().encode(request),
        { method: "GET" },
      );
      assertEquals(headers.get("content-encoding"), encoding);
      assertEquals(headers.get("vary"), "accept-encoding");
      assertEquals(decode(body, encoding), bytes);
    }
  }
});

/** How the client leaves after it has read something. */
const DEPARTURES: readonly [
  title: string,
  leave: (download: Download) => Promise<void> | void,
][] = [
  ["by FIN", (download) => download.connection.closeWrite()],
  // What has arrived and is not read makes the kernel send RST on close.
  ["by RST", () => {}],
];

for (const [how, leave] of DEPARTURES) {
  Deno.test({
    name: `all is freed when clients of compressed files leave ${how}`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      await using tree = await makeNoise();
      await using server = await serveLocally(tree.path);

      await inParallel(STREAMS_MAX, STREAMS_MAX, async (index) => {
        const headers = { "accept-encoding": ENCODINGS[index % 3] ?? "gzip" };
        using download = await openDownload(server, "/noise.txt", headers);
        assert(download.headers.has("content-encoding"));
        for (let i = 0; i < 5; i++) {
          await download.read(new Uint8Array(65_536));
        }
        await leave(download);
      });

      const isFreed = await waitUntil(
        () => openFilesBelow(tree.path).length === 0,
        5_000,
      );
      assert(isFreed, "a file stays open");
      await server.recorded(STREAMS_MAX);
      assert(server.records.every((record) => record.aborted));
      // Every place is free again.
      const { headers } = await rawRequest(server, "/large.txt", {
        headers: { "accept-encoding": "br" },
      });
      assertEquals(headers.get("content-encoding"), "br");
    },
  });
}

Deno.test({
  name: "all is freed when clients leave before the first byte",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using tree = await makeNoise();
    await using server = await startServer({ directory: tree.path });
    const headers = { "accept-encoding": "gzip" };
    await rawRequest(server, "/b.txt");
    const before = countDescriptors(server.pid);

    await inParallel(40, STREAMS_MAX, async (index) => {
      using connection = await sendRequest(server, "/noise.txt", headers);
      if (index % 2 === 0) await connection.closeWrite();
    });

    const isFreed = await waitUntil(
      () =>
        openFilesBelow(tree.path, server.pid).length === 0 &&
        countDescriptors(server.pid) <= before,
      5_000,
    );
    assert(isFreed, "something stays open");
    // A request whose client has left may still be on its way to an answer: its
    // place is free a moment after that, or, were it kept, never.
    const isRoom = await waitUntil(async () => {
      using download = await openDownload(server, "/noise.txt", headers);
      return download.headers.get("content-encoding") === "gzip";
    }, 5_000);
    assert(isRoom, "a place stays taken");
  },
});

Deno.test("those who read nothing leave others an answer, as it is", async () => {
  await using tree = await makeNoise();
  await using server = await startServer({ directory: tree.path });
  const headers = { "accept-encoding": "gzip" };
  using stack = new DisposableStack();
  for (let i = 0; i < STREAMS_MAX; i++) {
    const download = stack.use(
      await openDownload(server, "/noise.txt", headers),
    );
    assertEquals(download.headers.get("content-encoding"), "gzip");
  }

  const other = stack.use(await openDownload(server, "/noise.txt", headers));

  assertEquals(other.headers.has("content-encoding"), false);
  assertEquals(other.headers.get("vary"), "accept-encoding");
  assertEquals(other.length, NOISE.length);
});

Deno.test.each<{ what: string; act: (tree: Tree) => Promise<void> }>([
  {
    what: "is truncated",
    act: (tree) => Deno.truncate(tree.at("noise.txt"), NOISE.length - 1_000),
  },
  {
    what: "is written to",
    async act(tree) {
      using file = await Deno.open(tree.at("noise.txt"), { write: true });
      await file.seek(-10, Deno.SeekMode.End);
      await file.write(new Uint8Array(10));
    },
  },
  {
    what: "has another time",
    act: (tree) => Deno.utime(tree.at("noise.txt"), OLD, new Date()),
  },
])("a compressed file that $what meanwhile is cut off", async ({ act }) => {
  await using tree = await makeNoise();
  await using server = await startServer({ directory: tree.path });

  for (const encoding of ENCODINGS) {
    await Deno.writeFile(tree.at("noise.txt"), NOISE);
    await Deno.utime(tree.at("noise.txt"), OLD, OLD);
    using download = await openDownload(server, "/noise.txt", {
      "accept-encoding": encoding,
    });
    assertEquals(download.headers.get("content-encoding"), encoding);

    await act(tree);
    const rest = await readToEnd(download);

    assert(rest.length > 1_000_000);
    const head = new TextEncoder().encode(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    );
    assertThrows(
      () => parseResponse(concat([head, rest])),
      Error,
      "ends early",
    );
  }
  assertEquals((await rawRequest(server, "/b.txt")).status, 200);
});
