/**
 * What stands round the list of a folder: the bar with its filter and tools,
 * the selection and the dialogs. What needs a script has the class `script` and
 * is not shown without one. Downloads are buttons of forms and not links,
 * because a program that mirrors the folder follows links.
 *
 * @module
 */

import { html } from "./html.ts";
import type { SafeHtml } from "./html.ts";

/** What the bar depends on. */
export interface BarView {
  /** Whether the folder can be had as an archive. */
  readonly archive: boolean;
  /** Number of folders among the entries. */
  readonly folders: number;
  /** Number of files among them. */
  readonly files: number;
}

const FORMATS: readonly (readonly [format: string, hint: string])[] = [
  ["zip", "opens everywhere"],
  ["tar", "for Linux and macOS"],
  ["tar.gz", "smaller, takes longer"],
];

// What is pressed, and what it does.
const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [["/"], "Filter the names"],
  [["Esc"], "Show everything again"],
  [["↑", "↓"], "Go from entry to entry"],
  [["Home", "End"], "Go to the first or last"],
  [["Enter"], "Open"],
  [["u", "Backspace"], "Go to the parent folder"],
  [["x"], "Select, with Shift as far as here"],
  [["g"], "List or grid"],
  [["?"], "Show these keys"],
];

const FILTER = html`
  <div class="find script" role="search">
    <input type="search" id="filter" aria-label="Filter by name"
      placeholder="Filter" autocomplete="off" autocapitalize="off"
      spellcheck="false" enterkeyhint="go" aria-keyshortcuts="/">
    <span><b></b><i></i></span>
    <kbd aria-hidden="true">/</kbd>
    <button type="button" class="tool clear"
      aria-label="Clear the filter"></button>
  </div>
  <button type="button" class="tool view script" aria-pressed="false"
    aria-label="Grid" title="Grid"></button>
`;
const TOOLS = html`
  <button type="button" class="tool qr script" aria-label="Address and QR code"
    title="Address and QR code"></button>
  <button type="button" class="tool help script" aria-label="Keyboard"
    title="Keyboard (?)"></button>
`;
const SELECT = html`
  <button type="button" class="tool select script" aria-pressed="false"
    aria-label="Select" title="Select"></button>
`;
const DOWNLOAD = html`
  <form method="get">
    <details class="menu">
      <summary class="tool" title="Download this folder">Download</summary>
      <div>
        <p>The whole folder as</p>
        ${FORMATS.map(([format, hint]) =>
          html`
            <button type="submit" name="archive"
              value="${format}"><b>${format}</b> <span>${hint}</span></button>
          `
        )}
      </div>
    </details>
  </form>
`;
const CHOSEN = html`
  <form method="get" id="pick" class="chosen" autocomplete="off">
    <p>Selected entries</p>
    <span>Download</span>
    ${FORMATS.map(([format]) =>
      html`
        <button type="submit" name="archive" value="${format}" class="plain"
          aria-label="Download the selection as ${format}">${format}</button>
      `
    )}
    <button type="reset" class="tool clear" aria-label="Clear the selection" title="Clear the selection"></button>
  </form>
`;
const CLOSE =
  html`<button type="button" class="tool clear" aria-label="Close"></button>`;
const DIALOGS = html`
  <dialog id="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">Keyboard</h2>
    <dl>
      ${KEYS.map(([keys, what]) =>
        html`
          <dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt>
          <dd>${what}</dd>
        `
      )}
    </dl>
    ${CLOSE}
  </dialog>
  <dialog id="qr" aria-labelledby="qr-title">
    <h2 id="qr-title">Open on another device</h2>
    <p class="address"><span></span><button type="button" class="plain">Copy</button></p>
    ${CLOSE}
  </dialog>
  <p class="unseen" role="status"></p>
`;

/**
 * Writes what stands above the list.
 *
 * @param view What the bar depends on.
 * @returns The bar.
 *
 * @example Usage
 * ```ts
 * import { barTop } from "./listing_bar.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const bar = barTop({ archive: true, folders: 0, files: 1 });
 *
 * assertMatch(String(bar), /name="archive"\s+value="zip"/);
 * ```
 */
export function barTop(view: BarView): SafeHtml {
  const isEmpty = view.folders + view.files === 0;
  return html`
    <div class="bar${view.archive && !isEmpty ? "" : " script"}">
      ${isEmpty ? "" : FILTER}
      ${view.archive && !isEmpty ? SELECT : ""}
      ${TOOLS}
      ${view.archive && !isEmpty ? DOWNLOAD : ""}
    </div>
  `;
}

/**
 * Writes what stands below the list.
 *
 * @param view What the bar depends on.
 * @returns The selection, the dialogs and what is read out.
 *
 * @example Usage
 * ```ts
 * import { barEnd } from "./listing_bar.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const end = barEnd({ archive: true, folders: 0, files: 1 });
 *
 * assertMatch(String(end), /<form method="get" id="pick"/);
 * ```
 */
export function barEnd(view: BarView): SafeHtml {
  const isEmpty = view.folders + view.files === 0;
  return html`
    ${isEmpty ? "" : html`<p class="none" hidden></p>`}
    ${view.archive && !isEmpty ? CHOSEN : ""}
    ${DIALOGS}
  `;
}
