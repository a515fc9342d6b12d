/**
 * The page of a folder, in three parts so that a large folder can be sent
 * while it is written: {@linkcode listingTop}, then rows (`listing_rows.ts`) in
 * any number of pieces, then {@linkcode listingEnd}. Every link is relative, so
 * that the page works at any depth and behind any prefix. The order of the
 * entries is the caller's.
 *
 * @module
 */

import { format } from "@std/fmt/bytes";

import type { PageRules } from "../options.ts";
import { amount } from "./amount.ts";
import { frameEnd, frameTop } from "./frame.ts";
import { html, scriptElement, styleElement, visibleName } from "./html.ts";
import type { SafeHtml } from "./html.ts";
import { barEnd, barTop } from "./listing_bar.ts";
import { LISTING_STYLE } from "./listing_style.ts";
import { HEAD_SCRIPT, SCRIPT } from "./script.ts";
import { sortHeadings } from "./sort_headings.ts";
import type { SortView } from "./sort_headings.ts";

/** What the page says besides the entries. */
export interface ListingView extends SortView, PageRules {
  /** Whether the folder can be had as an archive. */
  readonly archive: boolean;
  /** Decoded names from the shared folder to this one; empty for the first. */
  readonly segments: readonly string[];
  /** Number of folders among the entries. */
  readonly folders: number;
  /** Number of files among the entries. */
  readonly files: number;
  /** Sum of the sizes of the files. */
  readonly bytes: number;
  /**
   * What is shown of the folder's README.
   *
   * @default nothing
   */
  readonly readme?: SafeHtml;
}

// The name of the folder on the disk is nobody's business.
const START = "Shared folder";

const STYLE_ELEMENT = styleElement(LISTING_STYLE);
const HEAD_SCRIPT_ELEMENT = scriptElement(HEAD_SCRIPT);
const SCRIPT_ELEMENT = scriptElement(SCRIPT);
const FRAME = { style: STYLE_ELEMENT, script: HEAD_SCRIPT_ELEMENT };

const EMPTY_CELL = html`<td role="cell"></td>`;
const EMPTY_PICK = html`<td role="cell" class="pick"></td>`;
const PICK_ALL = html`
  <td role="cell"
    class="pick"><input type="checkbox" class="script" aria-label="Select all that are shown" title="Select all that are shown"></td>
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
 *   archive: true,
 *   title: null,
 *   theme: "auto",
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
    ${frameTop(titleOf(view, path), "listing", { ...FRAME, theme: view.theme })}
    <header>
      ${crumbs(view, names)}
      <h1><bdi>${names.at(-1) ?? view.title ?? START}</bdi></h1>
      ${isEmpty(view) ? "" : html`<p>${totals(view)}</p>`}
    </header>
    <main>
      ${barTop(view)}
      ${isEmpty(view) ? emptyState(view) : tableTop(view)}
  `;
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
 *   archive: true,
 *   title: null,
 *   theme: "auto",
 * });
 *
 * assertMatch(String(end), /^<\/table>[^]+<\/main>[^]+<\/html>$/);
 * ```
 */
export function listingEnd(view: ListingView): SafeHtml {
  return html`
    ${isEmpty(view) ? "" : html`</table>`}
      ${barEnd(view)}
      ${view.readme ?? ""}
    </main>
    ${SCRIPT_ELEMENT}
    ${frameEnd()}
  `;
}

function isEmpty(view: ListingView): boolean {
  return view.folders + view.files === 0;
}

function titleOf({ title }: ListingView, path: string): string {
  if (title === null) return `Index of ${path}`;
  return path === "/" ? title : `${title}: ${path}`;
}

function crumbs(
  { title }: ListingView,
  names: readonly string[],
): SafeHtml | "" {
  if (names.length === 0) return "";
  const links = [title ?? START, ...names.slice(0, -1)].map((name, index) => {
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
  const { archive, segments } = view;
  return html`
    <table role="table" ${archive
      ? html`
        class="picks"
      `
      : ""}>
      <caption class="unseen">Files and folders</caption>
      <thead role="rowgroup">
        <tr role="row">
          ${archive ? PICK_ALL : ""}
          ${sortHeadings(view)}
        </tr>
      </thead>
      ${segments.length > 0 ? parentRow(archive ? EMPTY_PICK : "") : ""}
  `;
}

function parentRow(pick: SafeHtml | ""): SafeHtml {
  return html`
    <tbody role="rowgroup" class="top">
      <tr role="row" class="up">
        ${pick}
        <th role="rowheader" scope="row"><a href="../">Parent folder</a></th>
        ${EMPTY_CELL}
        ${EMPTY_CELL}
      </tr>
    </tbody>
  `;
}
