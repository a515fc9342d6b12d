/**
 * The part of a folder's page that shows the folder's README.
 *
 * @module
 */

import { encodeSegment } from "../segment.ts";
import { html, visibleName } from "./html.ts";
import type { SafeHtml } from "./html.ts";
import type { Markdown } from "./markdown.ts";
import { shownPart } from "./readme_length.ts";

/** What was read of a README. */
export interface ReadmeText {
  readonly name: string;
  readonly text: string;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
}

/**
 * Writes the part of the page, in steps between which others can go on.
 *
 * @param readme What was read of the file.
 * @param markdown Writes Markdown; `null` where the file is plain text.
 * @returns The steps, and at their end the markup.
 *
 * @example Usage
 * ```ts
 * import { readmeSection } from "./readme_section.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const readme = { name: "README", text: "a < b", isWhole: true };
 * const { value } = readmeSection(readme, null).next();
 *
 * assertMatch(String(value), /<pre>a &lt; b<\/pre>/);
 * ```
 */
export function* readmeSection(
  readme: ReadmeText,
  markdown: Markdown | null,
): Generator<undefined, SafeHtml> {
  const { name } = readme;
  const text = shownPart(readme.text);
  const content = markdown === null
    ? html`<pre>${text}</pre>`
    : yield* markdown(text);
  const isWhole = readme.isWhole && text.length === readme.text.length;
  const url = `./${encodeSegment(name)}`;
  const shown = visibleName(name);
  const more = isWhole ? "" : html`
    <p
      class="more">This is the beginning. <a href="${url}">Open all of ${shown}</a></p>
  `;
  return html`
    <section class="readme" aria-label="${shown}">
      <h2><a href="${url}"><bdi>${shown}</bdi></a></h2>
      <div class="prose" dir="auto">${content}</div>
      ${more}
    </section>
  `;
}
