import { assert, assertEquals } from "@std/assert";

import { createHandler } from "../../lib/handler.ts";
import { get } from "../_support/call.ts";
import { link, makeTree } from "../_support/tree.ts";

// `Request` resolves `..` and its spellings: those rows are for a real socket.
Deno.test.each<{ path: string; location: string }>([
  { path: "/d", location: "/d/" },
  { path: "/d?a=b&c", location: "/d/?a=b&c" },
  { path: "/d?", location: "/d/?" },
  { path: "/d?listing", location: "/d/?listing" },
  { path: "/d?u=//evil.test/..", location: "/d/?u=//evil.test/.." },
  { path: "/d?a=%0d%0aX:%20y", location: "/d/?a=%0d%0aX:%20y" },
  { path: "/to-d?x", location: "/to-d/?x" },
  { path: "/a.txt/", location: "/a.txt" },
  { path: "/a.txt/?x=1", location: "/a.txt?x=1" },
  { path: "/d/a%20b.txt/?x", location: "/d/a%20b.txt?x" },
  { path: "//d/?x", location: "/d/?x" },
  { path: "/d//?x", location: "/d/?x" },
  { path: "/d//a%20b.txt", location: "/d/a%20b.txt" },
  { path: "//evil.test//", location: "/evil.test/" },
  { path: "///", location: "/" },
])("GET $path leads to $location", async ({ path, location }) => {
  await using tree = await makeTree({
    "a.txt": "x",
    "d/a b.txt": "x",
    "to-d": link("d"),
  });
  const handler = await createHandler(tree.path, { cache: 3600 });

  const response = await get(handler, path);

  assertEquals(response.status, 301);
  assertEquals(response.headers.get("location"), location);
  assertEquals(response.headers.get("cache-control"), "no-cache");
  assertEquals(response.headers.get("content-length"), "0");
  assertEquals(response.body, null);
});

Deno.test.each<{ name: string }>([
  { name: "a%b" },
  { name: "a b" },
  { name: 'a"b' },
  { name: "a\nb" },
  { name: "a?b#c" },
  { name: "\u00e9" },
])("GET of a folder leads to its own spelling", async ({ name }) => {
  await using tree = await makeTree({ [`${name}/x`]: "x" });
  const handler = await createHandler(tree.path);
  const path = `/${encodeURIComponent(name)}`;

  const first = await get(handler, path);
  const location = first.headers.get("location") ?? "";
  const second = await get(handler, location);
  await second.body?.cancel();

  assertEquals(location, `${path}/`);
  assertEquals(second.status, 200);
  assert(location.startsWith("/") && !location.startsWith("//"));
});
