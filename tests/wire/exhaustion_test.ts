/**
 * More connections than descriptors: the server sheds those that have not sent
 * a whole request, and goes on.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { type Server, startServer } from "../_support/cli.ts";
import { rawRequest, writeAll } from "../_support/raw.ts";
import { makeTree } from "../_support/tree.ts";
import { isUniform } from "../acceptance/endurance/_content.ts";
import { openDownload } from "../acceptance/endurance/_download.ts";
import { pause } from "../acceptance/endurance/_wait.ts";

const LARGE_BYTES = 20_000_000;
const DESCRIPTORS = 64;
const HALF_OPEN = 100;

Deno.test({
  name: "half-open connections without end stop neither requests nor downloads",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using tree = await makeTree({
      "small.txt": "small",
      "large.bin": new Uint8Array(LARGE_BYTES).fill(97),
    });
    await using server = await startServer({
      directory: tree.path,
      // Soft and hard: the runtime raises the one to the other.
      prefix: ["prlimit", `--nofile=${DESCRIPTORS}:${DESCRIPTORS}`],
    });
    using download = await openDownload(server, "/large.bin");
    const attack: Deno.Conn[] = [];

    try {
      for (let i = 0; i < HALF_OPEN; i++) await openHalf(server, attack);
      for (let i = 0; i < 5; i++) {
        assertEquals(await requestPatiently(server), "small");
      }

      assertEquals(await readRest(download), LARGE_BYTES);
    } finally {
      for (const connection of attack) connection.close();
    }
    assertEquals(await requestPatiently(server), "small");
    // The log is written in batches.
    for (let tries = 0; tries < 100; tries++) {
      if (server.stderr().includes("accepting connections failed")) return;
      await pause(20);
    }
    throw new Error(`Nothing is said of it: ${server.stderr()}`);
  },
});

Deno.test({
  name:
    "what comes after the first answer is loaded before descriptors run out",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const text = "a line of text\n".repeat(1_000);
    await using tree = await makeTree({
      "page.html": text,
      "book.epub": "PK",
      "folder/README.md": "*read me*",
    });
    await using server = await startServer({ directory: tree.path });
    const { pid } = server;

    // With 16 to spare the server loads what it lacks, with fewer it does not.
    for (let tries = 1;; tries++) {
      await leaveDescriptors(pid, 12);
      const page = await rawRequest(server, "/");
      if (page.status === 200) break;
      assert(tries < 100, "nothing is loaded behind the start");
      await leaveDescriptors(pid, 100);
      await pause(100);
    }
    const folder = await rawRequest(server, "/folder/");
    const encoded = await rawRequest(server, "/page.html", {
      headers: { "accept-encoding": "gzip" },
    });
    const book = await rawRequest(server, "/book.epub");
    const missing = await rawRequest(server, "/none.html");
    // Few ask for one: it is loaded for the first, once there is room.
    const archive = await rawRequest(server, "/folder/?archive=zip");
    await leaveDescriptors(pid, 100);
    const later = await rawRequest(server, "/folder/?archive=zip");

    assertEquals(folder.status, 200);
    assertEquals(encoded.status, 200);
    assertEquals(encoded.headers.get("content-encoding"), "gzip");
    assertEquals(book.headers.get("content-type"), "application/epub+zip");
    assertEquals(missing.status, 404);
    assertEquals([archive.status, later.status], [503, 200]);
  },
});

/** Lets a process open so many files more. */
async function leaveDescriptors(pid: number, count: number): Promise<void> {
  const open = new Set<number>();
  for await (const { name } of Deno.readDir(`/proc/${pid}/fd`)) {
    open.add(Number(name));
  }
  let limit = 0;
  for (let free = 0; free < count; limit++) if (!open.has(limit)) free++;
  const { success } = await new Deno.Command("prlimit", {
    // Soft alone: the hard one cannot be raised again.
    args: [`--pid=${pid}`, `--nofile=${limit}:`],
  }).output();
  assert(success);
}

async function openHalf(server: Server, held: Deno.Conn[]): Promise<void> {
  const { hostname, port } = server;
  try {
    const connection = await Deno.connect({ hostname, port });
    held.push(connection);
    await writeAll(connection, new TextEncoder().encode("GET /sma"));
  } catch {
    // Refused, or shed already: that is the server's right.
  }
}

/** One request; while the server listens again it may be refused. */
async function requestPatiently(server: Server): Promise<string> {
  for (let tries = 1;; tries++) {
    try {
      const { body } = await rawRequest(server, "/small.txt");
      return new TextDecoder().decode(body);
    } catch (error) {
      if (tries === 100) throw error;
      await pause(20);
    }
  }
}

async function readRest(
  download: Awaited<ReturnType<typeof openDownload>>,
): Promise<number> {
  const buffer = new Uint8Array(262_144);
  let received = 0;
  while (received < download.length) {
    const bytes = await download.read(buffer);
    if (bytes === null) break;
    assert(bytes[0] === 97 && isUniform(bytes), "wrong bytes");
    received += bytes.length;
  }
  return received;
}
