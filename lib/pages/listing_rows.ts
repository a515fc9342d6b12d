/**
 * The rows of the folder page, one for each entry.
 *
 * @module
 */

import { format } from "@std/fmt/bytes";

import type { Entry } from "../entry.ts";
import { encodeSegment } from "../segment.ts";
import { amount } from "./amount.ts";
import { html, visibleName } from "./html.ts";
import type { SafeHtml } from "./html.ts";
import { toMoment } from "./moment.ts";

/** What the rows depend on. */
export interface RowsView {
  /** Whether they can be selected for an archive. */
  readonly archive: boolean;
}

/**
 * Rows in a group that the browser lays out only when it comes near the window.
 * Pieces of a multiple of this number keep a large folder quick: measured once
 * with 100,000 rows, Chromium had loaded the page after 4 seconds, and without
 * groups not after 30. The class `group` in `style_list.ts` reserves this much room.
 */
export const GROUP_ROWS = 50;

// The first and last moment that is written with a year of four digits.
const FIRST_MILLISECOND = Date.UTC(1000, 0);
const LAST_MILLISECOND = Date.UTC(10000, 0) - 1;

const EMPTY_CELL = html`<td role="cell"></td>`;

/**
 * Writes a piece of the entries. A piece that is not the last should have a
 * multiple of {@linkcode GROUP_ROWS} entries.
 *
 * @param entries Entries in the order in which they are shown.
 * @param view Whether they can be selected for an archive.
 * @returns Their rows.
 *
 * @example Usage
 * ```ts
 * import { listingRows } from "./listing_rows.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const rows = listingRows([
 *   { name: "a&b", kind: "directory", size: null, modified: null },
 * ], { archive: false });
 *
 * assertMatch(String(rows), /<a href=".\/a%26b\/"><bdi>a&amp;b<\/bdi><\/a>/);
 * ```
 */
export function listingRows(
  entries: readonly Entry[],
  view: RowsView,
): SafeHtml {
  const row = view.archive ? rowWithPick : plainRow;
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

function plainRow(entry: Entry): SafeHtml {
  return html`
    <tr role="row">
      ${cells(entry, visibleName(entry.name))}
    </tr>
  `;
}

function rowWithPick(entry: Entry): SafeHtml {
  const text = visibleName(entry.name);
  return html`
    <tr role="row">
      <td role="cell" class="pick"><input type="checkbox" form="pick" name="name" value="${entry
        .name}" aria-label="Select ${text}"></td>
      ${cells(entry, text)}
    </tr>
  `;
}

function cells({ name, kind, size, modified }: Entry, text: string): SafeHtml {
  const url = `./${encodeSegment(name)}${kind === "directory" ? "/" : ""}`;
  return html`
    <th role="rowheader"
      scope="row"><a href="${url}"><bdi>${text}</bdi></a></th>
    ${size === null ? EMPTY_CELL : sizeCell(size)}
    ${modified === null ? EMPTY_CELL : timeCell(modified)}
  `;
}

function sizeCell(size: number): SafeHtml {
  const exact = amount(size, "byte");
  return html`<td role="cell" title="${exact}">${format(size)}</td>`;
}

function timeCell(modified: number): SafeHtml {
  const isShown = modified >= FIRST_MILLISECOND && modified <= LAST_MILLISECOND;
  // A script that sorts needs the time all the same.
  if (!isShown) return html`<td role="cell" data-time="${modified}"></td>`;
  const { iso, shown } = toMoment(modified);
  return html`<td role="cell"><time datetime="${iso}">${shown}</time></td>`;
}
