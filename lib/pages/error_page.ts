/**
 * The page of an answer that is an error. It says the status and what that
 * means for a visitor, and nothing about the server or its disk.
 *
 * @module
 */

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
  503: "The server is busy at the moment. Try again shortly.",
};
const MEANING_OF_OTHERS = "This request could not be answered.";

// Where a visitor has come to a dead end, the start of the site is a way on.
const DEAD_ENDS: ReadonlySet<number> = new Set([403, 404]);

/**
 * Writes the page of an error.
 *
 * @param status Status code of the answer.
 * @param sentence What it means for the visitor, where there is more to say
 * than the status tells.
 * @returns The whole document.
 *
 * @example Usage
 * ```ts
 * import { errorPage } from "./error_page.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(String(errorPage(404)), /<title>404 Not Found<\/title>/);
 * ```
 */
export function errorPage(status: number, sentence?: string): SafeHtml {
  const phrase = PHRASES[status] ?? PHRASE_OF_OTHERS;
  const meaning = sentence ?? MEANINGS[status] ?? MEANING_OF_OTHERS;
  const wayOn = DEAD_ENDS.has(status)
    ? html`<p><a href="/">Go to the start page</a></p>`
    : "";
  return html`
    ${frameTop(`${status} ${phrase}`, "error")}
    <main>
      <p class="code">${status}</p>
      <h1>${phrase}</h1>
      <p>${meaning}</p>
      ${wayOn}
    </main>
    ${frameEnd()}
  `;
}
