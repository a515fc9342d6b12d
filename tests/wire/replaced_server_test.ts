/**
 * What the runtime does with servers that are ended gently or by force: the
 * supervisor relies on it.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import type { Handler } from "../../lib/answer.ts";
import { Supervisor } from "../../lib/server/supervise.ts";
import { listen } from "../../lib/server/listen.ts";
import { rawRequest } from "../_support/raw.ts";
import {
  type Download,
  openDownload,
} from "../acceptance/endurance/_download.ts";
import { pause } from "../acceptance/endurance/_wait.ts";

const BLOCK = new Uint8Array(65_536);
// More than the kernel keeps for a client that does not read.
const BLOCKS = 400;

/** `/large` answers with much, everything else with little. */
const handler: Handler = (request) => {
  if (!request.url.endsWith("/large")) {
    return Promise.resolve(new Response("small"));
  }
  let left = BLOCKS;
  const body = new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(BLOCK);
      else controller.close();
    },
  }, { highWaterMark: 0 });
  const headers = { "content-length": String(BLOCKS * BLOCK.length) };
  return Promise.resolve(new Response(body, { headers }));
};

function setUp() {
  const reports: string[] = [];
  const hostname = "127.0.0.1";
  let port = 0;
  let listened = 0;
  const supervisor = new Supervisor({
    listenAgain(counted, signal) {
      const server = listen({ bind: hostname, port }, counted, { signal });
      listened++;
      return server;
    },
    report: (message) => void reports.push(message),
    onHopeless: (error) => {
      throw error;
    },
    traffic: { underWay: 0, movedSince: () => 0 },
  });
  const first = supervisor.prepare(handler);
  const server = listen({ bind: hostname, port }, first.handler, first);
  port = server.addr.port;
  const watching = supervisor.watch(server);
  return {
    supervisor,
    reports,
    address: { hostname, port },
    listened: () => listened,
    async [Symbol.asyncDispose]() {
      await supervisor.stop();
      await watching;
    },
  };
}

/** A request; while the server listens again it may be refused. */
async function requestPatiently(
  address: { readonly hostname: string; readonly port: number },
): Promise<string> {
  for (let tries = 1;; tries++) {
    try {
      const { body } = await rawRequest(address, "/small");
      return new TextDecoder().decode(body);
    } catch (error) {
      if (tries === 100) throw error;
      await pause(20);
    }
  }
}

async function readRest(download: Download): Promise<number> {
  const buffer = new Uint8Array(262_144);
  let received = 0;
  while (received < download.length) {
    const bytes = await download.read(buffer).catch(() => null);
    if (bytes === null) break;
    received += bytes.length;
  }
  return received;
}

Deno.test("a server that is replaced finishes its downloads", async () => {
  await using test = setUp();
  using download = await openDownload(test.address, "/large");

  test.supervisor.replaceServer();
  const answer = await requestPatiently(test.address);
  const underWay = test.supervisor.requestsUnderWay;
  const received = await readRest(download);

  assertEquals(answer, "small");
  assertEquals(test.listened(), 1);
  assert(underWay >= 1);
  assertEquals(received, BLOCKS * BLOCK.length);
  assertEquals(test.reports, []);
});

Deno.test("a server is replaced many times", async () => {
  await using test = setUp();

  for (let i = 0; i < 20; i++) {
    test.supervisor.replaceServer();
    assertEquals(await requestPatiently(test.address), "small");
  }

  assertEquals(test.listened(), 20);
  assertEquals(test.reports, []);
});

Deno.test("a server that is cut ends its downloads, and another answers", async () => {
  await using test = setUp();
  using download = await openDownload(test.address, "/large");

  test.supervisor.cut();
  const answer = await requestPatiently(test.address);
  const received = await readRest(download);

  assertEquals(answer, "small");
  assert(received < BLOCKS * BLOCK.length);
  assertEquals(test.supervisor.requestsUnderWay, 0);
  assertEquals(test.reports, [
    "cut 1 download: most clients did not read, and others waited",
  ]);
});

Deno.test("replaced and cut in turns, nothing is thrown", async () => {
  await using test = setUp();

  for (let i = 0; i < 10; i++) {
    using _download = await openDownload(test.address, "/large");
    if (i % 2 === 0) test.supervisor.replaceServer();
    else test.supervisor.cut();
    // Whichever comes second on the same server does nothing.
    if (i % 3 === 0) test.supervisor.cut();
    assertEquals(await requestPatiently(test.address), "small");
  }

  assertEquals(test.listened(), 10);
});
