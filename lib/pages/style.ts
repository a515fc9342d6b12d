/**
 * The style sheet of all pages. It uses the fonts of the visitor's system, both
 * colour schemes, and icons that are chosen by where a link leads, so that a row
 * needs no markup for them.
 *
 * @module
 */

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
export const STYLE: string = `
:root {
  color-scheme: light dark;
  --ground: #fdfdfc;
  --text: #1b1f24;
  --quiet: #59626d;
  --line: #e7e8ea;
  --hover: #f1f4f8;
  --accent: #1259b5;
  --folder: #c27c14;
  --file: #7b8794;
  --columns: minmax(0, 1fr) 5.5rem 8.5rem;
  --row: 2.5rem;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15181c;
    --text: #e4e7ea;
    --quiet: #9ba5b0;
    --line: #272c32;
    --hover: #1e2329;
    --accent: #8bbaff;
    --folder: #e2a84b;
    --file: #84909d;
  }
}
* { box-sizing: border-box; }
html {
  scroll-padding-top: 3.5rem;
  text-size-adjust: 100%;
  -webkit-text-size-adjust: 100%;
}
body {
  margin: 0 auto;
  max-width: 64rem;
  padding: clamp(1.25rem, 4vw, 3.5rem) clamp(1rem, 4vw, 3rem) 4rem;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: clamp(1.5rem, 1.2rem + 1.5vw, 2rem); font-weight: 650; line-height: 1.2; letter-spacing: -0.015em; }
p { margin: 0; }
bdi { white-space: break-spaces; }
a { color: var(--accent); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }

header { margin-bottom: 1.5rem; }
header p { margin-top: 0.375rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
nav ol { display: flex; flex-wrap: wrap; margin: 0 0 0.25rem; padding: 0; list-style: none; }
nav li { min-width: 0; color: var(--quiet); }
nav li::after { content: "/"; content: "/" / ""; padding: 0 0.5rem; opacity: 0.6; }
nav a { display: inline-block; min-width: 1.5rem; padding: 0.125rem 0; color: var(--quiet); text-decoration: none; }
nav a:hover { color: var(--accent); text-decoration: underline; }

main { margin: 0 -0.75rem; }
table, thead, tbody { display: block; }
.group { content-visibility: auto; contain-intrinsic-size: auto calc(100 * var(--row)); }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
tr { display: grid; grid-template-columns: var(--columns); column-gap: 1.5rem; padding: 0 0.75rem; }
th, td { min-width: 0; padding: 0; font-weight: inherit; text-align: left; }
td { padding: 0.5125rem 0 0; color: var(--quiet); font-size: 0.875rem; line-height: 1.5rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr > :nth-child(2) { text-align: right; }

thead tr { align-items: center; }
thead { position: sticky; top: 0; z-index: 1; background: var(--ground); border-bottom: 1px solid var(--line); }
form { display: inline; }
button {
  min-height: 2.25rem;
  margin: 0 -0.375rem;
  padding: 0 0.375rem;
  border: 0;
  background: none;
  color: var(--quiet);
  font: inherit;
  font-size: 0.875rem;
  cursor: pointer;
}
button:hover, [aria-sort] button { color: var(--text); }
[aria-sort] button { font-weight: 600; }
button:focus-visible { outline-offset: -3px; }
small { font-size: 0.75rem; font-weight: 400; color: var(--quiet); }
[aria-sort] button::after { content: "\\2191"; content: "\\2191" / ""; margin-left: 0.125rem; }
[aria-sort="descending"] button::after { content: "\\2193"; content: "\\2193" / ""; }

tbody tr { min-height: var(--row); border-bottom: 1px solid var(--line); }
tbody a { display: flex; gap: 0.75rem; margin-left: -0.75rem; padding: 0.46875rem 0.75rem; color: var(--text); text-align: left; text-decoration: none; }
tbody a:visited { color: var(--quiet); }
tbody a:focus-visible { outline-offset: -2px; }
tbody tr:hover { background: var(--hover); }
tbody a:hover { color: var(--accent); text-decoration: underline; }
tbody a::before {
  content: "";
  flex: none;
  width: 1.125rem;
  height: 1.5rem;
  background: var(--file);
  -webkit-mask: var(--icon) center / contain no-repeat;
  mask: var(--icon) center / contain no-repeat;
}
tbody a { --icon: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18' fill='none' stroke='%23000' stroke-width='1.4' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='M10.5 2h-6v14h9V5zv3h3'/%3E%3C/svg%3E"); }
tbody a[href$="/"] { --icon: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18' %3E%3Cpath d='M1.5 4.5A1.5 1.5 0 0 1 3 3h3.6l1.8 2H15a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 15 15H3a1.5 1.5 0 0 1-1.5-1.5z'/%3E%3C/svg%3E"); font-weight: 500; }
tbody a[href$="/"]::before { background: var(--folder); }
tbody a:is([href$=".avif" i], [href$=".gif" i], [href$=".heic" i], [href$=".jpeg" i], [href$=".jpg" i], [href$=".png" i], [href$=".svg" i], [href$=".tif" i], [href$=".tiff" i], [href$=".webp" i]) { --icon: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18' fill='none' stroke='%23000' stroke-width='1.4' stroke-linecap='round' stroke-linejoin='round'%3E%3Crect x='2' y='3' width='14' height='12' rx='1.5'/%3E%3Cpath d='m2.5 13 4-4 3 3 2-2 4 3.5M11.5 6.5h.01'/%3E%3C/svg%3E"); }
tbody a:is([href$=".aac" i], [href$=".avi" i], [href$=".flac" i], [href$=".m4a" i], [href$=".mkv" i], [href$=".mov" i], [href$=".mp3" i], [href$=".mp4" i], [href$=".ogg" i], [href$=".opus" i], [href$=".wav" i], [href$=".webm" i]) { --icon: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18' fill='none' stroke='%23000' stroke-width='1.4' stroke-linecap='round' stroke-linejoin='round'%3E%3Ccircle cx='9' cy='9' r='7'/%3E%3Cpath d='M7.5 6v6L12 9z'/%3E%3C/svg%3E"); }
tbody a:is([href$=".7z" i], [href$=".bz2" i], [href$=".gz" i], [href$=".rar" i], [href$=".tar" i], [href$=".tgz" i], [href$=".xz" i], [href$=".zip" i], [href$=".zst" i]) { --icon: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18' fill='none' stroke='%23000' stroke-width='1.4' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='M2 3h14v4H2zM3 7v8h12V7M7 10h4'/%3E%3C/svg%3E"); }
tbody .up a { --icon: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18' fill='none' stroke='%23000' stroke-width='1.4' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='M9 15V3M4 8l5-5 5 5'/%3E%3C/svg%3E"); color: var(--quiet); font-weight: 400; }
tbody .up a::before { background: var(--quiet); }

.empty { margin: 0 0.75rem; padding: 4rem 1rem; border-radius: 0.75rem; background: var(--hover); color: var(--quiet); text-align: center; }
.empty a, .error a { display: inline-block; padding: 0.25rem 0; }
.error main, .empty p + p { margin: 0.5rem 0 0; }
.error { display: grid; align-content: center; max-width: 36rem; min-height: 90vh; }
.error p { margin-top: 0.75rem; }
.code { color: var(--quiet); font-variant-numeric: tabular-nums; letter-spacing: 0.05em; }

@media (max-width: 40rem) {
  :root { --row: 4rem; }
  main { margin: 0; }
  .empty { margin: 0; }
  thead tr { grid-template-columns: minmax(0, 1fr) auto auto; column-gap: 1.25rem; padding: 0; }
  button { min-height: 2.75rem; }
  tbody tr { position: relative; grid-template-columns: max-content 1fr; align-content: center; column-gap: 0.5rem; padding: 0.5rem 0 0.5rem 1.875rem; }
  tbody th { grid-column: 1 / -1; }
  tbody a { margin-left: -1.875rem; padding: 0; }
  tbody a::after { content: ""; position: absolute; inset: 0; }
  td { padding: 0; font-size: 0.8125rem; }
  td:empty { position: absolute; }
  td:not(:empty) + td:not(:empty)::before { content: "\\b7"; margin-right: 0.5rem; }
}
@media (forced-colors: active) {
  tbody a::before, tbody a[href$="/"]::before { forced-color-adjust: none; background: LinkText; }
}
@media print {
  body { max-width: none; padding: 0; }
  thead tr { align-items: center; }
thead { position: static; }
}
`.replaceAll(/\n\s*/g, "\n");
