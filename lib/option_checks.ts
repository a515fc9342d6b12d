/**
 * What an option may hold, as a sentence about what is wrong with it: rules
 * that hold on the command line and for the library alike. How a value is
 * spelt on the command line is not decided here.
 *
 * Header names and values follow RFC 9110 sections 5.1 and 5.5.
 *
 * @module
 */

import type { Theme } from "./options.ts";

/**
 * Most seconds that `Cache-Control: max-age` may say: RFC 9111 section 1.2.2
 * has every recipient treat a greater number as this one.
 */
export const CACHE_LIMIT_SECONDS = 2_147_483_648;

/** Headers that describe the message itself: a wrong one breaks the answer. */
const REFUSED_HEADERS: readonly string[] = [
  "connection",
  "content-length",
  "content-range",
  "date",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** A token (RFC 9110 section 5.6.2). */
const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;

// SECURITY: a line break in a value would end the header and begin another.
// deno-lint-ignore no-control-regex -- the characters that a value cannot hold
const CONTROL_EXCEPT_TAB = /[\x00-\x08\x0a-\x1f\x7f]/;

/** A header is sent as bytes, one for each of these characters. */
// deno-lint-ignore no-control-regex -- Latin-1 begins at zero
const LATIN_1 = /^[\x00-\xff]*$/;

/**
 * Checks a header that is to be added to every answer.
 *
 * @param name Name of the header, in any case.
 * @param value Value of the header; it may be empty.
 * @returns What is wrong and what to do, or `undefined` for a good header.
 *
 * @example Usage
 * ```ts
 * import { checkHeader } from "./option_checks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(checkHeader("X-Robots-Tag", "noindex"), undefined);
 * assertEquals(
 *   checkHeader("Date", "today"),
 *   'Cannot set the header "Date": the server writes it itself',
 * );
 * ```
 */
export function checkHeader(name: string, value: string): string | undefined {
  if (!TOKEN.test(name)) {
    return `Cannot use "${name}" as a header name: ` +
      "use letters, digits and hyphens";
  }
  if (REFUSED_HEADERS.includes(name.toLowerCase())) {
    return `Cannot set the header "${name}": the server writes it itself`;
  }
  if (CONTROL_EXCEPT_TAB.test(value)) {
    return `Cannot use "${value}" as the value of the header "${name}": ` +
      "leave out line breaks and control characters";
  }
  if (!LATIN_1.test(value)) {
    return `Cannot use "${value}" as the value of the header "${name}": ` +
      "a header carries Latin-1 characters only, so encode the others";
  }
}

/**
 * Checks how long clients may use a file without asking again.
 *
 * @param seconds Seconds, as the option `cache` holds them.
 * @returns What is wrong and what to do, or `undefined` for a good number.
 *
 * @example Usage
 * ```ts
 * import { checkCache } from "./option_checks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(checkCache(3600), undefined);
 * assertEquals(
 *   checkCache(-1),
 *   'Cannot use "-1" as cache seconds: give a whole number from 0 to 2147483648',
 * );
 * ```
 */
export function checkCache(seconds: number): string | undefined {
  const isInRange = Number.isInteger(seconds) && seconds >= 0 &&
    seconds <= CACHE_LIMIT_SECONDS;
  if (isInRange) return undefined;
  return `Cannot use "${seconds}" as cache seconds: ` +
    `give a whole number from 0 to ${CACHE_LIMIT_SECONDS}`;
}

/** Longer ones are no titles: a tab shows some 30 characters, a line 80. */
export const TITLE_LIMIT_CHARACTERS = 200;

/** What breaks a line, moves a cursor, or turns the text after it round. */
const NOT_IN_TITLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/**
 * Checks what the pages are to be called.
 *
 * @param title Title, as the option `title` holds it.
 * @returns What is wrong and what to do, or `undefined` for a good title.
 *
 * @example Usage
 * ```ts
 * import { checkTitle } from "./option_checks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(checkTitle("Holiday pictures"), undefined);
 * assertEquals(
 *   checkTitle(" "),
 *   'Cannot use " " as a title: give at least one letter',
 * );
 * ```
 */
export function checkTitle(title: string): string | undefined {
  if (title.trim() === "") {
    return `Cannot use "${title}" as a title: give at least one letter`;
  }
  if (NOT_IN_TITLE.test(title)) {
    return `Cannot use "${title}" as a title: ` +
      "leave out line breaks and control characters";
  }
  const { length } = [...title];
  if (length > TITLE_LIMIT_CHARACTERS) {
    return `Cannot use a title of ${length} characters: ` +
      `give at most ${TITLE_LIMIT_CHARACTERS}`;
  }
}

/** The colours that pages can have. */
export const THEMES: readonly Theme[] = ["auto", "light", "dark"];

/**
 * Checks what names the colours of the pages.
 *
 * @param theme What was given; a program in JavaScript may give anything.
 * @returns What is wrong and what to do, or `undefined` for a theme.
 *
 * @example Usage
 * ```ts
 * import { checkTheme } from "./option_checks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(checkTheme("dark"), undefined);
 * assertEquals(
 *   checkTheme("blue"),
 *   'Cannot use "blue" as a theme: give one of auto, light, dark',
 * );
 * ```
 */
export function checkTheme(theme: string): string | undefined {
  if (THEMES.some((each) => each === theme)) return undefined;
  return `Cannot use "${theme}" as a theme: give one of ${THEMES.join(", ")}`;
}
