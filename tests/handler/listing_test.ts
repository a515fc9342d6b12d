import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import { createHandler } from "../../lib/handler.ts";
import type { ServeOptions } from "../../lib/options.ts";
import { get } from "../_support/call.ts";
import { type Entries, link, makeTree, OLD } from "../_support/tree.ts";

const ENTRIES: Entries = {
  "file10.txt": "x",
  "file9.txt": "xxx",
  "d/": null,
  ".env": "secret",
};

/** The names on a page, from its links. */
function namesOn(page: string): string[] {
  return [...page.matchAll(/href="\.\/([^"?]+)"/g)]
    .map(([, name]) => decodeURIComponent(name ?? ""));
}

async function namesOf(
  entries: Entries,
  path: string,
  options: Partial<ServeOptions> = {},
): Promise<string[]> {
  await using tree = await makeTree(entries);
  const handler = await createHandler(tree.path, options);
  return namesOn(await (await get(handler, path)).text());
}

Deno.test("GET of a folder returns a page of its entries", async () => {
  await using tree = await makeTree(ENTRIES);
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/");
  const page = await response.text();

  assertEquals(response.status, 200);
  assertEquals(
    response.headers.get("content-type"),
    "text/html; charset=utf-8",
  );
  assertEquals(response.headers.get("vary"), "accept");
  assertEquals(response.headers.get("cache-control"), "no-cache");
  assertEquals(response.headers.get("etag"), null);
  assertStringIncludes(
    response.headers.get("content-security-policy") ?? "",
    "default-src 'none'",
  );
  assertEquals(
    response.headers.get("content-length"),
    String(new TextEncoder().encode(page).length),
  );
  assertEquals(namesOn(page), ["d/", "file9.txt", "file10.txt"]);
});

Deno.test.each<{ query: string; names: string }>([
  { query: "", names: "d/ file9.txt file10.txt" },
  { query: "?sort=name&order=desc", names: "d/ file10.txt file9.txt" },
  { query: "?sort=size", names: "d/ file10.txt file9.txt" },
  { query: "?sort=size&order=desc", names: "d/ file9.txt file10.txt" },
  { query: "?sort=none&order=none", names: "d/ file9.txt file10.txt" },
])("GET /$query shows: $names", async ({ query, names }) => {
  assertEquals((await namesOf(ENTRIES, `/${query}`)).join(" "), names);
});

Deno.test("GET of a folder by time shows what was changed last", async () => {
  await using tree = await makeTree({ "a": "x", "b": "x", "c": "x" });
  await Deno.utime(tree.at("b"), 2_000_000_000, 2_000_000_000);
  await Deno.utime(tree.at("c"), 1_000_000_000, 1_000_000_000);
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/?sort=modified&order=desc");

  assertEquals(namesOn(await response.text()), ["b", "a", "c"]);
});

Deno.test.each<{ options: Partial<ServeOptions>; names: string[] }>([
  { options: {}, names: ["in.txt"] },
  { options: { dotfiles: true }, names: [".env", "in.txt"] },
  { options: { followSymlinks: true }, names: ["in.txt", "out.txt"] },
])("GET of a folder with $options shows: $names", async (row) => {
  await using tree = await makeTree({
    "secret.txt": "x",
    "site/.env": "x",
    "site/in.txt": "x",
    "site/out.txt": link("../secret.txt"),
    "site/broken": link("none"),
  });
  const handler = await createHandler(tree.at("site"), row.options);

  const page = await (await get(handler, "/")).text();

  assertEquals(namesOn(page), row.names);
});

Deno.test("GET of a folder as JSON returns its entries", async () => {
  await using tree = await makeTree({ "a b.txt": "hello", "d/": null });
  await Deno.utime(tree.at("d"), OLD, OLD);
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/?format=json");

  assertEquals(response.headers.get("content-type"), "application/json");
  assertEquals(response.headers.get("vary"), "accept");
  assertEquals(await response.json(), [
    {
      name: "d",
      type: "directory",
      size: null,
      modified: OLD.toISOString(),
      url: "./d/",
    },
    {
      name: "a b.txt",
      type: "file",
      size: 5,
      modified: OLD.toISOString(),
      url: "./a%20b.txt",
    },
  ]);
});

Deno.test.each<{ path: string; accept: string; isJson: boolean }>([
  { path: "/", accept: "*/*", isJson: false },
  { path: "/", accept: "text/html,*/*;q=0.8", isJson: false },
  { path: "/", accept: "application/json", isJson: true },
  { path: "/", accept: "Application/JSON", isJson: true },
  { path: "/", accept: "application/json, text/html;q=0.9", isJson: true },
  { path: "/", accept: "application/json;q=0.5, text/html", isJson: false },
  { path: "/", accept: "application/json, text/html", isJson: false },
  { path: "/?format=json", accept: "text/html", isJson: true },
  { path: "/?format=html", accept: "application/json", isJson: false },
])("GET $path with Accept: $accept is JSON: $isJson", async (row) => {
  await using tree = await makeTree({ "a.txt": "x" });
  const handler = await createHandler(tree.path);

  const response = await get(handler, row.path, {
    headers: { accept: row.accept },
  });
  await response.body?.cancel();

  assertEquals(
    response.headers.get("content-type"),
    row.isJson ? "application/json" : "text/html; charset=utf-8",
  );
});

Deno.test.each<{ path: string; status: number }>([
  { path: "/", status: 404 },
  { path: "/?listing", status: 404 },
  { path: "/?format=json", status: 404 },
  { path: "/a.txt", status: 200 },
  { path: "/with/", status: 200 },
])("GET $path without listing returns $status", async ({ path, status }) => {
  await using tree = await makeTree({ "a.txt": "x", "with/index.html": "x" });
  const handler = await createHandler(tree.path, { listing: false });

  const response = await get(handler, path);
  const text = await response.text();

  assertEquals(response.status, status);
  assert(!text.includes("a.txt"));
});

Deno.test("GET of an empty folder returns a page and an empty list", async () => {
  await using tree = await makeTree({});
  const handler = await createHandler(tree.path);

  const page = await get(handler, "/");
  const list = await get(handler, "/?format=json");

  assertEquals(page.status, 200);
  assertEquals(namesOn(await page.text()), []);
  assertEquals(await list.json(), []);
});

Deno.test("GET of a folder of 2,500 entries streams all of them", async () => {
  const names = Array.from({ length: 2_500 }, (_, i) => `f${i}`);
  await using tree = await makeTree(
    Object.fromEntries(names.map((name) => [name, ""])),
  );
  const handler = await createHandler(tree.path);

  const page = await get(handler, "/");
  const list = await get(handler, "/?format=json");

  assertEquals(page.headers.get("content-length"), null);
  assertEquals(namesOn(await page.text()), names);
  const entries: { name: string }[] = await list.json();
  assertEquals(entries.map(({ name }) => name), names);
});

Deno.test("a name is escaped wherever it stands, and its link leads to it", async () => {
  const name = `<img src=x onerror="a('b')">&amp;\n%2f.txt`.replaceAll("/", "");
  await using tree = await makeTree({ [name]: "found" });
  const handler = await createHandler(tree.path);

  const page = await (await get(handler, "/")).text();
  const href = /href="\.\/([^"?]+)"/.exec(page)?.[1] ?? "";

  assert(!page.includes("<img"));
  assertEquals(await (await get(handler, `/${href}`)).text(), "found");
});
