/**
 * A Markdown file → markup, in steps between which others can go on. The file
 * is read by a library (CommonMark, with the tables, struck text and bare
 * addresses of GitHub's dialect); none of its output gets into a page: what it
 * finds is written by `markdown_writer.ts`.
 *
 * @module
 */

import type { Env, Token } from "markdown-it";

import type { SafeHtml } from "./html.ts";
import { createMarkdownWriter } from "./markdown_writer.ts";

/** Writes a file; each step takes some milliseconds at most. */
export type Markdown = (text: string) => Generator<undefined, SafeHtml>;

// Measured: the longest text between two empty lines that takes less than 5 ms
// in any case, such as one of opening brackets only. A longer one stays as it
// is written.
const INLINE_LENGTH_MAX = 4_096;

// What is nested deeper than this is left out.
const NESTING_MAX = 20;

const PARTS_PER_STEP = 100;

let markdown: Markdown | undefined;

/**
 * Loads the library, which is needed by those alone who have such a file.
 *
 * @returns A function from the text of a file to the steps of writing it.
 *
 * @example Usage
 * ```ts
 * import { loadMarkdown } from "./markdown.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const steps = (await loadMarkdown())("*a* <script>");
 * let step = steps.next();
 * while (step.done !== true) step = steps.next();
 *
 * assertEquals(String(step.value), "<p><em>a</em> </p>");
 * ```
 */
export async function loadMarkdown(): Promise<Markdown> {
  return markdown ??= await createMarkdown();
}

async function createMarkdown(): Promise<Markdown> {
  const { default: MarkdownIt } = await import("markdown-it");
  // SECURITY: with `html` the library finds tags, which the writer leaves out;
  // without, they would be shown as text. Its own renderer is never used.
  const parser = new MarkdownIt({
    html: true,
    linkify: true,
    maxNesting: NESTING_MAX,
  });
  // Names such as "readme.md" are no hosts.
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  // What is done once to a whole file is done here, block by block.
  parser.core.ruler.enableOnly(["inline", "linkify", "text_join"]);

  /** Finds the parts of a text between two empty lines. */
  function findInlines(token: Token, env: Env): void {
    token.children = [];
    const state = new parser.core.State("", parser, env);
    if (token.content.length <= INLINE_LENGTH_MAX) {
      state.tokens = [token];
      return parser.core.process(state);
    }
    const plain = new state.Token("text", "", 0);
    plain.content = token.content;
    token.children = [plain];
  }

  return function* (source) {
    const env: Env = {};
    const text = source.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd");
    const state = new parser.block.State(text, parser, env, []);
    const rules = parser.block.ruler.getRules("");
    for (let line = state.skipEmptyLines(0); line < state.lineMax;) {
      yield;
      const start = state.line = line;
      rules.some((rule) => rule(state, start, state.lineMax, false));
      line = state.skipEmptyLines(Math.max(state.line, start + 1));
    }
    // Only now: the address that a link refers to may stand below it.
    const writer = createMarkdownWriter();
    let count = 0;
    for (const token of state.tokens) {
      const isInline = token.type === "inline";
      if (isInline || ++count % PARTS_PER_STEP === 0) yield;
      if (isInline) findInlines(token, env);
      writer.add(token);
    }
    return writer.end();
  };
}
