import {
  assert,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "@std/assert";

import type { Entry } from "../../../lib/entry.ts";
import { visibleName } from "../../../lib/pages/html.ts";
import {
  GROUP_ROWS,
  listingEnd,
  listingRows,
  listingTop,
} from "../../../lib/pages/listing_page.ts";
import type { ListingView } from "../../../lib/pages/listing_page.ts";
import { encodeSegment } from "../../../lib/segment.ts";

const ROOT: ListingView = {
  segments: [],
  sort: "name",
  order: "asc",
  folders: 3,
  files: 12,
  bytes: 4_200_000,
  keepListing: false,
};
const DEEP: ListingView = { ...ROOT, segments: ["a", "b & c", "d"] };
const EMPTY = { folders: 0, files: 0, bytes: 0 };

function file(name: string, facts: Partial<Entry> = {}): Entry {
  return { name, kind: "file", size: 1, modified: 0, ...facts };
}

function page(view: ListingView, entries: readonly Entry[]): string {
  return `${listingTop(view)}${listingRows(entries)}${listingEnd(view)}`;
}

const HOSTILE_NAMES = [
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "' onmouseover='alert(1)",
  "a&b&amp;c",
  "javascript:alert(1)",
  "data:text/html,<b>",
  "two\nlines",
  "\x1b[31mred\x07\x00",
  "cod\u202Egpj.exe",
  "\u2069\u2069out",
  "-rf",
  "..hid",
  "C:drive",
  "50% #1?.txt",
  "back\\slash",
  "</style></table></body>",
  "\uD800half",
  "  ",
  "x".repeat(255),
];
const LABELLED_NAMES = HOSTILE_NAMES.map((name) =>
  [visibleName(name).slice(0, 30), name] as const
);

Deno.test.each(LABELLED_NAMES)(
  "listingRows() keeps %s inside its cell",
  (_label, name) => {
    const row = String(
      listingRows([file(name, { size: null, modified: null })]),
    );

    const shape =
      /^<tbody role="rowgroup" >\n<tr role="row">\n<th role="rowheader" scope="row"><a href="([^"<>&']+)"><bdi>([^<>"']+)<\/bdi><\/a><\/th>\n<td role="cell"><\/td>\n<td role="cell"><\/td>\n<\/tr>\n<\/tbody>$/;
    assertMatch(row, shape);
    assertEquals(row.match(shape)?.[1], `./${encodeSegment(name)}`);
    // deno-lint-ignore no-control-regex -- this is what must not be there
    assertNotMatch(row.replaceAll("\n", ""), /[\x00-\x1f\x7f\u202A-\u202E]/);
  },
);

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

Deno.test("listingRows() shows a folder with a slash at the end of its link", () => {
  const rows = listingRows([
    { name: "docs", kind: "directory", size: null, modified: null },
  ]);

  assertStringIncludes(String(rows), '<a href="./docs/"><bdi>docs</bdi></a>');
});

Deno.test.each([
  [0, "0 bytes", "0 B"],
  [1, "1 byte", "1 B"],
  [999, "999 bytes", "999 B"],
  [12_345, "12,345 bytes", "12.3 kB"],
  [4_812_331, "4,812,331 bytes", "4.81 MB"],
  [Number.MAX_SAFE_INTEGER, "9,007,199,254,740,991 bytes", "9.01 PB"],
])("listingRows() shows a size of %i", (size, exact, shown) => {
  const rows = String(listingRows([file("a", { size })]));

  assertStringIncludes(rows, `<td role="cell" title="${exact}">${shown}</td>`);
});

Deno.test.each([
  [Date.UTC(2026, 9, 5, 14, 3, 22), "2026-10-05T14:03:22Z", "2026-10-05 14:03"],
  [0, "1970-01-01T00:00:00Z", "1970-01-01 00:00"],
  [-0.5, "1970-01-01T00:00:00Z", "1970-01-01 00:00"],
  [-1, "1969-12-31T23:59:59Z", "1969-12-31 23:59"],
  [Date.UTC(9999, 11, 31), "9999-12-31T00:00:00Z", "9999-12-31 00:00"],
])("listingRows() shows the time %d", (modified, machine, shown) => {
  const rows = String(listingRows([file("a", { modified })]));

  assertStringIncludes(rows, `<time datetime="${machine}">${shown}</time>`);
});

Deno.test.each([null, NaN, Infinity, -1e17, 1e17, Date.UTC(10000, 0)].map((
  modified,
) => ({ modified })))(
  "listingRows() leaves the time out when it is $modified",
  ({ modified }) => {
    const rows = String(listingRows([file("a", { modified })]));

    assertStringIncludes(rows, '<td role="cell"></td>\n</tr>');
  },
);

Deno.test("listingRows() costs less than 300 bytes a row beyond the names", () => {
  const entries = Array.from(
    { length: 1_000 },
    (_, index) => file(`file-${index}`, { size: 2 ** 40 + index }),
  );
  const names = entries.reduce((sum, { name }) => sum + 2 * name.length, 0);

  const bytes = new TextEncoder().encode(String(listingRows(entries))).length;

  assert((bytes - names) / entries.length < 300);
});

Deno.test("listingRows() marks groups that are full", () => {
  const rows = listingRows(
    Array.from({ length: GROUP_ROWS + 1 }, (_, index) => file(`${index}`)),
  );

  assertEquals(
    String(rows).match(/<tbody[^>]*>/g),
    ['<tbody role="rowgroup" class="group">', '<tbody role="rowgroup" >'],
  );
});

Deno.test("listingRows() of no entries is nothing", () => {
  assertEquals(String(listingRows([])), "");
});

Deno.test("listingTop() of the first folder has nothing above it", () => {
  const top = String(listingTop(ROOT));

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

  const text = page(view, entries).replace(/<style>[^]*<\/style>/, "");

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

  assertNotMatch(text, /<script|<[^>]* (style|on\w+)=/i);
});
