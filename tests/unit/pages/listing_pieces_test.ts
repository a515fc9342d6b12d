import { assertEquals } from "@std/assert";

import type { Entry } from "../../../lib/entry.ts";
import { listingEnd, listingTop } from "../../../lib/pages/listing_page.ts";
import { listingPieces } from "../../../lib/pages/listing_pieces.ts";
import { GROUP_ROWS, listingRows } from "../../../lib/pages/listing_rows.ts";

function viewOf(files: number) {
  return {
    segments: ["a"],
    sort: "size",
    order: "desc",
    keepListing: true,
    folders: 0,
    files,
    bytes: files,
    archive: true,
    title: null,
    theme: "auto",
  } as const;
}

function filesOf(count: number): Entry[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `f${i}`,
    kind: "file",
    size: 1,
    modified: null,
  }));
}

Deno.test.each([0, 1, 199, 200, 201, 1_000])(
  "listingPieces() of %i entries come to the page",
  (count) => {
    const view = viewOf(count);
    const entries = filesOf(count);

    const pieces = [...listingPieces(view, entries)];

    assertEquals(pieces[0], String(listingTop(view)));
    assertEquals(
      pieces.slice(1, -1).join("\n"),
      `${listingRows(entries, view)}`,
    );
    assertEquals(pieces.at(-1), String(listingEnd(view)));
    assertEquals(pieces.length, 2 + Math.ceil(count / (2 * GROUP_ROWS)));
  },
);
