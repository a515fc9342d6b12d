/**
 * The markup of each part of a Markdown file. The library that reads the file
 * writes none: whatever it finds goes through the {@linkcode html} tag here, and
 * what is not named here has no markup.
 *
 * @module
 */

import { html } from "./html.ts";
import type { SafeHtml } from "./html.ts";
import { judgeLink } from "./markdown_links.ts";

/** What the library says of a part: as much of it as is used. */
export interface MarkdownToken {
  /** What it is, such as `heading_open`. */
  readonly type: string;
  /** Element that it stands for, such as `h2`. */
  readonly tag: string;
  /** Whether it begins something (1), ends it (-1) or is all of it (0). */
  readonly nesting: -1 | 0 | 1;
  readonly content: string;
  readonly children: readonly MarkdownToken[] | null;
  /** Whether it is a paragraph of a list without empty lines. */
  readonly hidden: boolean;
  attrGet(name: string): string | number | null;
}

/** What is inside an element. */
export interface Content {
  readonly markup: SafeHtml;
  /** The same without markup. */
  readonly text: string;
}

/** Nothing. */
export const NOTHING: SafeHtml = html``;

const REL = html`rel="noopener noreferrer nofollow"`;

/** Elements that are only themselves, by what the library calls them. */
const PLAIN: Readonly<Record<string, (content: SafeHtml) => SafeHtml>> = {
  blockquote: (content) => html`<blockquote>${content}</blockquote>`,
  "bullet_list": (content) => html`<ul>${content}</ul>`,
  "list_item": (content) => html`<li>${content}</li>`,
  em: (content) => html`<em>${content}</em>`,
  strong: (content) => html`<strong>${content}</strong>`,
  s: (content) => html`<del>${content}</del>`,
  // It scrolls inside itself where it is too wide, by the keyboard too.
  table: (content) =>
    html`
      <div class="wide" role="group" aria-label="Table" tabindex="0">
        <table>${content}</table>
      </div>
    `,
  thead: (content) => html`<thead>${content}</thead>`,
  tbody: (content) => html`<tbody>${content}</tbody>`,
  tr: (content) => html`<tr>${content}</tr>`,
};

/**
 * Writes an element that has something in it.
 *
 * @param token Token that opened it; a heading has its own function.
 * @param content What is in it.
 * @returns The element; of something unknown, its content.
 *
 * @example Usage
 * ```ts
 * import { elementOf } from "./markdown_elements.ts";
 * import { html } from "./html.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const token = {
 *   type: "em_open",
 *   tag: "em",
 *   nesting: 1,
 *   content: "",
 *   children: null,
 *   hidden: false,
 *   attrGet: () => null,
 * } as const;
 *
 * const element = elementOf(token, { markup: html`${"a<b"}`, text: "a<b" });
 * assertEquals(String(element), "<em>a&lt;b</em>");
 * ```
 */
export function elementOf(token: MarkdownToken, content: Content): SafeHtml {
  const name = token.type.replace(/_open$/, "");
  switch (name) {
    case "paragraph":
      return token.hidden ? content.markup : html`<p>${content.markup}</p>`;
    case "ordered_list":
      return orderedList(token.attrGet("start"), content.markup);
    case "th":
    case "td":
      return cell(name, token.attrGet("style"), content);
    case "link":
      return link(token, content);
    default:
      return PLAIN[name]?.(content.markup) ?? content.markup;
  }
}

function orderedList(start: unknown, content: SafeHtml): SafeHtml {
  return typeof start === "number"
    ? html`<ol start="${start}">${content}</ol>`
    : html`<ol>${content}</ol>`;
}

/** The library says the alignment as a style, which no page of ours may have. */
function cell(
  name: "th" | "td",
  style: unknown,
  { markup, text }: Content,
): SafeHtml {
  const side = /:\s*(center|right)$/.exec(String(style))?.[1] ?? "left";
  // A heading that says nothing is none.
  return name === "td" || text.trim() === ""
    ? html`<td class="${side}">${markup}</td>`
    : html`<th scope="col" class="${side}">${markup}</th>`;
}

function link(token: MarkdownToken, { markup, text }: Content): SafeHtml {
  const judged = judgeLink(String(token.attrGet("href") ?? ""));
  if (judged.kind === "none") return markup;
  const { href, kind } = judged;
  // A link that says nothing would be one that nobody can find.
  const shown = text.trim() === "" ? html`${markup}${href}` : markup;
  const rel = kind === "outside" ? REL : "";
  return html`<a href="${href}" ${rel} ${titleOf(token)}>${shown}</a>`;
}

function titleOf(token: MarkdownToken): SafeHtml | "" {
  const title = token.attrGet("title");
  return title === null || title === "" ? "" : html`title="${title}"`;
}

/**
 * Writes an image. Only one of this server is asked for: one of another would
 * tell that server who reads the page, and one with a query could start work
 * here. Those are links.
 *
 * @param token Token of the image.
 * @param place Whether it is in a link already.
 * @returns The image, a link to it, or what it shows in words; with its text.
 *
 * @example Usage
 * ```ts
 * import { imageOf } from "./markdown_elements.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const token = {
 *   type: "image",
 *   tag: "img",
 *   nesting: 0,
 *   content: "a cat",
 *   children: null,
 *   hidden: false,
 *   attrGet: (name: string) => name === "src" ? "cat.png" : null,
 * } as const;
 *
 * assertEquals(
 *   String(imageOf(token, "text").markup),
 *   '<img src="./cat.png" alt="a cat" loading="lazy" >',
 * );
 * ```
 */
export function imageOf(
  token: MarkdownToken,
  place: "link" | "text",
): Content {
  const judged = judgeLink(String(token.attrGet("src") ?? ""));
  const text = textOf(token) || token.content;
  if (judged.kind === "none") return { markup: html`${text}`, text };
  const { kind, href } = judged;
  if (kind === "inside" && !/[?#]/.test(href)) {
    const title = titleOf(token);
    const markup =
      html`<img src="${href}" alt="${text}" loading="lazy" ${title}>`;
    return { markup, text };
  }
  const shown = text.trim() === "" ? "Image" : text;
  if (place === "link") return { markup: html`${shown}`, text: shown };
  const rel = kind === "outside" ? REL : "";
  return { markup: html`<a href="${href}" ${rel}>${shown}</a>`, text: shown };
}

function textOf({ children }: MarkdownToken): string {
  let text = "";
  for (const child of children ?? []) {
    text += child.type === "softbreak" || child.type === "hardbreak"
      ? " "
      : child.children === null
      ? child.content
      : textOf(child);
  }
  return text;
}
