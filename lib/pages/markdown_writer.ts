/**
 * Puts the parts of a Markdown file together, one after the other, so that the
 * work can pause after any of them.
 *
 * @module
 */

import { html } from "./html.ts";
import type { SafeHtml } from "./html.ts";
import {
  elementOf,
  imageOf,
  type MarkdownToken,
  NOTHING,
} from "./markdown_elements.ts";
import { ID_PREFIX } from "./markdown_links.ts";
import { textBetweenTags } from "./markdown_tags.ts";

/** Takes the parts of a file in their order. */
export interface MarkdownWriter {
  /**
   * Takes a part.
   *
   * @param token Part of the file.
   */
  add(token: MarkdownToken): void;
  /**
   * Gives what was put together.
   *
   * @returns The markup of all parts.
   */
  end(): SafeHtml;
}

/** An element that is not finished. */
interface Frame {
  /** What opened it; `null` for the whole. */
  readonly token: MarkdownToken | null;
  markup: SafeHtml;
  text: string;
}

// Above it are the folder's name and the file's.
const FIRST_LEVEL = 3;
const LAST_LEVEL = 6;

const SLUG_LENGTH_MAX = 100;

const TASK = /^\[([ xX])\]\s+/;

/**
 * Makes a writer.
 *
 * @returns The writer, with nothing written.
 *
 * @example Usage
 * ```ts
 * import { createMarkdownWriter } from "./markdown_writer.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const writer = createMarkdownWriter();
 * writer.add({
 *   type: "code_block",
 *   tag: "code",
 *   nesting: 0,
 *   content: "a<b",
 *   children: null,
 *   hidden: false,
 *   attrGet: () => null,
 * });
 *
 * assertEquals(
 *   String(writer.end()),
 *   '<pre tabindex="0"><code>a&lt;b</code></pre>',
 * );
 * ```
 */
export function createMarkdownWriter(): MarkdownWriter {
  const whole: Frame = { token: null, markup: NOTHING, text: "" };
  const open: Frame[] = [];
  const headings = createHeadings();

  function append(markup: SafeHtml, text: string): void {
    const frame = open.at(-1) ?? whole;
    frame.markup = html`${frame.markup}${markup}`;
    frame.text += text;
  }

  function close(): void {
    const frame = open.pop();
    if (frame === undefined || frame.token === null) return;
    const { token, text } = frame;
    const markup = token.type === "heading_open"
      ? headings.write(token.tag, frame)
      : elementOf(token, frame);
    append(markup, text);
  }

  function addText(text: string): void {
    const task = isItemStart(open) ? TASK.exec(text) : null;
    if (task === null) return append(html`${text}`, text);
    const rest = text.slice(task[0].length);
    append(html`${taskMark(task[1] !== " ")} ${rest}`, rest);
  }

  function addLeaf(token: MarkdownToken): void {
    const { type, content } = token;
    switch (type) {
      case "inline":
        return token.children?.forEach(add);
      case "text":
      case "text_special":
        return addText(content);
      case "image": {
        const isLinked = open.some((frame) => frame.token?.tag === "a");
        const { markup, text } = imageOf(token, isLinked ? "link" : "text");
        return append(markup, text);
      }
      case "code_inline":
        return append(html`<code>${content}</code>`, content);
      case "fence":
      case "code_block":
        return append(codeBlock(content), content);
      case "softbreak":
        return append(html`${"\n"}`, " ");
      case "hardbreak":
        return append(html`<br>`, " ");
      case "hr":
        return append(html`<hr>`, "");
      case "html_inline":
        if (/^<br[\s/>]/i.test(content)) append(html`<br>`, " ");
        return;
      case "html_block": {
        const text = textBetweenTags(content).trim();
        if (text !== "") append(html`<p>${text}</p>`, text);
        return;
      }
    }
  }

  function add(token: MarkdownToken): void {
    if (token.nesting === 1) {
      open.push({ token, markup: NOTHING, text: "" });
    } else if (token.nesting === -1) close();
    else addLeaf(token);
  }

  return {
    add,
    end() {
      while (open.length > 0) close();
      return whole.markup;
    },
  };
}

function codeBlock(content: string): SafeHtml {
  // It scrolls inside itself where it is too wide, by the keyboard too.
  return html`<pre tabindex="0"><code>${content}</code></pre>`;
}

function taskMark(isDone: boolean): SafeHtml {
  const [name, sign] = isDone ? ["Done", "\u2611"] : ["To do", "\u2610"];
  return html`<span class="task" role="img" aria-label="${name}">${sign}</span>`;
}

/** Whether what comes next is the first text of an item of a list. */
function isItemStart(open: readonly Frame[]): boolean {
  const [item, paragraph] = open.slice(-2);
  return item?.token?.type === "list_item_open" && item.text === "" &&
    paragraph?.token?.type === "paragraph_open" && paragraph.text === "";
}

/** Headings go on from those of the page, and leave no level out. */
function createHeadings() {
  const above: string[] = [];
  const used = new Map<string, number>();

  function idOf(text: string): string {
    const slug = text.toLowerCase().trim().slice(0, SLUG_LENGTH_MAX)
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "").replaceAll(" ", "-");
    let name = slug;
    for (let n = used.get(slug) ?? 1; used.has(name); n++) {
      name = `${slug}-${n}`;
      used.set(slug, n + 1);
    }
    used.set(name, 1);
    // SECURITY: without the prefix a heading could take the name of something
    // that a script looks for.
    return ID_PREFIX + name;
  }

  return {
    write(tag: string, { markup, text }: Frame): SafeHtml {
      if (text.trim() === "") return NOTHING;
      while ((above.at(-1) ?? "") >= tag) above.pop();
      above.push(tag);
      const level = Math.min(FIRST_LEVEL + above.length - 1, LAST_LEVEL);
      const id = idOf(text);
      return html`<h${level} id="${id}">${markup}</h${level}>`;
    },
  };
}
