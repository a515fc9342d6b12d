import { assertEquals, assertRejects } from "@std/assert";

import { createHandler } from "../../lib/handler.ts";
import type { ServeOptions } from "../../lib/options.ts";
import { get } from "../_support/call.ts";
import { makeTree } from "../_support/tree.ts";

async function headersOf(
  path: string,
  options: Partial<ServeOptions>,
  init: RequestInit = {},
): Promise<Headers> {
  await using tree = await makeTree({
    "a.txt": "hello",
    "d/b.txt": "x",
    "404.html": "x",
  });
  const handler = await createHandler(tree.path, options);
  const response = await get(handler, path, init);
  await response.body?.cancel();
  return response.headers;
}

Deno.test.each<{
  about: string;
  path: string;
  init: RequestInit;
  value: string;
}>([
  { about: "200", path: "/a.txt", init: {}, value: "max-age=60" },
  {
    about: "206",
    path: "/a.txt",
    init: { headers: { range: "bytes=0-0" } },
    value: "max-age=60",
  },
  {
    about: "304",
    path: "/a.txt",
    init: { headers: { "if-none-match": "*" } },
    value: "max-age=60",
  },
  {
    about: "416",
    path: "/a.txt",
    init: { headers: { range: "bytes=9-" } },
    value: "no-cache",
  },
  {
    about: "412",
    path: "/a.txt",
    init: { headers: { "if-match": '"x"' } },
    value: "no-cache",
  },
  { about: "a folder page", path: "/d/", init: {}, value: "no-cache" },
  { about: "a redirect", path: "/d", init: {}, value: "no-cache" },
  { about: "404.html", path: "/none", init: {}, value: "no-cache" },
  { about: "400", path: "/%zz", init: {}, value: "no-cache" },
  { about: "405", path: "/", init: { method: "PUT" }, value: "no-cache" },
  {
    about: "OPTIONS",
    path: "/",
    init: { method: "OPTIONS" },
    value: "no-cache",
  },
])("cache: 60 makes $about $value", async ({ path, init, value }) => {
  const headers = await headersOf(path, { cache: 60 }, init);

  assertEquals(headers.get("cache-control"), value);
});

Deno.test.each<{ cache: number | null; value: string }>([
  { cache: null, value: "no-cache" },
  { cache: 0, value: "max-age=0" },
  { cache: 2_147_483_648, value: "max-age=2147483648" },
])("cache: $cache is $value", async ({ cache, value }) => {
  const headers = await headersOf("/a.txt", { cache });

  assertEquals(headers.get("cache-control"), value);
});

Deno.test.each<{ path: string; init: RequestInit }>([
  { path: "/a.txt", init: {} },
  { path: "/a.txt", init: { method: "HEAD" } },
  { path: "/a.txt", init: { headers: { "if-none-match": "*" } } },
  { path: "/a.txt", init: { headers: { range: "bytes=9-" } } },
  { path: "/d", init: {} },
  { path: "/d/", init: {} },
  { path: "/none", init: {} },
  { path: "/%zz", init: {} },
  { path: "/", init: { method: "POST" } },
  { path: "/", init: { method: "OPTIONS" } },
])("headers of one's own are on every answer: $path, $init", async (row) => {
  const options: Partial<ServeOptions> = {
    headers: [["X-A", "1"], ["x-a", "2"], ["X-Frame-Options", "DENY"]],
  };

  const headers = await headersOf(row.path, options, row.init);

  assertEquals(headers.get("x-a"), "1, 2");
  assertEquals(headers.get("x-frame-options"), "DENY");
  assertEquals(headers.get("x-content-type-options"), "nosniff");
});

Deno.test.each<{ path: string; name: string; value: string }>([
  { path: "/a.txt", name: "Cache-Control", value: "no-store" },
  { path: "/none", name: "cache-control", value: "no-store" },
  { path: "/a.txt", name: "Content-Type", value: "text/x-own" },
  { path: "/a.txt", name: "ETag", value: '"mine"' },
  { path: "/d/", name: "Content-Security-Policy", value: "sandbox" },
  { path: "/d", name: "Location", value: "/elsewhere" },
  { path: "/a.txt", name: "X-Content-Type-Options", value: "own" },
])("a $name of one's own wins on $path", async ({ path, name, value }) => {
  const headers = await headersOf(path, {
    headers: [[name, value]],
    cache: 60,
  });

  assertEquals(headers.get(name), value);
});

Deno.test("a Vary of one's own is added to what the answer varies by", async () => {
  const headers = await headersOf("/d/", { headers: [["Vary", "cookie"]] });

  // Without ours, a cache would give JSON to a browser.
  assertEquals(headers.get("vary"), "accept, cookie");
});

Deno.test.each<{ name: string; value: string }>([
  { name: "content-length", value: "1" },
  { name: "Transfer-Encoding", value: "chunked" },
  { name: "connection", value: "close" },
  { name: "Date", value: "today" },
  { name: "content-range", value: "bytes 0-0/1" },
  { name: "trailer", value: "x" },
  { name: "upgrade", value: "x" },
  { name: "a b", value: "x" },
  { name: "x-a", value: "a\r\nb: c" },
  { name: "x-a", value: "\u20ac" },
])("createHandler() refuses the header $name", async ({ name, value }) => {
  await assertRejects(
    () => createHandler(".", { headers: [["x-good", "x"], [name, value]] }),
    TypeError,
    "Cannot",
  );
});

Deno.test.each<{ cache: number }>([
  { cache: -1 },
  { cache: 1.5 },
  { cache: NaN },
  { cache: 2_147_483_649 },
])("createHandler() refuses cache: $cache", async ({ cache }) => {
  await assertRejects(
    () => createHandler(".", { cache }),
    RangeError,
    "Cannot",
  );
});

Deno.test.each<{ about: string; options: object; error: string }>([
  {
    about: "a theme that is none",
    options: { theme: "blue" },
    error: 'Cannot use "blue" as a theme: give one of auto, light, dark',
  },
  {
    about: "a title of two lines",
    options: { title: "a\nb" },
    error: 'Cannot use "a\nb" as a title: leave out line breaks and control ' +
      "characters",
  },
  {
    about: "an empty title",
    options: { title: "" },
    error: 'Cannot use "" as a title: give at least one letter',
  },
])("createHandler() refuses $about", async ({ options, error }) => {
  await assertRejects(() => createHandler(".", options), TypeError, error);
});

Deno.test("createHandler() rejects a folder that is not there, and a device", async () => {
  await using tree = await makeTree({});

  await assertRejects(
    () => createHandler(tree.at("none")),
    Deno.errors.NotFound,
  );
  await assertRejects(() => createHandler("/dev/null"), TypeError);
});

Deno.test("createHandler() is not changed by what happens to its options later", async () => {
  await using tree = await makeTree({ "a.txt": "x", ".env": "x" });
  const options = { dotfiles: false, cache: 60 };
  const handler = await createHandler(tree.path, options);
  options.dotfiles = true;
  options.cache = 0;

  const hidden = await get(handler, "/.env");
  const file = await get(handler, "/a.txt");
  await Promise.all([hidden.body?.cancel(), file.body?.cancel()]);

  assertEquals(hidden.status, 404);
  assertEquals(file.headers.get("cache-control"), "max-age=60");
});
