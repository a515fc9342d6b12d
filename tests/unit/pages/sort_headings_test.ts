import { assertEquals, assertStringIncludes } from "@std/assert";

import { sortHeadings } from "../../../lib/pages/sort_headings.ts";

// The queries of the three buttons, in the order of the columns.
Deno.test.each([
  ["name", "asc", "ascending", ["desc", "desc", "desc"]],
  ["name", "desc", "descending", ["asc", "desc", "desc"]],
  ["size", "asc", "ascending", ["asc", "desc", "desc"]],
  ["size", "desc", "descending", ["asc", "asc", "desc"]],
  ["modified", "asc", "ascending", ["asc", "desc", "desc"]],
  ["modified", "desc", "descending", ["asc", "desc", "asc"]],
])("sortHeadings() marks %s %s", (sort, order, state, next) => {
  const cells = String(sortHeadings({ sort, order, keepListing: false }));

  const orders = cells.matchAll(/<button [^>]*name="order" value="(\w+)"/g);
  assertEquals([...orders].map(([, value]) => value ?? ""), [...next]);
  const keys = [...cells.matchAll(/name="sort" value="(\w+)"/g)];
  assertEquals(keys.map(([, key]) => key), ["name", "size", "modified"]);
  assertEquals([...cells.matchAll(/aria-sort="(\w+)"/g)].length, 1);
  const current = cells.split("</th>").find((cell) =>
    cell.includes("aria-sort")
  );
  assertStringIncludes(current ?? "", `aria-sort="${state}"`);
  assertStringIncludes(current ?? "", `name="sort" value="${sort}"`);
});

Deno.test("sortHeadings() keeps ?listing only when told", () => {
  const view = { sort: "name", order: "asc" } as const;
  const hidden = '<input type="hidden" name="listing" value="">';

  const kept = String(sortHeadings({ ...view, keepListing: true }));
  const left = String(sortHeadings({ ...view, keepListing: false }));

  assertEquals(kept.split(hidden).length - 1, 3);
  assertEquals(left.includes(hidden), false);
});

Deno.test("sortHeadings() has no link, which a mirroring program would follow", () => {
  const cells = sortHeadings({ sort: "size", order: "asc", keepListing: true });

  assertEquals(String(cells).includes("href"), false);
});

Deno.test("sortHeadings() tells a script what each order is called", () => {
  const cells = String(
    sortHeadings({ sort: "name", order: "asc", keepListing: false }),
  );

  assertEquals([...cells.matchAll(/data-(?:asc|desc)="Sort by /g)].length, 6);
});
