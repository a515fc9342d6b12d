import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import { createHandler } from "../../lib/handler.ts";
import { get, headOf } from "../_support/call.ts";
import { type Entries, link, makeTree } from "../_support/tree.ts";

Deno.test("GET of nothing returns a page that says so", async () => {
  await using tree = await makeTree({ "a.txt": "x" });
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/what-is-gone");
  const page = await response.text();

  assertEquals(response.status, 404);
  assertEquals(
    response.headers.get("content-type"),
    "text/html; charset=utf-8",
  );
  assertEquals(response.headers.get("cache-control"), "no-cache");
  assertEquals(response.headers.get("etag"), null);
  assertStringIncludes(page, "404");
  assert(!page.includes("what-is-gone") && !page.includes(tree.path));
});

Deno.test.each<{ path: string; why: string }>([
  { path: "/none", why: "nothing there" },
  { path: "/d/none", why: "nothing there, in a folder" },
  { path: "/.env", why: "hidden" },
  { path: "/out.txt", why: "outside" },
  { path: "/listing-off/", why: "a folder without listing" },
])("GET $path returns the folder's own 404.html ($why)", async ({ path }) => {
  await using tree = await makeTree({
    "secret.txt": "x",
    "site/404.html": "<p>GONE",
    "site/.env": "x",
    "site/d/404.html": "<p>not this one",
    "site/listing-off/a.txt": "x",
    "site/out.txt": link("../secret.txt"),
  });
  const handler = await createHandler(tree.at("site"), {
    listing: false,
    cache: 60,
  });

  const response = await get(handler, path);

  assertEquals(response.status, 404);
  assertEquals(Object.fromEntries(response.headers), {
    "cache-control": "no-cache",
    "content-length": "7",
    "content-type": "text/html; charset=utf-8",
    "cross-origin-resource-policy": "same-site",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
  });
  assertEquals(await response.text(), "<p>GONE");
});

Deno.test("GET of nothing with conditions and ranges returns all of 404.html", async () => {
  await using tree = await makeTree({ "404.html": "<p>GONE" });
  const handler = await createHandler(tree.path);

  for (
    const headers of [
      { "range": "bytes=0-1" },
      { "if-none-match": "*" },
      { "if-match": '"x"' },
    ]
  ) {
    const response = await get(handler, "/none", { headers });

    assertEquals(response.status, 404);
    assertEquals(await response.text(), "<p>GONE");
  }
});

Deno.test("GET of a large 404.html returns all of it", async () => {
  const content = "x".repeat(1_300_000);
  await using tree = await makeTree({ "404.html": content });
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/none");

  assertEquals(response.status, 404);
  assertEquals((await response.text()).length, content.length);
});

Deno.test("GET /404.html returns it as a file", async () => {
  await using tree = await makeTree({ "404.html": "<p>GONE" });
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/404.html");

  assertEquals(response.status, 200);
  assert(response.headers.has("etag"));
  await response.body?.cancel();
});

Deno.test.each<{ about: string; entries: Entries }>([
  {
    about: "leads out",
    entries: { "site/404.html": link("../secret"), "secret": "TOP SECRET" },
  },
  { about: "is a folder", entries: { "site/404.html/": null } },
  { about: "leads nowhere", entries: { "site/404.html": link("x") } },
])("GET of nothing does not use a 404.html that $about", async (row) => {
  await using tree = await makeTree({ "site/": null, ...row.entries });
  const handler = await createHandler(tree.at("site"));

  const response = await get(handler, "/what-is-gone");
  const page = await response.text();

  assertEquals(response.status, 404);
  assertStringIncludes(page, "<!DOCTYPE html>");
  assert(!page.includes("TOP SECRET"));
});

Deno.test.each<{ entries: Entries }>([
  { entries: { "a.txt": "x" } },
  { entries: { "404.html": "<p>GONE" } },
  { entries: { "404.html": "x".repeat(1_300_000) } },
])("HEAD of nothing has the headers of GET", async ({ entries }) => {
  await using tree = await makeTree(entries);
  const handler = await createHandler(tree.path);

  const forGet = await headOf(await get(handler, "/none"));
  const response = await get(handler, "/none", { method: "HEAD" });

  assertEquals(response.body, null);
  assertEquals(await headOf(response), forGet);
});
