import { assert, assertEquals } from "@std/assert";

import { createHandler } from "../../lib/handler.ts";
import { get } from "../_support/call.ts";
import { link, makeTree, OLD } from "../_support/tree.ts";
import { libUrl, plainUserTest } from "../unit/disk/_child.ts";

/** More than is read into memory at once. */
const LARGE = new Uint8Array(1_700_000).map((_, i) => (i * 7 + (i >> 9)) % 251);

Deno.test("GET of a file returns its bytes and headers", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/a.txt");

  assertEquals(response.status, 200);
  assertEquals(Object.fromEntries(response.headers), {
    "accept-ranges": "bytes",
    "cache-control": "no-cache",
    "content-length": "5",
    "content-type": "text/plain; charset=utf-8",
    "cross-origin-resource-policy": "same-site",
    "etag": `"5-${OLD.getTime().toString(16)}"`,
    "last-modified": "Mon, 06 May 2024 07:08:09 GMT",
    "referrer-policy": "same-origin",
    "vary": "accept-encoding",
    "x-content-type-options": "nosniff",
  });
  assertEquals(await response.text(), "hello");
});

Deno.test.each<{ size: number }>([
  { size: 0 },
  { size: 262_144 },
  { size: 262_145 },
  { size: 700_000 },
])("GET of a file of $size bytes returns all of them", async ({ size }) => {
  const content = LARGE.slice(0, size);
  await using tree = await makeTree({ "a.bin": content });
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/a.bin");

  assertEquals(response.headers.get("content-length"), String(size));
  assertEquals(await response.bytes(), content);
});

Deno.test.each<{ name: string; type: string }>([
  { name: "a.html", type: "text/html; charset=utf-8" },
  { name: "a.css", type: "text/css; charset=utf-8" },
  { name: "a.ts", type: "text/plain; charset=utf-8" },
  { name: "a.js", type: "text/javascript; charset=utf-8" },
  { name: "a.json", type: "application/json" },
  { name: "a.svg", type: "image/svg+xml" },
  { name: "a.png", type: "image/png" },
  { name: "README", type: "text/plain; charset=utf-8" },
])("GET of $name is $type", async ({ name, type }) => {
  await using tree = await makeTree({ [name]: "x" });
  const handler = await createHandler(tree.path);

  const response = await get(handler, `/${name}`);

  assertEquals(response.headers.get("content-type"), type);
  await response.body?.cancel();
});

Deno.test.each<{ name: string }>([
  { name: "a b.txt" },
  { name: "100%41.txt" },
  { name: "a#b?c.txt" },
  { name: "a&b\"'<>.txt" },
  { name: "a\nb.txt" },
  { name: "\u{1f600}.txt" },
  { name: "\u00e9.txt" },
  { name: "e\u0301.txt" },
  { name: "x".repeat(255) },
])("GET of %j finds the file of that name", async ({ name }) => {
  await using tree = await makeTree({ [name]: "found" });
  const handler = await createHandler(tree.path);

  const response = await get(handler, `/${encodeURIComponent(name)}`);

  assertEquals(response.status, 200);
  assertEquals(await response.text(), "found");
});

Deno.test("GET of a part of a file returns 206 with that part", async () => {
  await using tree = await makeTree({ "a.bin": LARGE });
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/a.bin", {
    headers: { range: "bytes=262140-262150" },
  });

  assertEquals(response.status, 206);
  assertEquals(
    response.headers.get("content-range"),
    "bytes 262140-262150/1700000",
  );
  assertEquals(await response.bytes(), LARGE.slice(262_140, 262_151));
});

Deno.test("GET with the tag of the file returns 304, also of a large one", async () => {
  await using tree = await makeTree({ "a.txt": "hello", "b.bin": LARGE });
  const handler = await createHandler(tree.path);

  for (const path of ["/a.txt", "/b.bin"]) {
    const first = await get(handler, path);
    await first.body?.cancel();
    const etag = first.headers.get("etag") ?? "";
    const second = await get(handler, path, {
      headers: { "if-none-match": etag },
    });

    assertEquals(second.status, 304);
    assertEquals(second.headers.get("etag"), etag);
    assertEquals(second.body, null);
  }
});

Deno.test("GET of a file that has just changed has no validators", async () => {
  await using tree = await makeTree({});
  await Deno.writeTextFile(tree.at("a.txt"), "hello");
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/a.txt");

  assertEquals(response.headers.get("etag"), null);
  assertEquals(response.headers.get("last-modified"), null);
  assertEquals(await response.text(), "hello");
});

Deno.test.each<{ seconds: number }>([
  { seconds: 0 },
  { seconds: 1 },
  { seconds: 499_162_500 },
])("GET of a file from $seconds s has a tag of its bytes", async (row) => {
  await using tree = await makeTree({});
  const handler = await createHandler(tree.path);
  const tags: (string | null)[] = [];

  for (const content of ["one", "two", "one"]) {
    await Deno.writeTextFile(tree.at("a.txt"), content);
    await Deno.utime(tree.at("a.txt"), row.seconds, row.seconds);
    const response = await get(handler, "/a.txt");
    tags.push(response.headers.get("etag"));
    assertEquals(response.headers.get("last-modified"), null);
    assertEquals(await response.text(), content);
  }

  assert(tags[0] !== null && tags[0] !== tags[1]);
  assertEquals(tags[2], tags[0]);
});

Deno.test("GET with ?download offers the file under its name", async () => {
  await using tree = await makeTree({ "a b.txt": "x" });
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/a%20b.txt?download");
  await response.body?.cancel();

  assertEquals(
    response.headers.get("content-disposition")?.startsWith("attachment"),
    true,
  );
});

Deno.test.each<{ path: string; status: number }>([
  { path: "/none", status: 404 },
  { path: "/.env", status: 404 },
  { path: "/.git/config", status: 404 },
  { path: "/out.txt", status: 404 },
  { path: "/out/secret.txt", status: 404 },
  { path: "/loop", status: 404 },
  { path: "/a.txt/b", status: 404 },
  { path: `/${"x".repeat(256)}`, status: 404 },
  { path: "/fifo", status: 404 },
  { path: "/a%00", status: 400 },
  { path: "/a%2fb", status: 400 },
  { path: "/%zz", status: 400 },
  { path: "/%ff", status: 400 },
  { path: "/.well-known/x", status: 200 },
  { path: "/in.txt", status: 200 },
])("GET $path returns $status", async ({ path, status }) => {
  await using tree = await makeTree({
    "secret.txt": "TOP SECRET",
    "site/a.txt": "x",
    "site/.env": "TOP SECRET",
    "site/.git/config": "TOP SECRET",
    "site/.well-known/x": "x",
    "site/in.txt": link("a.txt"),
    "site/out.txt": link("../secret.txt"),
    "site/out": link(".."),
    "site/loop": link("loop"),
  });
  await new Deno.Command("mkfifo", { args: [tree.at("site/fifo")] }).output();
  const handler = await createHandler(tree.at("site"));

  const response = await get(handler, path);
  const text = await response.text();

  assertEquals(response.status, status);
  assert(!text.includes("TOP SECRET"));
  assert(!text.includes(tree.path));
});

plainUserTest("GET of what is unreadable returns 403", async (run) => {
  await using tree = await makeTree({
    "a.txt": "x",
    "closed/b.txt": "x",
    "unlisted/b.txt": "x",
    "index/index.html": "x",
  });
  await Deno.chmod(tree.at("a.txt"), 0o000);
  await Deno.chmod(tree.at("closed"), 0o000);
  await Deno.chmod(tree.at("unlisted"), 0o311);
  await Deno.chmod(tree.at("index/index.html"), 0o000);

  const statuses = await run(`
    import { createHandler } from "${libUrl("handler.ts")}";
    import { get } from "${new URL("../_support/call.ts", import.meta.url)}";

    const handler = await createHandler(${JSON.stringify(tree.path)});
    const statuses = {};
    for (const path of [
      "/a.txt", "/closed/", "/closed/b.txt", "/unlisted/", "/unlisted/b.txt",
      "/index/",
    ]) statuses[path] = (await get(handler, path)).status;
    console.log(JSON.stringify(statuses));
  `);

  assertEquals(statuses, {
    "/a.txt": 403,
    "/closed/": 403,
    "/closed/b.txt": 403,
    "/unlisted/": 403,
    "/unlisted/b.txt": 200,
    "/index/": 403,
  });
});

Deno.test("a single file is all that is shared", async () => {
  await using tree = await makeTree({ "a b.txt": "hello", "other": "secret" });
  const handler = await createHandler(tree.at("a b.txt"));

  const root = await get(handler, "/");
  const file = await get(handler, "/a%20b.txt");
  const other = await get(handler, "/other");
  await other.body?.cancel();

  assertEquals(root.status, 301);
  assertEquals(root.headers.get("location"), "/a%20b.txt");
  assertEquals(await file.text(), "hello");
  assertEquals(other.status, 404);
});

Deno.test("a file that shrinks while it is sent breaks the body off", async () => {
  await using tree = await makeTree({ "a.bin": LARGE });
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/a.bin");
  await Deno.truncate(tree.at("a.bin"), 1_000);
  const outcome = await response.bytes().then(() => "whole", () => "broken");

  assertEquals(outcome, "broken");
});

Deno.test("a file that grows while it is sent sends what was announced", async () => {
  await using tree = await makeTree({ "a.bin": LARGE });
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/a.bin");
  await Deno.writeFile(tree.at("a.bin"), LARGE, { append: true });

  assertEquals(await response.bytes(), LARGE);
});
