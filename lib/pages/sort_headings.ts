/**
 * The headings of the folder page's table. Each is a form with one button that
 * asks for the page in another order, so that sorting needs no script. Buttons
 * and not links, because a program that mirrors the folder follows links.
 *
 * @module
 */

import type { SortKey, SortOrder } from "../entry.ts";
import { html } from "./html.ts";
import type { SafeHtml } from "./html.ts";

/** How the entries of the page are sorted. */
export interface SortView {
  /** What the entries are sorted by. */
  readonly sort: SortKey;
  /** Direction of the order. */
  readonly order: SortOrder;
  /** Keeps `?listing` when another order is asked for. */
  readonly keepListing: boolean;
}

interface Column {
  readonly key: SortKey;
  readonly name: string;
  readonly zone: SafeHtml | "";
  /** What the first press asks for. */
  readonly first: SortOrder;
  readonly hints: Readonly<Record<SortOrder, string>>;
}

const COLUMNS: readonly Column[] = [
  {
    key: "name",
    name: "Name",
    zone: "",
    first: "asc",
    hints: { asc: "Sort by name, A to Z", desc: "Sort by name, Z to A" },
  },
  {
    key: "size",
    name: "Size",
    zone: "",
    first: "desc",
    hints: {
      asc: "Sort by size, smallest first",
      desc: "Sort by size, largest first",
    },
  },
  {
    key: "modified",
    name: "Modified",
    // A script writes times in the reader's own.
    zone: html`<small>UTC</small>`,
    first: "desc",
    hints: {
      asc: "Sort by time, oldest first",
      desc: "Sort by time, newest first",
    },
  },
];

/**
 * Writes the heading cells for name, size and modification time.
 *
 * @param view How the entries are sorted.
 * @returns Three cells, one of them with `aria-sort`.
 *
 * @example Usage
 * ```ts
 * import { sortHeadings } from "./sort_headings.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const cells = sortHeadings({ sort: "size", order: "asc", keepListing: false });
 *
 * assertMatch(String(cells), /aria-sort="ascending"[^]+value="size"[^]+value="desc"/);
 * ```
 */
export function sortHeadings(view: SortView): SafeHtml {
  return html`${COLUMNS.map((column) => heading(column, view))}`;
}

function heading(column: Column, view: SortView): SafeHtml {
  const isCurrent = column.key === view.sort;
  const opposite = view.order === "asc" ? "desc" : "asc";
  const next = isCurrent ? opposite : column.first;
  const state = view.order === "asc" ? "ascending" : "descending";
  const sorted = isCurrent ? html`aria-sort="${state}"` : "";
  const listing = view.keepListing
    ? html`<input type="hidden" name="listing" value="">`
    : "";
  const { asc, desc } = column.hints;
  return html`
    <th role="columnheader" scope="col" aria-label="${column.name}" ${sorted}>
      <form method="get">
        ${listing}
        <input type="hidden" name="sort" value="${column.key}">
        <button type="submit" name="order" value="${next}" title="${column
          .hints[next]}" data-asc="${asc}" data-desc="${desc}">
          <span>${column.name}</span> ${column.zone}
        </button>
      </form>
    </th>
  `;
}
