/**
 * The page of a folder, in three parts so that a large folder can be sent
 * while it is written: {@linkcode listingTop}, then {@linkcode listingRows} for
 * any number of pieces, then {@linkcode listingEnd}. Every link is relative, so
 * that the page works at any depth and behind any prefix. The order of the
 * entries is the caller's.
 *
 * @module
 */

import { format } from "@std/fmt/bytes";

import type { Entry } from "../entry.ts";
import { encodeSegment } from "../segment.ts";
import { amount } from "./amount.ts";
import { frameEnd, frameTop } from "./frame.ts";
import { html, visibleName } from "./html.ts";
import type { SafeHtml } from "./html.ts";
import { toMoment } from "./moment.ts";
import { sortHeadings } from "./sort_headings.ts";
import type { SortView } from "./sort_headings.ts";

/** What the page says besides the entries. */
export interface ListingView extends SortView {
  /** Decoded names from the shared folder to this one; empty for the first. */
  readonly segments: readonly string[];
  /** Number of folders among the entries. */
  readonly folders: number;
  /** Number of files among the entries. */
  readonly files: number;
  /** Sum of the sizes of the files. */
  readonly bytes: number;
}

/**
 * Rows in a group that the browser lays out only when it comes near the window.
 * Pieces of a multiple of this number keep a large folder quick: measured once
 * with 100,000 rows, Chromium had loaded the page after 4 seconds, and without
 * groups not after 30. The class `group` in `style.ts` reserves this much room.
 */
export const GROUP_ROWS = 100;

// The first and last moment that is written with a year of four digits.
const FIRST_MILLISECOND = Date.UTC(1000, 0);
const LAST_MILLISECOND = Date.UTC(10000, 0) - 1;

// The name of the folder on the disk is nobody's business.
const START = "Shared folder";

const EMPTY_CELL = html`<td role="cell"></td>`;
const PARENT_ROW = html`
  <tbody role="rowgroup">
    <tr role="row" class="up">
      <th role="rowheader" scope="row"><a href="../">Parent folder</a></th>
      ${EMPTY_CELL}
      ${EMPTY_CELL}
    </tr>
  </tbody>
`;

/**
 * Writes the page up to the first entry.
 *
 * @param view What the page says besides the entries.
 * @returns The first part of the document.
 *
 * @example Usage
 * ```ts
 * import { listingTop } from "./listing_page.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const top = listingTop({
 *   segments: ["photos", "2026"],
 *   sort: "name",
 *   order: "asc",
 *   folders: 0,
 *   files: 12,
 *   bytes: 4_200_000,
 *   keepListing: false,
 * });
 *
 * assertMatch(String(top), /<h1><bdi>2026<\/bdi><\/h1>/);
 * assertMatch(String(top), /12 files, 4.2 MB/);
 * ```
 */
export function listingTop(view: ListingView): SafeHtml {
  const names = view.segments.map(visibleName);
  const path = ["", ...names, ""].join("/");
  return html`
    ${frameTop(`Index of ${path}`, "listing")}
    <header>
      ${crumbs(names)}
      <h1><bdi>${names.at(-1) ?? START}</bdi></h1>
      ${isEmpty(view) ? "" : html`<p>${totals(view)}</p>`}
    </header>
    <main>
      ${isEmpty(view) ? emptyState(view) : tableTop(view)}
  `;
}

/**
 * Writes a piece of the entries. A piece that is not the last should have a
 * multiple of {@linkcode GROUP_ROWS} entries.
 *
 * @param entries Entries in the order in which they are shown.
 * @returns Their rows.
 *
 * @example Usage
 * ```ts
 * import { listingRows } from "./listing_page.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const rows = listingRows([
 *   { name: "a&b", kind: "directory", size: null, modified: null },
 * ]);
 *
 * assertMatch(String(rows), /<a href=".\/a%26b\/"><bdi>a&amp;b<\/bdi><\/a>/);
 * ```
 */
export function listingRows(entries: readonly Entry[]): SafeHtml {
  const groups: SafeHtml[] = [];
  for (let start = 0; start < entries.length; start += GROUP_ROWS) {
    const rows = entries.slice(start, start + GROUP_ROWS).map(row);
    const look = rows.length === GROUP_ROWS ? html`class="group"` : "";
    groups.push(html`
      <tbody role="rowgroup" ${look}>
        ${rows}
      </tbody>
    `);
  }
  return html`${groups}`;
}

/**
 * Writes what follows the last entry.
 *
 * @param view The view that {@linkcode listingTop} was given.
 * @returns The last part of the document.
 *
 * @example Usage
 * ```ts
 * import { listingEnd } from "./listing_page.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const end = listingEnd({
 *   segments: [],
 *   sort: "name",
 *   order: "asc",
 *   folders: 1,
 *   files: 0,
 *   bytes: 0,
 *   keepListing: false,
 * });
 *
 * assertMatch(String(end), /^<\/table>\n<\/main>/);
 * ```
 */
export function listingEnd(view: ListingView): SafeHtml {
  return html`
    ${isEmpty(view) ? "" : html`</table>`}
    </main>
    ${frameEnd()}
  `;
}

function isEmpty(view: ListingView): boolean {
  return view.folders + view.files === 0;
}

function crumbs(names: readonly string[]): SafeHtml | "" {
  if (names.length === 0) return "";
  const links = [START, ...names.slice(0, -1)].map((name, index) => {
    const url = "../".repeat(names.length - index);
    return html`<li><a href="${url}"><bdi>${name}</bdi></a></li>`;
  });
  return html`
    <nav aria-label="Folders above">
      <ol>${links}</ol>
    </nav>
  `;
}

function totals({ folders, files, bytes }: ListingView): string {
  const parts = [
    ...(folders > 0 ? [amount(folders, "folder")] : []),
    ...(files > 0 ? [amount(files, "file"), format(bytes)] : []),
  ];
  return parts.join(", ");
}

function emptyState({ segments }: ListingView): SafeHtml {
  const up = segments.length === 0
    ? ""
    : html`<p><a href="../">Back to the parent folder</a></p>`;
  return html`<div class="empty"><p>This folder is empty.</p>${up}</div>`;
}

function tableTop(view: ListingView): SafeHtml {
  return html`
    <table role="table">
      <caption>Files and folders</caption>
      <thead role="rowgroup">
        <tr role="row">
          ${sortHeadings(view)}
        </tr>
      </thead>
      ${view.segments.length > 0 ? PARENT_ROW : ""}
  `;
}

function row({ name, kind, size, modified }: Entry): SafeHtml {
  const url = `./${encodeSegment(name)}${kind === "directory" ? "/" : ""}`;
  const text = visibleName(name);
  return html`
    <tr role="row">
      <th role="rowheader" scope="row"><a href="${url}"><bdi>${text}</bdi></a></th>
      ${size === null ? EMPTY_CELL : sizeCell(size)}
      ${hasDate(modified) ? timeCell(modified) : EMPTY_CELL}
    </tr>
  `;
}

function sizeCell(size: number): SafeHtml {
  const exact = amount(size, "byte");
  return html`<td role="cell" title="${exact}">${format(size)}</td>`;
}

function hasDate(modified: number | null): modified is number {
  return modified !== null && modified >= FIRST_MILLISECOND &&
    modified <= LAST_MILLISECOND;
}

function timeCell(modified: number): SafeHtml {
  const { iso, shown } = toMoment(modified);
  return html`<td role="cell"><time datetime="${iso}">${shown}</time></td>`;
}
