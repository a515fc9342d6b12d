import { assert, assertEquals, assertMatch } from "@std/assert";

import type { Handler } from "../../lib/answer.ts";
import { createHandler } from "../../lib/handler.ts";
import { get, headOf } from "../_support/call.ts";
import { link, makeTree } from "../_support/tree.ts";
import { replace } from "../unit/disk/_replace.ts";

const BROWSER = { headers: { accept: "text/html,*/*;q=0.8" } };

async function pageAt(
  handler: Handler,
  path = "/",
  init: RequestInit = BROWSER,
): Promise<string> {
  return await (await get(handler, path, init)).text();
}

/** What of the README is in a page; `null` where there is none. */
function readmeIn(page: string): string | null {
  return /<div class="prose" dir="auto">([^]*?)<\/div>\n/.exec(page)?.[1] ??
    null;
}

/** The clock is an hour ahead, so that nothing in a tree changed lately. */
function laterThanTheTree(): Disposable {
  const { now } = Date;
  return replace(Date, "now", () => now() + 3_600_000);
}

Deno.test("GET of a folder shows its README under the entries", async () => {
  await using tree = await makeTree({ "README.md": "# *a* <b>", "d/b": "" });
  const handler = await createHandler(tree.path);

  const page = await pageAt(handler);

  assertEquals(
    readmeIn(page),
    '<h3 id="readme-a"><em>a</em> </h3>',
  );
  assert(page.indexOf('<section class="readme"') > page.indexOf("</table>"));
  assertEquals(readmeIn(await pageAt(handler, "/d/")), null);
});

Deno.test.each([
  ["*/*", "wget, rclone, lftp and curl"],
  ["application/json", "a program"],
])(
  "GET of a folder with Accept %s, as of %s, has the entries alone",
  async (accept, _) => {
    await using tree = await makeTree({ "README.md": "[a](gone.md)" });
    const handler = await createHandler(tree.path);

    const page = await pageAt(handler, "/", { headers: { accept } });
    const json = await pageAt(handler, "/?format=json");

    assertEquals(readmeIn(page), null);
    assertEquals([page, json].map((text) => text.includes("gone.md")), [
      false,
      false,
    ]);
  },
);

Deno.test("GET of a folder keeps the page with a README and that without apart", async () => {
  await using tree = await makeTree({ "README.md": "a" });
  using _clock = laterThanTheTree();
  const handler = await createHandler(tree.path);
  const forms = [BROWSER, { headers: { accept: "*/*" } }, {
    headers: { accept: "application/json" },
  }];

  const first = await Promise.all(forms.map((f) => pageAt(handler, "/", f)));
  const second = await Promise.all(forms.map((f) => pageAt(handler, "/", f)));

  assertEquals(second, first);
  assertEquals(new Set(second).size, 3);
});

Deno.test("HEAD of a folder with a README has the headers of GET", async () => {
  await using tree = await makeTree({ "README.md": "# a" });
  const handler = await createHandler(tree.path);

  const head = await get(handler, "/", { ...BROWSER, method: "HEAD" });

  assertEquals(
    await headOf(head),
    await headOf(await get(handler, "/", BROWSER)),
  );
});

Deno.test("GET of a folder shows a change of its README at once", async () => {
  await using tree = await makeTree({
    "README.md": link("docs/a.md"),
    "docs/a.md": "one",
    "docs/b.md": "two",
  });
  using _clock = laterThanTheTree();
  const handler = await createHandler(tree.path);
  const shown: (string | null)[] = [];
  const look = async () => shown.push(readmeIn(await pageAt(handler)));

  await look();
  await look();
  await Deno.writeTextFile(tree.at("docs/a.md"), "1.1");
  await look();
  await Deno.remove(tree.at("README.md"));
  await Deno.symlink("docs/b.md", tree.at("README.md"));
  await look();
  await Deno.remove(tree.at("docs/b.md"));
  await look();
  await Deno.writeTextFile(tree.at("README"), "four");
  await look();

  assertEquals(shown, [
    "<p>one</p>",
    "<p>one</p>",
    "<p>1.1</p>",
    "<p>two</p>",
    null,
    "<pre>four</pre>",
  ]);
});

Deno.test("GET of a folder reads a README again only when it has changed", async () => {
  await using tree = await makeTree({ "README.md": "a" });
  using _clock = laterThanTheTree();
  const handler = await createHandler(tree.path);
  await pageAt(handler);
  const { open } = Deno;
  let count = 0;
  using _open = replace(Deno, "open", (...args: Parameters<typeof open>) => {
    count++;
    return open(...args);
  });

  // Another order is another page.
  assertEquals(readmeIn(await pageAt(handler)), "<p>a</p>");
  assertEquals(readmeIn(await pageAt(handler, "/?sort=size")), "<p>a</p>");

  assertEquals(count, 0);
});

Deno.test.each([
  ["a link to the outside", { "site/README.md": link("../secret.md") }],
  ["a folder", { "site/README.md/a": "" }],
])("GET of a folder shows no README that is %s", async (_, entries) => {
  await using tree = await makeTree({ "secret.md": "x", ...entries });
  const handler = await createHandler(tree.at("site"));

  assertEquals(readmeIn(await pageAt(handler)), null);
});

Deno.test("GET of a folder shows a README from the outside with --follow-symlinks", async () => {
  await using tree = await makeTree({
    "secret.md": "x",
    "site/README.md": link("../secret.md"),
  });
  const handler = await createHandler(tree.at("site"), {
    followSymlinks: true,
  });

  assertEquals(readmeIn(await pageAt(handler)), "<p>x</p>");
});

Deno.test("GET of a large folder shows its README at the end of the stream", async () => {
  const names = Array.from({ length: 2_100 }, (_, i) => [`f${i}`, ""]);
  await using tree = await makeTree({
    ...Object.fromEntries(names),
    "README.txt": "the end",
  });
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/", BROWSER);
  const page = await response.text();

  assertEquals(response.headers.get("content-length"), null);
  assertEquals(readmeIn(page), "<pre>the end</pre>");
  assertMatch(page, /<\/html>$/);
});

Deno.test("GET of a folder shows the beginning of a long README", async () => {
  await using tree = await makeTree({
    "README.md": "word\n\n".repeat(200_000),
  });
  const handler = await createHandler(tree.path);

  const page = await pageAt(handler);

  assert(page.length < 200_000);
  assertMatch(page, /class="more">This is the beginning/);
});
