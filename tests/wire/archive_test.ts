/**
 * Archives on the wire: over HTTP/1.1 with other requests before and after,
 * over HTTP/2, with files that change and clients that leave.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { readZip } from "../_support/archive.ts";
import { startServer } from "../_support/cli.ts";
import { parseResponse, rawExchange, rawRequest } from "../_support/raw.ts";
import { serveLocally } from "../_support/server.ts";
import { serveSecurely } from "../_support/tls.ts";
import { makeTree, type Tree } from "../_support/tree.ts";
import {
  type Download,
  openDownload,
} from "../acceptance/endurance/_download.ts";
import { openFilesBelow } from "../acceptance/endurance/_open_files.ts";
import { waitUntil } from "../acceptance/endurance/_wait.ts";

// More than the kernel keeps for a client that does not read.
const LARGE = new Uint8Array(20_000_000).fill(97);
const FORMATS = ["zip", "tar", "tar.gz"] as const;

async function namesOf(bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const read = (start: number, end: number) =>
    Promise.resolve(bytes.slice(start, end));
  return (await readZip(read, bytes.length)).map(({ name }) => name);
}

/** Reads until the connection ends, or all that was announced is there. */
async function readRest(download: Download): Promise<number> {
  const buffer = new Uint8Array(262_144);
  let received = 0;
  while (!(received >= download.length)) {
    const bytes = await download.read(buffer).catch((error) => {
      if (error instanceof Deno.errors.ConnectionReset) return null;
      throw error;
    });
    if (bytes === null) break;
    received += bytes.length;
  }
  return received;
}

Deno.test("GET of archives and files one after the other over one connection", async () => {
  await using tree = await makeTree({ "a.txt": "a", "d/b": "b" });
  await using server = await serveLocally(tree.path);
  const targets = ["/?archive=zip", "/a.txt", "/d/?archive=tar", "/a.txt"];
  const requests = targets.map((target, i) =>
    `GET ${target} HTTP/1.1\r\nHost: localhost\r\n` +
    `${i === targets.length - 1 ? "Connection: close\r\n" : ""}\r\n`
  );

  let rest = await rawExchange(
    server,
    new TextEncoder().encode(requests.join("")),
  );
  const lengths: number[] = [];
  while (rest.length > 0) {
    const head = new TextDecoder("latin1").decode(rest).indexOf("\r\n\r\n");
    const { headers } = parseResponse(rest.slice(0, head + 4));
    const length = Number(headers.get("content-length"));
    lengths.push(length);
    rest = rest.slice(head + 4 + length);
  }

  assertEquals(lengths.length, 4);
  assertEquals([lengths[1], lengths[3]], [1, 1]);
  assertEquals((lengths[2] ?? 0) % 512, 0);
});

Deno.test("GET of a range of a zip continues it", async () => {
  await using tree = await makeTree({ "a.txt": "a".repeat(1_000), "b": "b" });
  await using server = await serveLocally(tree.path);
  const { body } = await rawRequest(server, "/?archive=zip");

  const part = await rawRequest(server, "/?archive=zip", {
    headers: { range: "bytes=600-" },
  });

  assertEquals(part.status, 206);
  assertEquals(part.body, body.slice(600));
  assertEquals(await namesOf(body), ["archive/", "archive/a.txt", "archive/b"]);
});

Deno.test("GET of a zip over HTTP/2 is the same, and so is a part of it", async () => {
  await using tree = await makeTree({ "large.bin": LARGE, "a.txt": "a" });
  await using server = await serveSecurely(tree.path);
  using client = Deno.createHttpClient({
    caCerts: [server.cert],
    http1: false,
    http2: true,
  });
  const url = `${server.origin}/?archive=zip`;

  const response = await fetch(url, { client });
  const body = await response.bytes();
  const headers = { range: "bytes=19999000-" };
  const part = await fetch(url, { client, headers });

  assertEquals(response.headers.get("content-length"), String(body.length));
  assertEquals(await namesOf(body), [
    "archive/",
    "archive/a.txt",
    "archive/large.bin",
  ]);
  assertEquals(part.status, 206);
  assertEquals(await part.bytes(), body.slice(19_999_000));
});

/** What happens when the answer has begun. */
const CHANGES: readonly {
  readonly what: string;
  readonly act: (tree: Tree) => Promise<void>;
}[] = [
  {
    what: "a file that comes later is removed",
    act: (tree) => Deno.remove(tree.at("z")),
  },
  {
    what: "a file that comes later grows",
    act: (tree) => Deno.writeTextFile(tree.at("z"), "zz"),
  },
  {
    what: "a file that comes later becomes a link to the outside",
    async act(tree) {
      await Deno.remove(tree.at("z"));
      await Deno.symlink("/etc/hostname", tree.at("z"));
    },
  },
  {
    what: "the file under way is truncated",
    act: (tree) => Deno.truncate(tree.at("large.bin"), 10_000_000),
  },
  {
    what: "the file under way grows",
    act: (tree) =>
      Deno.writeTextFile(tree.at("large.bin"), "more", { append: true }),
  },
  {
    what: "the file under way is rewritten",
    act: (tree) => Deno.writeFile(tree.at("large.bin"), LARGE),
  },
];

for (const format of FORMATS) {
  // The acceptance program goes through all of them with each form.
  const changes = format === "zip" ? CHANGES : CHANGES.slice(2, 4);
  Deno.test.each(changes)(
    `GET of a ${format} ends the connection when $what`,
    async ({ act }) => {
      // What does not compress keeps the client's half of the connection full.
      await using tree = await makeTree({ "large.bin": random(), "z": "z" });
      await using server = await startServer({
        directory: tree.path,
        args: ["--log-format", "json"],
      });
      using download = await openDownload(server, `/?archive=${format}`);
      assertEquals(download.status, 200);

      await act(tree);
      const received = await readRest(download);

      const isLogged = await waitUntil(
        () => server.stderr().includes('"aborted":true'),
        5_000,
      );
      assert(isLogged, server.stderr());
      if (format !== "tar.gz") assert(received < download.length);
      assertEquals((await rawRequest(server, "/none")).status, 404);
    },
  );
}

function random(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(LARGE.length);
  for (let at = 0; at < bytes.length; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  }
  return bytes;
}

for (const format of FORMATS) {
  Deno.test({
    name: `GET of a ${format} is closed when its client leaves half-way`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      await using tree = await makeTree({ "large.bin": random(), "a": "a" });
      await using server = await serveLocally(tree.path);

      for (let i = 0; i < 20; i++) {
        // More than have a place at once.
        using download = await openDownload(server, `/?archive=${format}`);
        assertEquals(download.status, 200);
        await download.read(new Uint8Array(65_536));
        download.connection.close();
        await server.recorded(i + 1);
      }

      assert(
        await waitUntil(() => openFilesBelow(tree.path).length === 0, 5_000),
        "a file stays open",
      );
      assert(server.records.every(({ aborted }) => aborted));
    },
  });
}
