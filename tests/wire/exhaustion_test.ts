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
