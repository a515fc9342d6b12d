/**
 * The style sheet that all pages share: colours, both schemes, type, links and
 * focus, in the fonts of the visitor's system. The page of an error needs no
 * more than this.
 *
 * @module
 */

import { squeeze } from "./squeeze.ts";

const DARK = `
  color-scheme: dark;
  --ground: #15181c;
  --raised: #1d2126;
  --text: #e4e7ea;
  --quiet: #9ba5b0;
  --line: #272c32;
  --edge: #5b6570;
  --hover: #1e2329;
  --chosen: #1b2a3f;
  --accent: #8bbaff;
  --on-accent: #10233d;
  --folder: #e2a84b;
  --file: #84909d;
`;

/**
 * Text of the style sheet, exactly as it stands in a page.
 *
 * @example Usage
 * ```ts
 * import { STYLE } from "./style.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(STYLE, /prefers-color-scheme: dark/);
 * ```
 */
export const STYLE: string = squeeze(`
:root {
  color-scheme: light;
  --ground: #fdfdfc;
  --raised: #fff;
  --text: #1b1f24;
  --quiet: #59626d;
  --line: #e7e8ea;
  --edge: #858e98;
  --hover: #f1f4f8;
  --chosen: #e6effb;
  --accent: #1259b5;
  --on-accent: #fff;
  --folder: #c27c14;
  --file: #7b8794;
}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme]) {${DARK}}
}
[data-theme="dark"] {${DARK}}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html {
  text-size-adjust: 100%;
  -webkit-text-size-adjust: 100%;
  background: var(--ground);
}
body {
  margin: 0 auto;
  max-width: 64rem;
  padding: clamp(1.25rem, 4vw, 3rem) clamp(1rem, 4vw, 3rem) 4rem;
  color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: clamp(1.5rem, 1.2rem + 1.5vw, 2rem); font-weight: 650; line-height: 1.2; letter-spacing: -0.015em; }
p { margin: 0; }
bdi { white-space: break-spaces; }
a { color: var(--accent); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.empty { padding: 4rem 1rem; border-radius: 0.75rem; background: var(--hover); color: var(--quiet); text-align: center; }
.empty a, .error a { display: inline-block; padding: 0.25rem 0; }
.error main, .empty p + p { margin: 0.5rem 0 0; }
.error { display: grid; align-content: center; max-width: 36rem; min-height: 90vh; }
.error p { margin-top: 0.75rem; }
.ways { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.code { color: var(--quiet); font-variant-numeric: tabular-nums; letter-spacing: 0.05em; }
@media print {
  body { max-width: none; padding: 0; }
}
`);
