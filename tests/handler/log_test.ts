import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import { createHandler } from "../../lib/handler.ts";
import { createLogged, get } from "../_support/call.ts";
import { makeTree } from "../_support/tree.ts";

const LARGE = 1_700_000;

Deno.test("an answer is told with all that is known of it", async () => {
  await using tree = await makeTree({ "a b.txt": "hello" });
  const { handler, records } = await createLogged(tree.path);
  const before = Date.now();

  const response = await get(handler, "/a%20b.txt?x=%0a", {
    headers: { referer: "http://localhost/", "user-agent": "test/1" },
  });
  await response.text();

  const [record] = records;
  assert(record !== undefined);
  const { time, durationMs, ...others } = record;
  assertEquals(records.length, 1);
  assertEquals(others, {
    remote: "192.0.2.7",
    user: null,
    method: "GET",
    target: "/a%20b.txt?x=%0a",
    protocol: "HTTP/1.1",
    status: 200,
    bytes: 5,
    referrer: "http://localhost/",
    userAgent: "test/1",
    aborted: false,
    error: null,
  });
  assert(time >= before && time <= Date.now());
  assert(durationMs >= 0);
});

Deno.test.each<{
  path: string;
  init: RequestInit;
  status: number;
  bytes: number | null;
}>([
  { path: "/a.txt", init: {}, status: 200, bytes: 5 },
  { path: "/a.txt", init: { method: "HEAD" }, status: 200, bytes: 0 },
  {
    path: "/a.txt",
    init: { headers: { range: "bytes=1-2" } },
    status: 206,
    bytes: 2,
  },
  {
    path: "/a.txt",
    init: { headers: { "if-none-match": "*" } },
    status: 304,
    bytes: 0,
  },
  { path: "/large.bin", init: {}, status: 200, bytes: LARGE },
  { path: "/large.bin", init: { method: "HEAD" }, status: 200, bytes: 0 },
  {
    path: "/large.bin",
    init: { headers: { range: "bytes=5-1300004" } },
    status: 206,
    bytes: 1_300_000,
  },
  { path: "/d", init: {}, status: 301, bytes: 0 },
  { path: "/d/", init: {}, status: 200, bytes: null },
  { path: "/none", init: {}, status: 404, bytes: null },
  { path: "/%zz", init: {}, status: 400, bytes: null },
  { path: "/", init: { method: "PUT" }, status: 405, bytes: null },
  { path: "/", init: { method: "OPTIONS" }, status: 204, bytes: 0 },
])("$path, $init is one record of $status", async (row) => {
  await using tree = await makeTree({
    "a.txt": "hello",
    "d/": null,
    "large.bin": "x".repeat(LARGE),
  });
  const { handler, records } = await createLogged(tree.path);

  const response = await get(handler, row.path, row.init);
  const { length } = await response.bytes();

  const [record] = records;
  assertEquals(records.length, 1);
  assertEquals(record?.status, row.status);
  assertEquals(record?.bytes, row.bytes ?? length);
  assertEquals(record?.aborted, false);
  assertEquals(record?.error, null);
});

Deno.test("a folder page that streams is told when it has ended, with its bytes", async () => {
  await using tree = await makeTree(
    Object.fromEntries(
      Array.from({ length: 2_100 }, (_, i) => [`f${i}`, ""]),
    ),
  );
  const { handler, records } = await createLogged(tree.path);

  const response = await get(handler, "/");
  const before = records.length;
  const { length } = await response.bytes();

  assertEquals(before, 0);
  assertEquals(records.map(({ bytes, aborted }) => [bytes, aborted]), [
    [length, false],
  ]);
});

Deno.test("a client that leaves half-way is told as aborted, and frees the file", async () => {
  await using tree = await makeTree({ "large.bin": "x".repeat(LARGE) });
  const { handler, records } = await createLogged(tree.path);

  const response = await get(handler, "/large.bin");
  const reader = response.body?.getReader();
  const first = await reader?.read();
  const before = records.length;
  await reader?.cancel();

  const [record] = records;
  assertEquals(before, 0);
  assertEquals(records.length, 1);
  assertEquals(record?.aborted, true);
  assertEquals(record?.error, null);
  assertEquals(record?.bytes, first?.value?.length);
  assert(record !== undefined && record.bytes < LARGE);
});

Deno.test("a client that leaves before the first byte is told as aborted", async () => {
  await using tree = await makeTree({ "large.bin": "x".repeat(LARGE) });
  const { handler, records } = await createLogged(tree.path);

  const response = await get(handler, "/large.bin");
  await response.body?.cancel();

  assertEquals(records.map(({ bytes, aborted }) => [bytes, aborted]), [
    [0, true],
  ]);
});

Deno.test("a file that shrinks while it is sent is told with the reason", async () => {
  await using tree = await makeTree({ "large.bin": "x".repeat(LARGE) });
  const { handler, records } = await createLogged(tree.path);

  const response = await get(handler, "/large.bin");
  await Deno.truncate(tree.at("large.bin"), 1_000);
  const outcome = await response.bytes().then(() => "whole", () => "broken");

  const [record] = records;
  assertEquals(outcome, "broken");
  assertEquals(records.length, 1);
  assertEquals([record?.status, record?.bytes], [200, 1_000]);
  assertEquals(record?.aborted, true);
  assertStringIncludes(record?.error ?? "", "The file became shorter");
});

Deno.test.each<{ address: Deno.Addr; remote: string }>([
  {
    address: { transport: "tcp", hostname: "::ffff:10.0.0.1", port: 1 },
    remote: "10.0.0.1",
  },
  {
    address: { transport: "tcp", hostname: "2001:db8::1", port: 1 },
    remote: "2001:db8::1",
  },
  { address: { transport: "unix", path: "/run/x" }, remote: "-" },
])("the client is told as $remote", async ({ address, remote }) => {
  await using tree = await makeTree({ "a.txt": "x" });
  const { handler, records } = await createLogged(tree.path);

  const response = await handler(new Request("http://localhost/a.txt"), {
    remoteAddr: address,
    completed: Promise.resolve(),
  });
  await response.body?.cancel();

  assertEquals(records[0]?.remote, remote);
});

Deno.test.each<{ path: string; status: number }>([
  // A bug in the log shows like any other, before the answer is on its way.
  { path: "/a.txt", status: 500 },
  { path: "/", status: 500 },
  { path: "/none", status: 500 },
  // What is being sent already is not cut for it.
  { path: "/large.bin", status: 200 },
])(
  "a log that throws leaves $path with status $status",
  async ({ path, status }) => {
    await using tree = await makeTree({
      "a.txt": "hello",
      "large.bin": "x".repeat(LARGE),
    });
    const handler = await createHandler(tree.path, {
      log: () => {
        throw new Error("The log is broken");
      },
    });

    const response = await get(handler, path);
    const { length } = await response.bytes();

    assertEquals(response.status, status);
    assertEquals(
      response.headers.get("content-length"),
      String(length),
    );
  },
);
