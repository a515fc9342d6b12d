/**
 * The configurations of the README in the real nginx and caddy: what a visitor
 * gets is what the server behind them answers.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";

import { startServer } from "../_support/cli.ts";
import { decode } from "../_support/decode.ts";
import type { RawResponse } from "../_support/raw.ts";
import { makeTree } from "../_support/tree.ts";
import { checkParts } from "../conformance/multipart.ts";
import { NAME, startProxy, startStack, testProxies } from "./_proxies.ts";
import { readmeBlock } from "./_readme.ts";
import {
  ask,
  FOLDER_LINKS,
  linksOf,
  seen,
  TEXT,
  text,
  TREE,
} from "./_visitor.ts";

/** Targets as they are sent. */
const TARGETS = [
  "/",
  "/a.txt",
  "/a.txt?download",
  "/folder",
  "/folder?sort=name&x=%2F",
  "/folder/",
  "/folder/?format=json",
  "/folder/a%20b.txt",
  "/folder/p%252Fq.txt",
  "/folder%2Fa%20b.txt",
  "/folder/%C3%BC%E2%98%83.txt",
  "/folder/w%3Fx%23y.txt",
  "/folder/b%5Cs.txt",
  "/folder/%22q%22%20%3Ct%3E.txt",
  "/folder/a+b&c.txt",
  "/folder/a%2Bb%26c.txt",
  "/folder/new%0Aline.txt",
  "/%C3%96rdner%20n",
  "/a.txt/",
  "//folder",
  "/folder/../a.txt",
  "/nothing",
  "/folder/a%FF",
];

testProxies("every name, redirect and page arrives as it is", async (kind) => {
  await using stack = await startStack(kind, TREE);

  for (const target of TARGETS) {
    const direct = await ask(stack.server, target);
    const proxied = await ask(stack.proxy, target);

    assertEquals(seen(proxied), seen(direct), target);
  }
});

testProxies("HEAD has the headers of GET and no body", async (kind) => {
  await using stack = await startStack(kind, TREE);

  for (const target of ["/a.txt", "/folder/", "/folder", "/nothing"]) {
    const direct = await ask(stack.server, target, { method: "HEAD" });
    const proxied = await ask(stack.proxy, target, { method: "HEAD" });

    assertEquals(seen(proxied), seen(direct), target);
    assertEquals(proxied.body.length, 0);
  }
});

testProxies("a copy that is still good is answered with 304", async (kind) => {
  await using stack = await startStack(kind, TREE);
  const { headers } = await ask(stack.proxy, "/a.txt");
  const etag = headers.get("etag") ?? "";
  const date = headers.get("last-modified") ?? "";

  const byTag = await ask(stack.proxy, "/a.txt", {
    headers: { "If-None-Match": etag },
  });
  const byDate = await ask(stack.proxy, "/a.txt", {
    headers: { "If-Modified-Since": date },
  });
  const other = await ask(stack.proxy, "/a.txt", {
    headers: { "If-None-Match": '"other"' },
  });

  assertMatch(etag, /^"[^"]+"$/);
  assertEquals([byTag.status, byDate.status, other.status], [304, 304, 200]);
  assertEquals(byTag.headers.get("etag"), etag);
  assertEquals(byTag.body.length, 0);
});

testProxies("ranges are sent, one and several", async (kind) => {
  await using stack = await startStack(kind, TREE);
  const get = (range: string, more = {}) =>
    ask(stack.proxy, "/a.txt", { headers: { "Range": range, ...more } });

  const one = await get("bytes=10-19");
  const suffix = await get("bytes=-5");
  const several = await get("bytes=0-4,100-104");
  const beyond = await get("bytes=50000-");
  const outdated = await get("bytes=10-19", { "If-Range": '"other"' });

  assertEquals([one.status, one.body], [206, TEXT.slice(10, 20)]);
  assertEquals(one.headers.get("content-range"), "bytes 10-19/50000");
  assertEquals([suffix.status, suffix.body], [206, TEXT.slice(-5)]);
  assertEquals(
    checkParts(several, {
      content: TEXT,
      ranges: [[0, 4], [100, 104]],
      order: "exact",
      type: "text/plain; charset=utf-8",
    }),
    null,
  );
  assertEquals(beyond.status, 416);
  assertEquals(beyond.headers.get("content-range"), "bytes */50000");
  assertEquals([outdated.status, outdated.body], [200, TEXT]);
});

testProxies("every link of a folder page leads somewhere", async (kind) => {
  await using stack = await startStack(kind, TREE);

  const links = await linksOf(stack.proxy, "/folder/");

  assertEquals(links.filter((link) => link !== "/"), FOLDER_LINKS);
  for (const link of links) {
    assertEquals((await ask(stack.proxy, link)).status, 200, link);
  }
});

testProxies("what is compressed is compressed once", async (kind) => {
  await using stack = await startStack(kind, TREE);

  const headers = { "Accept-Encoding": "gzip" };

  const gzipped = await ask(stack.proxy, "/a.txt", { headers });
  const page = await ask(stack.proxy, "/folder/", { headers });
  const plain = await ask(stack.proxy, "/a.txt");

  assertEquals(gzipped.headers.get("content-encoding"), "gzip");
  assertEquals(decode(gzipped.body, "gzip"), TEXT);
  assertEquals(
    decoded(page),
    text(await ask(stack.server, "/folder/")),
  );
  assertEquals(plain.headers.get("content-encoding"), undefined);
  assertEquals(plain.headers.get("content-length"), String(TEXT.length));
  assertEquals(plain.body, TEXT);
});

testProxies("the log names the proxy as the visitor", async (kind) => {
  await using stack = await startStack(kind, TREE);

  await ask(stack.proxy, "/a.txt", {
    headers: { "X-Forwarded-For": "203.0.113.9" },
  });
  await stack.server.recorded(1);

  assertEquals(stack.server.records[0]?.remote, "127.0.0.1");
});

testProxies("another name gets nothing of the folder", async (kind) => {
  await using stack = await startStack(kind, TREE);

  const other = await ask(stack.proxy, "/a.txt", { host: "other.example" });

  assert(other.body.length !== TEXT.length);
  assertEquals(stack.server.records.filter((r) => r.status !== 421), []);
});

testProxies("the command of the README is asked through it", async (kind) => {
  await using tree = await makeTree({ "a.txt": "hello" });
  const command = await readmeBlock("behind a proxy");
  const [, bind, name] =
    /--bind (\S+) --allow-host (\S+) 8000 \/srv\/files$/.exec(command) ?? [];
  await using server = await startServer({
    directory: tree.path,
    bind: bind ?? "",
    args: ["--allow-host", name ?? ""],
  });
  await using own = await makeTree({});
  await using proxy = await startProxy(kind, {
    own: own.path,
    behind: server.port,
    placement: "root",
  });

  const answer = await ask(proxy, "/a.txt");

  assertEquals(name, NAME);
  assertEquals(text(answer), "hello");
});

/** Text of an answer; a proxy may compress what the server did not. */
function decoded(answer: RawResponse): string {
  if (!answer.headers.has("content-encoding")) return text(answer);
  return new TextDecoder().decode(decode(answer.body, "gzip"));
}
