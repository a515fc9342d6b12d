import { assert, assertEquals } from "@std/assert";

import type { Handler } from "../../lib/answer.ts";
import { buildHandler, librarySide } from "../../lib/build_handler.ts";
import { RANGES_MAX, TARGET_BYTES_MAX } from "../../lib/http/limits.ts";
import { createInFlight, type InFlight } from "../../lib/in_flight.ts";
import { get, PEER } from "../_support/call.ts";
import { makeTree } from "../_support/tree.ts";

const OTHER: Deno.NetAddr = { ...PEER, hostname: "198.51.100.7" };

/** A handler with room for three requests, two of them from one address. */
async function setUp(directory: string) {
  let time = 0;
  const inFlight: InFlight = createInFlight(
    { whole: 3, perAddress: 2, fullMs: 30_000 },
    { now: () => time, onStuck: () => {} },
  );
  const handler = await buildHandler(directory, {}, {
    ...librarySide(),
    inFlight,
  });
  return { handler, inFlight, pass: (ms: number) => void (time += ms) };
}

/** A request that is under way until it is told to end. */
function begin(handler: Handler, path: string, remoteAddr = PEER) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = new Request(`http://localhost${path}`);
  const response = handler(request, { remoteAddr, completed: promise });
  return { response, finish: resolve, interrupt: reject };
}

Deno.test("GET /a.txt returns 503 to an address that has its share of requests under way", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const { handler } = await setUp(tree.path);
  const first = begin(handler, "/a.txt");
  const second = begin(handler, "/a.txt");
  await Promise.all([first.response, second.response]);

  const refused = await begin(handler, "/a.txt").response;
  const other = await begin(handler, "/a.txt", OTHER).response;

  assertEquals([refused.status, other.status], [503, 200]);
  assertEquals(refused.headers.get("retry-after"), "1");
  assertEquals(refused.headers.get("cache-control"), "no-cache");
});

Deno.test("GET /a.txt returns 503 to everybody when all places are taken", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const { handler } = await setUp(tree.path);
  for (const hostname of ["192.0.2.1", "192.0.2.2", "192.0.2.3"]) {
    await begin(handler, "/a.txt", { ...PEER, hostname }).response;
  }

  const refused = await begin(handler, "/a.txt", OTHER).response;

  assertEquals(refused.status, 503);
  assertEquals(refused.headers.get("retry-after"), "1");
});

Deno.test.each<{ end: "finish" | "interrupt" }>([
  { end: "finish" },
  // HTTP/2 tells so of a client that left.
  { end: "interrupt" },
])(
  "GET /a.txt is answered again after an answer has ended by $end()",
  async (row) => {
    await using tree = await makeTree({ "a.txt": "a" });
    const { handler, inFlight } = await setUp(tree.path);
    const requests = [begin(handler, "/a.txt"), begin(handler, "/none")];
    for (const { response } of requests) await response;
    const before = inFlight.underWay;

    for (const request of requests) request[row.end]();
    while (inFlight.underWay > 0) await Promise.resolve();
    const again = await begin(handler, "/a.txt").response;

    assertEquals(before, 2);
    assertEquals(again.status, 200);
  },
);

Deno.test("GET /large counts as reading whenever its client takes something", async () => {
  await using tree = await makeTree({ "large": "x".repeat(2_000_000) });
  const { handler, inFlight, pass } = await setUp(tree.path);
  const { response, finish } = begin(handler, "/large");
  const reader = (await response).body?.getReader();
  const moved: number[] = [];

  pass(1_000);
  moved.push(inFlight.movedSince(1_000));
  await reader?.read();
  moved.push(inFlight.movedSince(1_000));
  pass(1_000);
  moved.push(inFlight.movedSince(2_000));
  await reader?.cancel();
  finish();

  assertEquals(moved, [0, 1, 0]);
});

Deno.test.each<{ length: number; status: number }>([
  { length: TARGET_BYTES_MAX, status: 404 },
  { length: TARGET_BYTES_MAX + 1, status: 414 },
  { length: 60_000, status: 414 },
])("GET of a target of $length bytes returns $status", async (row) => {
  await using tree = await makeTree({});
  const { handler } = await setUp(tree.path);

  for (const begin of ["/", "/?q="]) {
    const target = begin.padEnd(row.length, "a");
    const response = await get(handler, target);
    await response.body?.cancel();

    const isRoot = row.status === 404 && begin === "/?q=";
    assertEquals(response.status, isRoot ? 200 : row.status);
  }
});

Deno.test("GET with more ranges than one request may ask for returns the whole file", async () => {
  await using tree = await makeTree({ "a.txt": "x".repeat(1_000) });
  const { handler } = await setUp(tree.path);
  const statuses: number[] = [];

  for (const count of [RANGES_MAX, RANGES_MAX + 1]) {
    const ranges = Array.from({ length: count }, (_, i) => `${i * 2}-${i * 2}`);
    const response = await get(handler, "/a.txt", {
      headers: { range: `bytes=${ranges.join(",")}` },
    });
    assert((await response.arrayBuffer()).byteLength > 0);
    statuses.push(response.status);
  }

  assertEquals(statuses, [206, 200]);
});
