/**
 * The configurations of the README for a server below a path of a site.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";

import { startStack, testProxies } from "./_proxies.ts";
import {
  ask,
  FOLDER_LINKS,
  linksOf,
  seen,
  TEXT,
  text,
  TREE,
} from "./_visitor.ts";

testProxies("below a path, redirects and links stay below it", async (kind) => {
  await using stack = await startStack(kind, TREE, { placement: "below" });

  const bare = await ask(stack.proxy, "/files");
  const folder = await ask(stack.proxy, "/files/folder?sort=name");
  const letters = await ask(stack.proxy, "/files/%C3%96rdner%20n");
  const links = await linksOf(stack.proxy, "/files/folder/");

  assert(bare.status === 301 || bare.status === 302);
  assertMatch(bare.headers.get("location") ?? "", /\/files\/$/);
  assertEquals(
    [folder.headers.get("location"), letters.headers.get("location")],
    ["/files/folder/?sort=name", "/files/%C3%96rdner%20n/"],
  );
  assertEquals(
    links.filter((link) => link !== "/files/"),
    FOLDER_LINKS.map((link) => `/files${link}`),
  );
  for (const link of links) {
    assertEquals((await ask(stack.proxy, link)).status, 200, link);
  }
});

testProxies("below a path, a file is whole or in parts", async (kind) => {
  await using stack = await startStack(kind, TREE, { placement: "below" });

  const whole = await ask(stack.proxy, "/files/a.txt");
  const part = await ask(stack.proxy, "/files/a.txt", {
    headers: { "Range": "bytes=10-19" },
  });
  const copy = await ask(stack.proxy, "/files/a.txt", {
    headers: { "If-None-Match": whole.headers.get("etag") ?? "" },
  });
  const missing = await ask(stack.proxy, "/files/nothing");

  assertEquals(seen(whole), seen(await ask(stack.server, "/a.txt")));
  assertEquals([part.status, part.body], [206, TEXT.slice(10, 20)]);
  assertEquals(copy.status, 304);
  assertEquals([missing.status, text(missing)], [404, "<h1>nothing here"]);
});
