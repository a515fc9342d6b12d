import { assert, assertEquals } from "@std/assert";

import { buildHandler, librarySide } from "../../lib/build_handler.ts";
import { createHandler } from "../../lib/handler.ts";
import { get, headOf, PEER } from "../_support/call.ts";
import { readQr, squaresOfSvg } from "../_support/qr.ts";
import { makeTree } from "../_support/tree.ts";

const NETWORK = "http://192.168.1.23";

/** The address that a folder is said to have. */
async function addressAt(
  directory: string,
  path: string,
  url = "http://localhost",
): Promise<string> {
  const handler = await buildHandler(directory, {}, {
    ...librarySide(),
    origins: () => [NETWORK],
  });
  const response = await handler(new Request(`${url}${path}`), {
    remoteAddr: PEER,
    completed: Promise.resolve(),
  });
  return await response.text();
}

Deno.test.each<{ path: string; url: string }>([
  { path: "/?qr", url: `${NETWORK}/` },
  { path: "/a%20b/?qr", url: `${NETWORK}/a%20b/` },
  { path: "/a%20b/%61/?sort=size&qr", url: `${NETWORK}/a%20b/a/` },
  // An index stands in the way of the page, and not of its parts.
  { path: "/site/?qr", url: `${NETWORK}/site/` },
])("GET $path is a QR code of $url", async ({ path, url }) => {
  await using tree = await makeTree({
    "a b/a/": null,
    "site/index.html": "x",
  });

  assertEquals(readQr(squaresOfSvg(await addressAt(tree.path, path))), url);
});

Deno.test("GET ?qr=text is the URL by which the client came", async () => {
  await using tree = await makeTree({ "d/": null });
  const { path } = tree;

  assertEquals(await addressAt(path, "/d/?qr=text"), `${NETWORK}/d/\n`);
  assertEquals(
    await addressAt(path, "/d/?qr=text", "https://nas.lan:8443"),
    "https://nas.lan:8443/d/\n",
  );
});

Deno.test("GET ?qr is no cached page, and has no script", async () => {
  await using tree = await makeTree({});
  const handler = await createHandler(tree.path, { cache: 3600 });

  const { status, headers } = await headOf(await get(handler, "/?qr"));

  assertEquals(status, 200);
  assertEquals(headers["cache-control"], "no-cache");
  assertEquals(headers["content-type"], "image/svg+xml; charset=utf-8");
  assertEquals(headers["x-content-type-options"], "nosniff");
  assert(headers["content-security-policy"]?.startsWith("default-src 'none'"));
});

Deno.test.each<{ path: string }>([
  { path: "/?qr" },
  { path: "/?qr=text" },
])("HEAD $path has the headers of GET", async ({ path }) => {
  await using tree = await makeTree({});
  const handler = await createHandler(tree.path);

  const head = await headOf(await get(handler, path, { method: "HEAD" }));

  assertEquals(head, await headOf(await get(handler, path)));
});

Deno.test("GET ?qr is a QR code after the index was asked for, too", async () => {
  await using tree = await makeTree({ "index.html": "the index" });
  const handler = await createHandler(tree.path);
  const types: (string | null)[] = [];

  // The second time, the index comes from memory.
  for (const path of ["/", "/", "/?qr", "/?v=1", "/?qr=text"]) {
    const response = await get(handler, path);
    await response.body?.cancel();
    types.push(response.headers.get("content-type"));
  }

  assertEquals(types, [
    "text/html; charset=utf-8",
    "text/html; charset=utf-8",
    "image/svg+xml; charset=utf-8",
    "text/html; charset=utf-8",
    "text/plain",
  ]);
});

Deno.test("GET ?qr is 404 without a folder page", async () => {
  await using tree = await makeTree({ "d/": null, "site/index.html": "x" });
  const handler = await createHandler(tree.path, { listing: false });

  assertEquals((await headOf(await get(handler, "/d/?qr"))).status, 404);
  // There is a page, which knows no such parameter.
  const { headers } = await headOf(await get(handler, "/site/?qr"));
  assertEquals(headers["content-type"], "text/html; charset=utf-8");
});

Deno.test("GET ?qr of a file is the file", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });
  const handler = await createHandler(tree.path);

  assertEquals(await (await get(handler, "/a.txt?qr")).text(), "hello");
});

Deno.test("GET ?qr tells nobody who may not look", async () => {
  await using tree = await makeTree({});
  const users = [{ name: "ann", password: "secret" }];
  const handler = await createHandler(tree.path, { users });

  assertEquals((await headOf(await get(handler, "/?qr"))).status, 401);
});

Deno.test("GET ?qr of a folder without its slash leads to the folder", async () => {
  await using tree = await makeTree({ "d/": null });
  const handler = await createHandler(tree.path);

  const { status, headers } = await headOf(await get(handler, "/d?qr"));

  assertEquals([status, headers["location"]], [301, "/d/?qr"]);
});
