/**
 * What can be read of HTML that stands in a Markdown file: its text. No element
 * of the file gets into a page; that the rest is escaped does not depend on
 * this module.
 *
 * @module
 */

/** Elements whose content is not text. */
const MUTE = /^<(script|style)(?=[\s/>])/i;

const TAG = /^<[/!?a-z]/i;

/**
 * Leaves the tags and comments out. The time that it takes grows with the
 * length of the text alone, whatever is in it.
 *
 * @param source Text with tags.
 * @returns The text between them.
 *
 * @example Usage
 * ```ts
 * import { textBetweenTags } from "./markdown_tags.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(textBetweenTags("<p>a <!-- b --><b>c</b>"), "a c");
 * assertEquals(textBetweenTags("1 < 2"), "1 < 2");
 * ```
 */
export function textBetweenTags(source: string): string {
  // Of the same length as the source, whatever letters are in it.
  const lower = source.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const texts: string[] = [];
  let from = 0;
  for (let at = source.indexOf("<"); at !== -1;) {
    const end = endOfTag(lower, at);
    if (end === null) break;
    if (end > at) {
      texts.push(source.slice(from, at));
      from = end;
    }
    at = source.indexOf("<", Math.max(end, at + 1));
  }
  texts.push(source.slice(from));
  return texts.join("");
}

/** Where a tag ends: where it begins if it is none, `null` if nowhere. */
function endOfTag(lower: string, at: number): number | null {
  if (!TAG.test(lower.slice(at, at + 2))) return at;
  if (lower.startsWith("<!--", at)) return after(lower, "-->", at);
  const mute = MUTE.exec(lower.slice(at, at + 8))?.[1];
  const from = mute === undefined
    ? at
    : after(lower, `</${mute}`, at) ?? lower.length;
  return after(lower, ">", from);
}

function after(text: string, end: string, from: number): number | null {
  const at = text.indexOf(end, from);
  return at === -1 ? null : at + end.length;
}
