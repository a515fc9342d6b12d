import {
  assert,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "@std/assert";

import { visibleName } from "../../../lib/pages/html.ts";
import { GROUP_ROWS, listingRows } from "../../../lib/pages/listing_rows.ts";
import { encodeSegment } from "../../../lib/segment.ts";
import { file, LABELLED_NAMES } from "./_entries.ts";

const PLAIN = { archive: false };
const PICKS = { archive: true };

Deno.test.each(LABELLED_NAMES)(
  "listingRows() keeps %s inside its cell",
  (_label, name) => {
    const row = String(
      listingRows([file(name, { size: null, modified: null })], PLAIN),
    );

    const shape =
      /^<tbody role="rowgroup" >\n<tr role="row">\n<th role="rowheader"\nscope="row"><a href="([^"<>&']+)"><bdi>([^<>"']+)<\/bdi><\/a><\/th>\n<td role="cell"><\/td>\n<td role="cell"><\/td>\n<\/tr>\n<\/tbody>$/;
    assertMatch(row, shape);
    assertEquals(row.match(shape)?.[1], `./${encodeSegment(name)}`);
    // deno-lint-ignore no-control-regex -- this is what must not be there
    assertNotMatch(row.replaceAll("\n", ""), /[\x00-\x1f\x7f\u202A-\u202E]/);
  },
);

Deno.test("listingRows() shows a folder with a slash at the end of its link", () => {
  const rows = listingRows([
    { name: "docs", kind: "directory", size: null, modified: null },
  ], PICKS);

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
  const rows = String(listingRows([file("a", { size })], PICKS));

  assertStringIncludes(rows, `<td role="cell" title="${exact}">${shown}</td>`);
});

Deno.test.each([
  [
    Date.UTC(2026, 9, 5, 14, 3, 22, 7),
    "2026-10-05T14:03:22.007Z",
    "2026-10-05 14:03",
  ],
  [Date.UTC(2026, 9, 5, 14, 3, 22), "2026-10-05T14:03:22Z", "2026-10-05 14:03"],
  [0, "1970-01-01T00:00:00Z", "1970-01-01 00:00"],
  [-0.5, "1970-01-01T00:00:00Z", "1970-01-01 00:00"],
  [-1, "1969-12-31T23:59:59.999Z", "1969-12-31 23:59"],
  [Date.UTC(9999, 11, 31), "9999-12-31T00:00:00Z", "9999-12-31 00:00"],
])("listingRows() shows the time %d", (modified, machine, shown) => {
  const rows = String(listingRows([file("a", { modified })], PICKS));

  assertStringIncludes(rows, `<time datetime="${machine}">${shown}</time>`);
});

Deno.test.each([null, NaN, Infinity, -1e17, 1e17, Date.UTC(10000, 0)].map((
  modified,
) => ({ modified })))(
  "listingRows() leaves the time out when it is $modified",
  ({ modified }) => {
    const rows = String(listingRows([file("a", { modified })], PICKS));

    const cell = modified === null
      ? '<td role="cell">'
      : `<td role="cell" data-time="${modified}">`;
    assertStringIncludes(rows, `${cell}</td>\n</tr>`);
  },
);

Deno.test("listingRows() costs less than 400 bytes a row beyond the names", () => {
  const entries = Array.from(
    { length: 1_000 },
    (_, index) => file(`file-${index}`, { size: 2 ** 40 + index }),
  );
  const names = entries.reduce((sum, { name }) => sum + 4 * name.length, 0);

  const bytes =
    new TextEncoder().encode(String(listingRows(entries, PICKS))).length;

  assert((bytes - names) / entries.length < 400);
});

Deno.test("listingRows() marks groups that are full", () => {
  const rows = listingRows(
    Array.from({ length: GROUP_ROWS + 1 }, (_, index) => file(`${index}`)),
    PICKS,
  );

  assertEquals(
    String(rows).match(/<tbody[^>]*>/g),
    ['<tbody role="rowgroup" class="group">', '<tbody role="rowgroup" >'],
  );
});

Deno.test("listingRows() of no entries is nothing", () => {
  assertEquals(String(listingRows([], PICKS)), "");
});

Deno.test.each(LABELLED_NAMES)(
  "listingRows() sends %s as it is when it is selected",
  (_label, name) => {
    const row = String(listingRows([file(name)], PICKS));

    const input = row.match(
      /<input type="checkbox" form="pick" name="name" value="([^"<>']*)" aria-label="Select ([^"<>']*)">/,
    );
    assertEquals(unescape(input?.[1] ?? ""), name);
    assertEquals(unescape(input?.[2] ?? ""), visibleName(name));
  },
);

Deno.test("listingRows() has nothing to select without archives", () => {
  assertEquals(
    String(listingRows([file("a")], PLAIN)).includes("input"),
    false,
  );
});

/** What a browser makes of an attribute. */
function unescape(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll("&amp;", "&");
}
