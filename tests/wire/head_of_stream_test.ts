import { assertEquals } from "@std/assert";

import { rawRequest } from "../_support/raw.ts";
import { startServer } from "../_support/cli.ts";
import { makeTree } from "../_support/tree.ts";

Deno.test("HEAD of a folder page that is streamed says no Content-Length", async () => {
  const names = Array.from({ length: 2_001 }, (_, i) => [`${i}.txt`, ""]);
  await using tree = await makeTree(Object.fromEntries(names));
  await using server = await startServer({ directory: tree.path });

  const get = await rawRequest(server, "/");
  const head = await rawRequest(server, "/", { method: "HEAD" });

  assertEquals(get.headers.get("transfer-encoding"), "chunked");
  assertEquals(head.status, 200);
  assertEquals(head.headers.has("content-length"), false);
  assertEquals(head.body.length, 0);
});
