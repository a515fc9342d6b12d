/**
 * The style of what a folder's page shows of its README. What the list's style
 * says of tables and links is undone first: the file may have both.
 *
 * @module
 */

/**
 * Text of the rules.
 *
 * @example Usage
 * ```ts
 * import { README_STYLE } from "./style_readme.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(README_STYLE, /\.readme/);
 * ```
 */
export const README_STYLE: string = `
.readme { margin: 2.5rem 0.75rem 0; border: 1px solid var(--line); border-radius: 0.75rem; }
.readme h2 { margin: 0; padding: 0.5rem 1.25rem; border-bottom: 1px solid var(--line); font-size: 0.875rem; font-weight: 600; }
.readme h2 a { display: inline-block; padding: 0.125rem 0; color: var(--quiet); text-decoration: none; }
.readme h2 a:hover { color: var(--accent); text-decoration: underline; }
.more { padding: 0.75rem 1.25rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.875rem; }
.more a { display: inline-block; padding: 0.125rem 0; }

.prose { max-width: 46rem; padding: 1.25rem; line-height: 1.6; overflow-wrap: break-word; }
.prose.prose.prose.prose :is(table, thead, tbody, tr, th, td, a) { all: revert; }
.prose.prose.prose.prose :is(a, td, tr)::before, .prose.prose.prose.prose :is(a, tr)::after { content: none; }
.prose.prose.prose.prose a { color: var(--accent); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
.prose.prose.prose.prose a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.prose > :first-child { margin-top: 0; }
.prose > :last-child { margin-bottom: 0; }
.prose :is(p, ul, ol, pre, blockquote, .wide) { margin: 0 0 1rem; }
.prose :is(h3, h4, h5, h6) { margin: 1.75rem 0 0.75rem; font-weight: 650; line-height: 1.3; scroll-margin-top: 7rem; }
.prose h3 { padding-bottom: 0.375rem; border-bottom: 1px solid var(--line); font-size: 1.5rem; letter-spacing: -0.01em; }
.prose h4 { font-size: 1.25rem; }
.prose h5 { font-size: 1.0625rem; }
.prose h6 { color: var(--quiet); font-size: 0.9375rem; }
.prose :is(ul, ol) { padding-inline-start: 1.5rem; }
.prose li > :is(ul, ol) { margin: 0; }
.prose li { margin: 0.25rem 0; }
.prose li > p { margin-bottom: 0.5rem; }
.prose li:has(> .task, > p > .task) { list-style: none; }
.prose .task { margin-inline-start: -1.375rem; }
.prose blockquote { padding: 0 1rem; border-inline-start: 0.25rem solid var(--line); color: var(--quiet); }
.prose blockquote > :last-child { margin-bottom: 0; }
.prose :is(code, pre) { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.prose code { padding: 0.125rem 0.3125rem; border-radius: 0.25rem; background: var(--hover); overflow-wrap: anywhere; }
.prose pre { padding: 0.875rem 1rem; border-radius: 0.5rem; background: var(--hover); overflow-x: auto; tab-size: 4; }
.prose pre code { padding: 0; background: none; font-size: 1em; overflow-wrap: normal; }
.prose > pre:only-child:not([tabindex]) { padding: 0; background: none; white-space: pre-wrap; overflow-wrap: anywhere; }
.prose img { max-width: 100%; height: auto; vertical-align: middle; }
.prose hr { height: 1px; margin: 1.5rem 0; border: 0; background: var(--line); }
.prose .wide { overflow-x: auto; }
.prose.prose.prose.prose table { border-collapse: collapse; font-size: 0.9375rem; line-height: 1.5; }
.prose.prose.prose.prose :is(th, td) { padding: 0.375rem 0.625rem; border: 1px solid var(--line); vertical-align: top; text-align: start; }
.prose.prose.prose.prose th { background: var(--hover); font-weight: 600; }
.prose.prose.prose.prose .center { text-align: center; }
.prose.prose.prose.prose .right { text-align: end; }
@media (max-width: 40rem) {
  .readme { margin: 2rem 0 0; border-width: 1px 0 0; border-radius: 0; }
  .readme h2, .more { padding-inline: 0; }
  .readme h2 { border: 0; }
  .prose { padding: 0.5rem 0 1rem; }
}
`;
