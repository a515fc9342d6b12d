/**
 * How text that a client chose appears in a log: as one piece of one line,
 * whatever it holds. Nothing in it can end the line, end the quoted field, or
 * drive the terminal on which the log is read.
 *
 * @module
 */

/**
 * Quote and backslash; C0, DEL and C1 controls; halves of a surrogate pair;
 * the two Unicode line ends; the controls that turn the direction of what
 * follows.
 */
const IN_QUOTES = /["\\\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** The same and the space, which ends a field that stands without quotes. */
const IN_TOKEN = /[ "\\\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * What is seen nearly always: ASCII without anything to escape. Whether text is
 * of this kind is known in half of the time in which the rest is looked for.
 */
const PLAIN_IN_QUOTES = /^[ !#-[\]-~]*$/;

/** The same without the space. */
const PLAIN_IN_TOKEN = /^[!#-[\]-~]*$/;

/** What JSON allows in a string although a terminal would act on it. */
const IN_JSON = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * Escapes text that stands between quotes.
 *
 * A quote becomes `\"`, a backslash `\\`, a control character `\xHH`, and
 * what lies above U+00FF (line ends, direction controls, halves of a
 * surrogate pair) `\uHHHH`. Everything else stays as it is.
 *
 * @param text Text as the client sent it.
 * @returns The text without any character that acts.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { escapeQuoted } from "./escape.ts";
 *
 * assertEquals(escapeQuoted('say "hi"\n'), String.raw`say \"hi\"\x0a`);
 * ```
 */
export function escapeQuoted(text: string): string {
  return PLAIN_IN_QUOTES.test(text) ? text : text.replace(IN_QUOTES, toEscape);
}

/**
 * Escapes text that ends at a space, such as the target of a request line.
 *
 * @param text Text as the client sent it.
 * @returns The text without any character that acts and without a space.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { escapeToken } from "./escape.ts";
 *
 * assertEquals(escapeToken("/a b"), String.raw`/a\x20b`);
 * ```
 */
export function escapeToken(text: string): string {
  return PLAIN_IN_TOKEN.test(text) ? text : text.replace(IN_TOKEN, toEscape);
}

/**
 * Writes a value as JSON in which no character acts on a terminal.
 *
 * @param value Value of plain data.
 * @returns One line of JSON that reads back as the same value.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { toJsonLine } from "./escape.ts";
 *
 * assertEquals(toJsonLine({ a: "\x9b31m" }), String.raw`{"a":"\u009b31m"}`);
 * ```
 */
export function toJsonLine(value: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(value).replace(IN_JSON, toUnicodeEscape);
}

/**
 * Writes text, or that there is none, as JSON in which no character acts on a
 * terminal.
 *
 * @param text Text as the client sent it, or `null`.
 * @returns JSON that reads back as the same text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { toJsonText } from "./escape.ts";
 *
 * assertEquals(toJsonText("\x9b31m"), String.raw`"\u009b31m"`);
 * assertEquals(toJsonText(null), "null");
 * ```
 */
export function toJsonText(text: string | null): string {
  if (text === null) return "null";
  return PLAIN_IN_QUOTES.test(text)
    ? `"${text}"`
    : JSON.stringify(text).replace(IN_JSON, toUnicodeEscape);
}

function toEscape(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  const code = character.charCodeAt(0);
  return code > 0xff
    ? toUnicodeEscape(character)
    : `\\x${code.toString(16).padStart(2, "0")}`;
}

function toUnicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
