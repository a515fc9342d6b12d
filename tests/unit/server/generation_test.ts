import { assertEquals, assertStrictEquals } from "@std/assert";

import { Generation } from "../../../lib/server/generation.ts";
import type { HttpServer } from "../../../lib/server/listen.ts";
import { PEER } from "../../_support/call.ts";

/** A server that tells how it was ended. */
function fakeServer(signal: AbortSignal) {
  const finished = Promise.withResolvers<void>();
  const ends: string[] = [];
  signal.addEventListener("abort", () => void ends.push("abort"));
  const server: HttpServer = {
    addr: { transport: "tcp", hostname: "127.0.0.1", port: 8000 },
    finished: finished.promise,
    shutdown() {
      ends.push("shutdown");
      finished.resolve();
      return finished.promise;
    },
    ref() {},
    unref() {},
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return { server, ends, finished };
}

function setUp() {
  const response = new Response();
  let idle = 0;
  const generation = new Generation(
    () => Promise.resolve(response),
    () => void idle++,
  );
  const fake = fakeServer(generation.signal);
  return { generation, response, idle: () => idle, ...fake };
}

Deno.test("handler answers, and is counted until the answer has ended", async () => {
  const { generation, response, idle } = setUp();
  const ends = [1, 2].map(() => Promise.withResolvers<void>());
  const counts: number[] = [];

  for (const { promise } of ends) {
    const request = new Request("http://localhost/");
    const info = { remoteAddr: PEER, completed: promise };
    assertStrictEquals(await generation.handler(request, info), response);
    counts.push(generation.underWay);
  }
  ends[0]?.resolve();
  await ends[0]?.promise;
  counts.push(generation.underWay);
  ends[1]?.reject(new Error("Interrupted"));
  await ends[1]?.promise.catch(() => {});
  counts.push(generation.underWay);

  assertEquals(counts, [1, 2, 1, 0]);
  assertEquals(idle(), 2);
});

Deno.test.each<{ first: "drain" | "cut"; ends: string[] }>([
  { first: "drain", ends: ["shutdown"] },
  { first: "cut", ends: ["abort"] },
])("$first() ends a server, and nothing does so again", async (row) => {
  const { generation, server, ends } = setUp();
  const ended = generation.watch(server);

  await generation[row.first]();
  generation.cut();
  await generation.drain();

  assertEquals(await ended, { kind: "ended" });
  assertEquals(generation.isEnded, true);
  assertEquals(ends, row.ends);
});

Deno.test("watch() tells why a listener failed, and the server can still be cut", async () => {
  const { generation, server, ends, finished } = setUp();
  const error = new Error("Too many open files");

  const ended = generation.watch(server);
  finished.reject(error);
  const end = await ended;
  generation.cut();

  assertEquals(end, { kind: "failed", error });
  assertEquals(ends, ["abort"]);
});

Deno.test("watch() tells of a server that something else has stopped", async () => {
  const { generation, server } = setUp();

  const ended = generation.watch(server);
  await server.shutdown();

  assertEquals(await ended, { kind: "stopped" });
});

Deno.test("drain() survives a server that cannot be shut down", async () => {
  const { generation, server } = setUp();
  generation.watch({
    ...server,
    shutdown: () => Promise.reject(new Deno.errors.BadResource()),
  });

  await generation.drain();

  assertEquals(generation.isEnded, true);
});

Deno.test("drain() and cut() leave what is not started yet as it is", async () => {
  const { generation, ends } = setUp();

  await generation.drain();
  generation.cut();

  assertEquals([generation.isEnded, generation.signal.aborted], [false, false]);
  assertEquals(ends, []);
});
