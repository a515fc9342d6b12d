/**
 * The page of a folder in pieces, each of them written when it is asked for.
 *
 * @module
 */

import type { Entry } from "../entry.ts";
import { listingEnd, listingTop, type ListingView } from "./listing_page.ts";
import { GROUP_ROWS, listingRows } from "./listing_rows.ts";

// A multiple of the page's groups; a piece takes less than a millisecond.
const ENTRIES_PER_PIECE = 2 * GROUP_ROWS;

/**
 * Writes the page of a folder.
 *
 * @param view What the page says besides the entries.
 * @param entries Entries in the order in which they are shown.
 * @returns The document in pieces.
 *
 * @example Usage
 * ```ts
 * import { listingPieces } from "./listing_pieces.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const view = {
 *   segments: [],
 *   sort: "name",
 *   order: "asc",
 *   keepListing: false,
 *   folders: 0,
 *   files: 0,
 *   bytes: 0,
 *   archive: true,
 *   title: null,
 *   theme: "auto",
 * } as const;
 *
 * assertMatch([...listingPieces(view, [])].join(""), /<\/html>$/);
 * ```
 */
export function* listingPieces(
  view: ListingView,
  entries: readonly Entry[],
): Generator<string> {
  yield String(listingTop(view));
  for (let i = 0; i < entries.length; i += ENTRIES_PER_PIECE) {
    yield String(listingRows(entries.slice(i, i + ENTRIES_PER_PIECE), view));
  }
  yield String(listingEnd(view));
}
