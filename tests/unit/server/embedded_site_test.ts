import { assertEquals } from "@std/assert";
import { toFileUrl } from "@std/path";

import { embeddedSite } from "../../../lib/server/embedded_site.ts";
import { link, makeTree, type Tree } from "../../_support/tree.ts";

function siteOf(tree: Tree, isStandalone = true): string | null {
  const mainModule = toFileUrl(tree.at("my app/main.ts")).href;
  return embeddedSite({ isStandalone, mainModule });
}

Deno.test("embeddedSite() finds the folder beside the main module", async () => {
  await using tree = await makeTree({ "my app/public/a.txt": "a" });

  assertEquals(siteOf(tree), tree.at("my app/public"));
});

Deno.test("embeddedSite() looks into executables alone", async () => {
  await using tree = await makeTree({ "my app/public/a.txt": "a" });

  assertEquals(siteOf(tree, false), null);
});

Deno.test("embeddedSite() looks at this program unless told", () => {
  assertEquals(embeddedSite(), null);
});

Deno.test("embeddedSite() finds nothing where there is none", async () => {
  await using tree = await makeTree({ "my app/": null });

  assertEquals(siteOf(tree), null);
});

Deno.test("embeddedSite() takes no file for a folder, and follows a link", async () => {
  await using file = await makeTree({ "my app/public": "a" });
  await using links = await makeTree({
    "my app/dist/": null,
    "my app/public": link("dist"),
  });

  assertEquals(siteOf(file), null);
  assertEquals(siteOf(links), links.at("my app/dist"));
});
