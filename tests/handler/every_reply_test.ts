import { assert, assertEquals } from "@std/assert";

import { createHandler } from "../../lib/handler.ts";
import { get } from "../_support/call.ts";
import { makeTree } from "../_support/tree.ts";

/** One request for each kind of answer. */
const REQUESTS: { status: number; path: string; init: RequestInit }[] = [
  { status: 200, path: "/a.txt", init: {} },
  { status: 200, path: "/large.bin", init: {} },
  { status: 200, path: "/", init: {} },
  { status: 200, path: "/?format=json", init: {} },
  { status: 204, path: "/", init: { method: "OPTIONS" } },
  { status: 206, path: "/a.txt", init: { headers: { range: "bytes=0-1" } } },
  {
    status: 206,
    path: "/a.txt",
    init: { headers: { range: "bytes=0-0,4-4" } },
  },
  { status: 301, path: "/d", init: {} },
  { status: 301, path: "//", init: {} },
  { status: 304, path: "/a.txt", init: { headers: { "if-none-match": "*" } } },
  { status: 400, path: "/%zz", init: {} },
  { status: 400, path: "/", init: { headers: { host: "a b" } } },
  { status: 404, path: "/none", init: {} },
  { status: 405, path: "/", init: { method: "POST", body: "x" } },
  { status: 412, path: "/a.txt", init: { headers: { "if-match": '"x"' } } },
  { status: 416, path: "/a.txt", init: { headers: { range: "bytes=9-" } } },
];

Deno.test.each(REQUESTS)(
  "$status of $path has our headers, and names no software",
  async ({ status, path, init }) => {
    await using tree = await makeTree({
      "a.txt": "hello",
      "d/": null,
      "large.bin": "x".repeat(300_000),
    });
    const handler = await createHandler(tree.path);

    for (const method of [undefined, "HEAD"]) {
      // A HEAD has no range, and other methods have no HEAD.
      if (method && (init.method || status === 206 || status === 416)) continue;
      const response = await get(handler, path, {
        ...init,
        ...(method === undefined ? {} : { method }),
      });
      const text = await response.text();

      const { headers } = response;
      assertEquals(response.status, status);
      assertEquals(headers.get("x-content-type-options"), "nosniff");
      assertEquals(headers.get("cache-control"), "no-cache");
      assertEquals(headers.has("server"), false);
      assertEquals(headers.has("x-powered-by"), false);
      assert(!text.includes(tree.path));
      assert(!/\bDeno\b/i.test(text));
    }
  },
);

Deno.test.each(
  REQUESTS.filter(({ status }) => status !== 204 && status !== 304),
)(
  "$status of $path announces the length that it has",
  async ({ path, init }) => {
    await using tree = await makeTree({
      "a.txt": "hello",
      "d/": null,
      "large.bin": "x".repeat(300_000),
    });
    const handler = await createHandler(tree.path);

    const response = await get(handler, path, init);
    const { length } = await response.bytes();

    assertEquals(response.headers.get("content-length"), String(length));
  },
);
