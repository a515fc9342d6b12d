import {
  assert,
  assertEquals,
  assertNotMatch,
  assertStringIncludes,
} from "@std/assert";

import type { Entry } from "../../../lib/entry.ts";
import { listingEnd, listingTop } from "../../../lib/pages/listing_page.ts";
import type { ListingView } from "../../../lib/pages/listing_page.ts";
import { listingRows } from "../../../lib/pages/listing_rows.ts";
import { HEAD_SCRIPT, SCRIPT } from "../../../lib/pages/script.ts";
import { file, HOSTILE_NAMES, LABELLED_NAMES } from "./_entries.ts";

const ROOT: ListingView = {
  segments: [],
  sort: "name",
  order: "asc",
  folders: 3,
  files: 12,
  bytes: 4_200_000,
  keepListing: false,
  archive: true,
  title: null,
  theme: "auto",
};
const DEEP: ListingView = { ...ROOT, segments: ["a", "b & c", "d"] };
const EMPTY = { folders: 0, files: 0, bytes: 0 };

function page(view: ListingView, entries: readonly Entry[]): string {
  return `${listingTop(view)}${listingRows(entries, view)}${listingEnd(view)}`;
}

Deno.test.each(LABELLED_NAMES)(
  "listingTop() keeps %s inside title and heading",
  (_label, name) => {
    const view = { ...ROOT, segments: [name, name] };

    const before = String(listingTop({ ...ROOT, segments: ["a", "a"] }));
    const top = String(listingTop(view));

    const tags = (text: string) => text.match(/<[^>]*>/g)?.length;
    assertEquals(tags(top), tags(before));
  },
);

Deno.test("listingTop() of the first folder has nothing above it", () => {
  const top = String(listingTop(ROOT)).replace(/<style>[^]*?<\/style>/, "");

  assertStringIncludes(top, "<title>Index of /</title>");
  assertStringIncludes(top, "<h1><bdi>Shared folder</bdi></h1>");
  assert(!top.includes('href="../'));
  assert(!top.includes("<nav"));
});

Deno.test("listingTop() of a deep folder leads to each folder above it", () => {
  const top = String(listingTop(DEEP));

  const nav = top.match(/<nav[^]*<\/nav>/)?.[0] ?? "";
  const links = [...nav.matchAll(/<a href="([^"]+)"><bdi>([^<]+)</g)];
  assertEquals(links.map(([, href, name]) => [href, name]), [
    ["../../../", "Shared folder"],
    ["../../", "a"],
    ["../", "b &amp; c"],
  ]);
  assertStringIncludes(top, "<title>Index of /a/b &amp; c/d/</title>");
  assertStringIncludes(top, "<h1><bdi>d</bdi></h1>");
  assertStringIncludes(top, '<a href="../">Parent folder</a>');
});

Deno.test.each([
  [{ folders: 3, files: 12, bytes: 4_200_000 }, "3 folders, 12 files, 4.2 MB"],
  [{ folders: 1, files: 1, bytes: 0 }, "1 folder, 1 file, 0 B"],
  [{ folders: 2, files: 0, bytes: 0 }, "2 folders"],
  [{ folders: 0, files: 100_000, bytes: 1e12 }, "100,000 files, 1 TB"],
])("listingTop() sums up %j", (counts, expected) => {
  assertStringIncludes(
    String(listingTop({ ...ROOT, ...counts })),
    `<p>${expected}</p>`,
  );
});

Deno.test("listingTop() says when a folder is empty, and the way back", () => {
  const deep = page({ ...DEEP, ...EMPTY }, []);
  const root = page({ ...ROOT, ...EMPTY }, []);

  for (const text of [deep, root]) {
    assertStringIncludes(text, "<p>This folder is empty.</p>");
    assert(!text.includes("table>"));
  }
  assertStringIncludes(deep, '<a href="../">Back to the parent folder</a>');
  assert(!root.includes("<a "));
});

Deno.test.each([
  ["root", ROOT],
  ["deep", DEEP],
  ["empty", { ...DEEP, ...EMPTY }],
])("the %s page closes all that it opens", (_look, view) => {
  const entries = view.files === 0 ? [] : [file("a"), file("b")];

  const text = page(view, entries).replaceAll(
    /<(script|style)>[^]*?<\/\1>/g,
    "",
  );

  const open: string[] = [];
  for (const [, slash, tag = ""] of text.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
    if (["meta", "link", "input"].includes(tag)) continue;
    if (slash) assertEquals(open.pop(), tag);
    else open.push(tag);
  }
  assertEquals(open, []);
});

Deno.test("the page needs nothing that its policy refuses", () => {
  const text = page(DEEP, HOSTILE_NAMES.map((name) => file(name)));

  const scripts = [...text.matchAll(/<script>([^]*?)<\/script>/g)];
  assertEquals(scripts.map(([, code]) => code), [HEAD_SCRIPT, SCRIPT]);
  const markup = text.replaceAll(/<(script|style)>[^]*?<\/\1>/g, "");
  assertNotMatch(
    markup.replaceAll(/"[^"]*"/g, '""'),
    /<script|<[^>]* (style|on\w+)=/i,
  );
});

Deno.test("the page has no link but to its entries and the folders above", () => {
  const text = page(DEEP, [file("a")])
    .replaceAll(/<(script|style)>[^]*?<\/\1>/g, "");

  const links = [...text.matchAll(/href="([^"]*)"/g)].map(([, url]) =>
    url ?? ""
  );
  assertEquals(links.filter((url) => !url.startsWith("data:")), [
    "../../../",
    "../../",
    "../",
    "../",
    "./a",
  ]);
});

Deno.test.each<[string[], string, string]>([
  [[], "Holidays", "Holidays"],
  [["a", "b"], "Holidays: /a/b/", "b"],
])(
  "listingTop() calls %j by a title of its own",
  (segments, title, heading) => {
    const top = String(listingTop({ ...ROOT, segments, title: "Holidays" }));

    assertStringIncludes(top, `<title>${title}</title>`);
    assertStringIncludes(top, `<h1><bdi>${heading}</bdi></h1>`);
    assert(!top.includes("Shared folder"));
  },
);

Deno.test.each<["auto" | "light" | "dark", string, string]>([
  ["auto", '<html lang="en" >', "light dark"],
  ["light", '<html lang="en" data-theme="light">', "light"],
  ["dark", '<html lang="en" data-theme="dark">', "dark"],
])("listingTop() has the theme %s", (theme, element, scheme) => {
  const top = String(listingTop({ ...ROOT, theme }));

  assertStringIncludes(top, element);
  assertStringIncludes(top, `<meta name="color-scheme" content="${scheme}">`);
});

Deno.test("the page offers no archive and no selection where there are none", () => {
  const text = page({ ...DEEP, archive: false }, [file("a")]);

  const markup = text.replaceAll(/<(script|style)>[^]*?<\/\1>/g, "");
  assertNotMatch(markup, /archive|pick|checkbox/);
});

Deno.test("the page without its entries is below 24 KB compressed", async () => {
  const text = page(DEEP, []);

  const stream = new Blob([text]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  const bytes = await new Response(stream).bytes();
  assert(bytes.length < 24_576, `${bytes.length}`);
});
