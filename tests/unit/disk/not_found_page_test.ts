import { assertEquals } from "@std/assert";

import { resolveNotFoundPage } from "../../../lib/disk/not_found_page.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import { DEFAULTS } from "../../../lib/options.ts";
import { type Entries, link, makeTree } from "../../_support/tree.ts";

Deno.test.each<{ about: string; entries: Entries; isFound: boolean }>([
  { about: "there", entries: { "site/404.html": "x" }, isFound: true },
  { about: "not there", entries: { "site/a.txt": "x" }, isFound: false },
  { about: "a folder", entries: { "site/404.html/": null }, isFound: false },
  {
    about: "a link inside",
    entries: { "site/404.html": link("a.html"), "site/a.html": "x" },
    isFound: true,
  },
  {
    about: "a link out",
    entries: { "site/404.html": link("../secret.txt"), "secret.txt": "x" },
    isFound: false,
  },
  {
    about: "a link out of a folder with a longer name",
    entries: { "site/404.html": link("../site2/a"), "site2/a": "x" },
    isFound: false,
  },
])("resolveNotFoundPage() when 404.html is $about", async (row) => {
  await using tree = await makeTree(row.entries);
  const root = await openRoot(tree.at("site"));

  const page = await resolveNotFoundPage(root, DEFAULTS);

  assertEquals(page?.name, row.isFound ? "404.html" : undefined);
});

Deno.test("resolveNotFoundPage() follows a link out when that is wanted", async () => {
  await using tree = await makeTree({
    "site/404.html": link("../page.html"),
    "page.html": "x",
  });
  const root = await openRoot(tree.at("site"));
  const rules = { ...DEFAULTS, followSymlinks: true };

  const page = await resolveNotFoundPage(root, rules);

  assertEquals(page?.path, await Deno.realPath(tree.at("page.html")));
});

Deno.test("resolveNotFoundPage() has none beside a single file", async () => {
  await using tree = await makeTree({ "a.txt": "x", "404.html": "x" });
  const root = await openRoot(tree.at("a.txt"));

  assertEquals(await resolveNotFoundPage(root, DEFAULTS), undefined);
});
