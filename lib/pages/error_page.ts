/**
 * The page of an answer that is an error. It says the status and what that
 * means for a visitor, and nothing about the server or its disk.
 *
 * @module
 */

import type { PageRules } from "../options.ts";
import { frameEnd, frameTop } from "./frame.ts";
import { html } from "./html.ts";
import type { SafeHtml } from "./html.ts";

// Not those of the standard library, which has all others as well: this page is
// part of each start.
const PHRASES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  412: "Precondition Failed",
  414: "URI Too Long",
  416: "Range Not Satisfiable",
  421: "Misdirected Request",
  500: "Internal Server Error",
  501: "Not Implemented",
  503: "Service Unavailable",
};
const PHRASE_OF_OTHERS = "Error";

const MEANINGS: Readonly<Record<number, string>> = {
  400: "This address cannot be read. Check it for typing mistakes.",
  401:
    "This server asks for a name and a password. Load the page again to enter them.",
  403: "You may not see what is at this address.",
  404:
    "There is nothing at this address. It may have moved, or its name may be spelled differently.",
  405: "What is at this address can only be read.",
  412: "This file has changed in the meantime. Load it again.",
  414: "This address is too long.",
  416: "The part that was asked for is beyond the end of this file.",
  421:
    "This server does not answer to this name. Open it by its IP address instead.",
  500: "Something went wrong on the server. It is not your fault.",
  501: "There is too much in this folder for one archive. Download its parts.",
  503: "The server is busy at the moment. Try again shortly.",
};
const MEANING_OF_OTHERS = "This request could not be answered.";

// Where a visitor has come to a dead end, the start of the site is a way on.
const DEAD_ENDS: ReadonlySet<number> = new Set([400, 403, 404, 405, 414]);

// Another attempt may turn out better; a browser asks for the password again.
const ATTEMPTS: Readonly<Record<number, string>> = {
  401: "Enter name and password",
  412: "Load it again",
  500: "Try again",
  503: "Try again",
};

// SECURITY: what a site is called is for those who may see it.
const STRANGERS: ReadonlySet<number> = new Set([401, 421]);

type Up = "./" | "../" | null;

/** What the page depends on besides the status. */
export interface ErrorView extends Partial<PageRules> {
  /**
   * Link to the folder that would hold what was asked for, where that is not
   * the start of the site. It is made from the address alone.
   *
   * @default {null}
   */
  readonly up?: Up;
}

/**
 * Writes the page of an error.
 *
 * @param status Status code of the answer.
 * @param view How it looks, and the way back.
 * @returns The whole document.
 *
 * @example Usage
 * ```ts
 * import { errorPage } from "./error_page.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const page = String(errorPage(404, { up: "./" }));
 *
 * assertMatch(page, /<title>404 Not Found<\/title>/);
 * assertMatch(page, /<a href=".\/">/);
 * ```
 */
export function errorPage(status: number, view: ErrorView = {}): SafeHtml {
  const { theme = "auto" } = view;
  const site = STRANGERS.has(status) ? null : view.title ?? null;
  const phrase = PHRASES[status] ?? PHRASE_OF_OTHERS;
  const title = `${status} ${phrase}${site === null ? "" : `: ${site}`}`;
  return html`
    ${frameTop(title, "error", { theme })}
    <main>
      <p class="code">${status}</p>
      <h1>${phrase}</h1>
      <p>${MEANINGS[status] ?? MEANING_OF_OTHERS}</p>
      ${waysOn(status, view.up ?? null, site)}
    </main>
    ${frameEnd()}
  `;
}

function waysOn(
  status: number,
  up: Up,
  site: string | null,
): SafeHtml | "" {
  const attempt = ATTEMPTS[status];
  if (attempt !== undefined) return html`<p><a href="">${attempt}</a></p>`;
  if (!DEAD_ENDS.has(status)) return "";
  const start = site === null
    ? html`<a href="/">Go to the start page</a>`
    : html`<a href="/">Go to <bdi>${site}</bdi></a>`;
  if (up === null) return html`<p>${start}</p>`;
  return html`<p class="ways"><a href="${up}">Go up one folder</a> ${start}</p>`;
}
