/**
 * Markup that is safe by construction: the {@linkcode html} tag escapes every
 * value that is not markup already, and is the only way to put values into a
 * page. What a page says is decided by its own module.
 *
 * @module
 */

/**
 * Finished markup. Only this module can make one: the private field keeps any
 * other object, whatever its shape, from passing as one.
 */
class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Gives the markup as text.
   *
   * @returns The text to send.
   */
  toString(): string {
    return this.#text;
  }
}

/** Markup that may go into a page as it is; `String(…)` gives its text. */
export type SafeHtml = Markup;

/** What can be put into a template. */
export type HtmlValue = string | number | SafeHtml | readonly SafeHtml[];

// Everything that has no glyph of its own and can change what surrounds it:
// controls (C0, DEL, C1), line and paragraph separators, the characters that
// embed, override or isolate a direction, and code points that are never text.
const INVISIBLE =
  /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\p{Noncharacter_Code_Point}]/gu;

// A name that needs none of that care, as most do.
const PLAIN_NAME = /^[!-~][ -~]*$/;

// Control characters too: a carriage return would be read as a newline, and a
// page that is printed on a terminal must not steer it.
// deno-lint-ignore no-control-regex -- the characters that are escaped
const SPECIAL = /[&<>"'\0-\x08\x0b-\x1f\x7f]/;
const ALL_SPECIAL = new RegExp(SPECIAL, "g");
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const templates = new WeakMap<TemplateStringsArray, readonly string[]>();

/**
 * Makes markup from a template. Values are escaped for text and for quoted
 * attributes, unless they are markup themselves. The indentation of the
 * source does not reach the page: a line break and the white space round it
 * are one line break, and nothing at the ends of the template.
 *
 * @param literals The parts of the template that are written in the source.
 * @param values What goes between them; an array has one element a line.
 * @returns The markup.
 *
 * @example Usage
 * ```ts
 * import { html } from "./html.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const cell = html`<b>${"<script>"}</b>`;
 *
 * assertEquals(String(cell), "<b>&lt;script&gt;</b>");
 * assertEquals(String(html`<p>${[cell]}</p>`), `<p>${cell}</p>`);
 * ```
 */
export function html(
  literals: TemplateStringsArray,
  ...values: readonly HtmlValue[]
): SafeHtml {
  const parts = templates.get(literals) ?? compile(literals);
  let text = parts[0] ?? "";
  let next = 1;
  for (const value of values) text += toMarkup(value) + (parts[next++] ?? "");
  return new Markup(text);
}

function compile(literals: TemplateStringsArray): readonly string[] {
  const parts = literals.map((literal, index) => {
    let text = literal.replace(/\s*\n\s*/g, "\n");
    if (index === 0) text = text.replace(/^\n/, "");
    if (index === literals.length - 1) text = text.replace(/\n$/, "");
    return text;
  });
  templates.set(literals, parts);
  return parts;
}

function toMarkup(value: HtmlValue): string {
  if (typeof value === "string") return escape(value);
  if (value instanceof Markup) return value.toString();
  if (Array.isArray(value)) return value.map(toMarkup).join("\n");
  return escape(String(value));
}

/** SECURITY: for text and for attributes in quotes of either kind. */
function escape(text: string): string {
  // Most values have nothing to escape, and looking is much the cheaper part.
  return SPECIAL.test(text) ? text.replace(ALL_SPECIAL, toEntity) : text;
}

function toEntity(character: string): string {
  return ENTITIES[character] ?? `&#${character.charCodeAt(0)};`;
}

/**
 * Wraps a style sheet in its element. HTML does not unescape what is inside
 * `<style>`, so it goes in unchanged, exactly as the policy hashes it.
 *
 * @param css Text of the style sheet.
 * @returns The element.
 * @throws {TypeError} If the text would end the element.
 *
 * @example Usage
 * ```ts
 * import { styleElement } from "./html.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(String(styleElement("a>b{}")), "<style>a>b{}</style>");
 * ```
 */
export function styleElement(css: string): SafeHtml {
  if (css.includes("</")) {
    throw new TypeError('Cannot put "</" into a style sheet: it ends there');
  }
  return new Markup(`<style>${css}</style>`);
}

/**
 * Wraps a script in its element. HTML does not unescape what is inside
 * `<script>`, so it goes in unchanged, exactly as the policy hashes it.
 *
 * @param code Text of the script.
 * @returns The element.
 * @throws {TypeError} If the text would end the element, or begin a comment in
 * which its end is not seen.
 *
 * @example Usage
 * ```ts
 * import { scriptElement } from "./html.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(String(scriptElement("a && b")), "<script>a && b</script>");
 * ```
 */
export function scriptElement(code: string): SafeHtml {
  if (code.includes("</") || code.includes("<!--")) {
    throw new TypeError(
      'Cannot put "</" or "<!--" into a script: it ends there',
    );
  }
  return new Markup(`<script>${code}</script>`);
}

/**
 * Writes a name so that all of it can be seen and none of it acts: a newline
 * is shown as `␊`, an override of the direction as `[U+202E]`, half a
 * surrogate pair as `�`, and a name of spaces only as `␣`. A link to the name
 * is made from the name itself, never from this.
 *
 * @param name Name as it is on the disk.
 * @returns The name as text, still to be escaped.
 *
 * @example Usage
 * ```ts
 * import { visibleName } from "./html.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(visibleName("two\nlines"), "two␊lines");
 * assertEquals(visibleName("cod\u202Egpj.exe"), "cod[U+202E]gpj.exe");
 * ```
 */
export function visibleName(name: string): string {
  if (PLAIN_NAME.test(name)) return name;
  const text = name.toWellFormed().replace(INVISIBLE, toVisible);
  return text.trim() === "" ? text.replace(/\s/g, "\u2423") : text;
}

function toVisible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // Unicode has a picture for each of the old controls, in the same order.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}
