import { assertEquals, assertStringIncludes } from "@std/assert";

import { createHandler } from "../../lib/handler.ts";
import type { ServeOptions } from "../../lib/options.ts";
import { get } from "../_support/call.ts";
import { type Entries, link, makeTree } from "../_support/tree.ts";

Deno.test.each<{ about: string; entries: Entries; text: string }>([
  {
    about: "index.html",
    entries: { "index.html": "<p>html", "index.htm": "<p>htm" },
    text: "<p>html",
  },
  {
    about: "index.htm",
    entries: { "index.htm": "<p>htm", "a.txt": "x" },
    text: "<p>htm",
  },
  {
    about: "a link to a file inside",
    entries: { "index.html": link("a.txt"), "a.txt": "inside" },
    text: "inside",
  },
])("GET / returns $about", async ({ entries, text }) => {
  await using tree = await makeTree(entries);
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/");

  assertEquals(response.status, 200);
  assertEquals(
    response.headers.get("content-type"),
    "text/html; charset=utf-8",
  );
  assertEquals(await response.text(), text);
});

Deno.test.each<{ about: string; entries: Entries }>([
  { about: "is none", entries: { "site/a.txt": "x" } },
  { about: "is a folder", entries: { "site/index.html/": null } },
  {
    about: "leads out",
    entries: {
      "site/index.html": link("../secret.html"),
      "secret.html": "TOP SECRET",
    },
  },
  { about: "leads nowhere", entries: { "site/index.html": link("none") } },
])("GET / returns the folder page where the index $about", async (row) => {
  await using tree = await makeTree({ "site/": null, ...row.entries });
  const handler = await createHandler(tree.at("site"));

  const response = await get(handler, "/");
  const text = await response.text();

  assertEquals(response.status, 200);
  assertStringIncludes(text, "<!DOCTYPE html>");
  assertEquals(text.includes("TOP SECRET"), false);
});

Deno.test("GET / follows an index out where that is wanted", async () => {
  await using tree = await makeTree({
    "site/index.html": link("../page.html"),
    "page.html": "outside",
  });
  const handler = await createHandler(tree.at("site"), {
    followSymlinks: true,
  });

  assertEquals(await (await get(handler, "/")).text(), "outside");
});

Deno.test.each<{
  path: string;
  options: Partial<ServeOptions>;
  isIndex: boolean;
}>([
  { path: "/", options: {}, isIndex: true },
  { path: "/?q", options: {}, isIndex: true },
  { path: "/?listing", options: {}, isIndex: false },
  { path: "/?a&listing=1", options: {}, isIndex: false },
  { path: "/", options: { index: false }, isIndex: false },
  { path: "/", options: { listing: false }, isIndex: true },
  { path: "/?listing", options: { listing: false }, isIndex: true },
  { path: "/?format=json", options: {}, isIndex: false },
])("GET $path with $options: index $isIndex", async (row) => {
  await using tree = await makeTree({ "index.html": "INDEX", "a.txt": "x" });
  const handler = await createHandler(tree.path, row.options);

  const text = await (await get(handler, row.path)).text();

  assertEquals(text === "INDEX", row.isIndex);
});
