/**
 * The style of the list: its heading, its rows and what is in them. Icons are
 * chosen by where a link leads, so that a row needs no markup for them, and
 * with them the word for the kind, which is read out after the name: in the
 * place of a character that is not seen, since of nothing nothing is read. What
 * would move while its parts arrive is shown when all of them are there.
 *
 * @module
 */

import { iconOf, kindRules } from "./icons.ts";

const CHECK = iconOf("m3.5 9.5 3.5 3.5 7.5-8").replace("1.4", "2.4");

/**
 * Text of the style of the list.
 *
 * @example Usage
 * ```ts
 * import { LIST_STYLE } from "./style_list.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(LIST_STYLE, /content-visibility: auto/);
 * ```
 */
export const LIST_STYLE: string = `
:root {
  --columns: minmax(0, 1fr) 5.5rem 13rem;
  --row: 2.5rem;
  --bar: 0px;
  --gutter: 0px;
}
html { scroll-padding: 7rem 0 5rem; }
header { margin-bottom: 1rem; }
header p { margin-top: 0.375rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
nav ol { display: flex; flex-wrap: wrap; margin: 0 0 0.25rem; padding: 0; list-style: none; }
nav li { min-width: 0; color: var(--quiet); }
nav li::after { content: "/"; content: "/" / ""; padding: 0 0.5rem; opacity: 0.6; }
nav a { display: inline-block; min-width: 1.5rem; padding: 0.125rem 0; color: var(--quiet); text-align: center; text-decoration: none; }
nav a:hover { color: var(--accent); text-decoration: underline; }

:is(header, .bar, thead):not(:has(+ *)) { visibility: hidden; }

main { margin: 0 -0.75rem; }
main:has(> .picking) { padding-bottom: 4rem; }
table, thead, tbody { display: block; }
table[aria-busy] { opacity: 0.5; }
.picks { --columns: 2.25rem minmax(0, 1fr) 5.5rem 13rem; --gutter: 2.25rem; margin-left: -1.5rem; }
.group { content-visibility: auto; contain-intrinsic-size: auto calc(50 * var(--row)); }
tr { display: grid; grid-template-columns: var(--columns); padding: 0 0.75rem; border-radius: 0.5rem; }
.picks tr { padding-left: 0; }
th, td { min-width: 0; padding: 0; font-weight: inherit; text-align: left; }
td { padding: 0.5rem 0; color: var(--quiet); font-size: 0.875rem; line-height: 1.5rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr > :nth-last-child(2) { text-align: right; }
tr > :last-child { padding-left: 1.75rem; }
time { display: block; overflow: hidden; text-overflow: ellipsis; }

thead { position: sticky; top: var(--bar); z-index: 2; background: var(--ground); }
thead tr { position: relative; align-items: center; }
thead tr::after { content: ""; position: absolute; inset: auto 0.75rem 0 max(0.75rem, var(--gutter)); border-bottom: 1px solid var(--line); }
thead form { display: inline; }
thead button {
  min-height: 2.25rem;
  margin: 0 -0.375rem;
  padding: 0 0.375rem;
  border: 0;
  background: none;
  color: var(--quiet);
  font: inherit;
  font-size: 0.875rem;
  white-space: nowrap;
  cursor: pointer;
}
[aria-busy] button { cursor: progress; }
thead button:hover, [aria-sort] button { color: var(--text); }
[aria-sort] button { font-weight: 600; }
thead button:focus-visible { outline-offset: -3px; }
small { margin-left: 0.25rem; font-size: 0.75rem; font-weight: 400; color: var(--quiet); }
.local small { display: none; }
[aria-sort] button span::after { content: "\\2191"; content: "\\2191" / ""; margin-left: 0.1875rem; }
[aria-sort="descending"] button span::after { content: "\\2193"; content: "\\2193" / ""; }

tbody tr { min-height: var(--row); }
tbody a { position: relative; display: flex; gap: 0.75rem; margin-left: -0.25rem; padding: 0.5rem 0.25rem; color: var(--text); text-align: left; text-decoration: none; }
tbody a:visited { color: var(--quiet); }
tbody a:focus-visible { outline-offset: -2px; border-radius: 0.5rem; }
tbody tr:hover { background: var(--hover); }
tbody tr.picked { background: var(--chosen); }
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
tbody a::after { content: ""; position: absolute; inset: 0 auto 0 0; }
@supports (content: "" / "x") {
  tbody a::after { content: "\\200b" / var(--kind); }
}
${kindRules()}
tbody a[href$="/"] { font-weight: 500; }
tbody a[href$="/"]::before { background: var(--folder); }
tbody .up a { color: var(--quiet); font-weight: 400; }
tbody .up a::before { background: var(--quiet); }

td.pick { padding: 0; }
.pick input {
  display: grid;
  place-content: center;
  width: 2.25rem;
  height: 2.5rem;
  margin: 0;
  appearance: none;
  opacity: 0;
  cursor: pointer;
}
thead .pick input { height: 2.25rem; }
.pick input::before {
  content: "";
  width: 1rem;
  height: 1rem;
  border: 1.5px solid var(--edge);
  border-radius: 0.25rem;
}
.pick input:is(:checked, :indeterminate)::before { border-color: var(--accent); background: var(--accent); }
.pick input:checked::after, .pick input:indeterminate::after {
  content: "";
  grid-area: 1 / 1;
  place-self: center;
  width: 1rem;
  height: 1rem;
  background: var(--on-accent);
  -webkit-mask: ${CHECK} center / 0.75rem no-repeat;
  mask: ${CHECK} center / 0.75rem no-repeat;
}
.pick input::before { grid-area: 1 / 1; }
.pick input:indeterminate::after { -webkit-mask: none; mask: none; width: 0.5rem; height: 2px; }
tr:is(:hover, :focus-within) > .pick input, .pick input:checked, .picking .pick input { opacity: 1; }
.none { padding: 3rem 1rem; color: var(--quiet); text-align: center; }

@media (hover: none) {
  .pick input { opacity: 1; }
  .js table:not(.picking) .pick input { display: none; }
}
@media (pointer: coarse) and (min-width: 40.01rem) {
  :root { --row: 2.75rem; }
  tbody a { padding-block: 0.625rem; }
  td:not(.pick) { padding-block: 0.625rem; }
  .pick input { height: 2.75rem; }
  thead button, thead .pick input { height: 2.75rem; }
}
@media (max-width: 40rem) {
  :root { --row: 4rem; }
  main { margin: 0; }
  thead tr, .picks thead tr { grid-template-columns: minmax(0, 1fr) auto auto; column-gap: 1.25rem; padding: 0; }
  .picks { margin: 0; }
  .picks thead tr { grid-template-columns: minmax(0, 1fr) auto auto 2.75rem; column-gap: 0.75rem; }
  thead tr > th:last-child { padding: 0; }
  thead tr::after { inset-inline: 0; }
  thead button { min-height: 2.75rem; }
  thead small { display: none; }
  html:not(.js) thead small { display: inline; }
  tbody tr, .picks tbody tr {
    position: relative;
    grid-template-columns: max-content minmax(0, 1fr) 0;
    align-content: center;
    column-gap: 0.5rem;
    padding: 0.5rem 0 0.5rem 1.875rem;
    border-bottom: 1px solid var(--line);
    border-radius: 0;
  }
  .picks tbody tr { grid-template-columns: max-content minmax(0, 1fr) 2.75rem; }
  .picks tr > .pick { grid-area: 1 / 3 / span 2; align-self: center; z-index: 1; }
  .picks thead tr > .pick { grid-area: 1 / 4; }
  .pick input, thead .pick input { width: 2.75rem; height: 2.75rem; }
  .pick input::before { width: 1.125rem; height: 1.125rem; }
  tbody th { grid-column: 1 / 3; grid-row: 1; }
  tbody td { grid-row: 2; }
  tbody a { position: static; margin-left: -1.875rem; padding: 0; }
  tbody a::after { inset: 0; }
  td, tr > td:last-child { padding: 0; font-size: 0.8125rem; }
  td:empty { position: absolute; }
  td:not(:empty, .pick) + td:not(:empty)::before { content: "\\b7"; content: "\\b7" / ""; margin-right: 0.5rem; }
  tbody time { display: inline; }
}
@media (forced-colors: active) {
  tbody a::before, tbody a[href$="/"]::before { forced-color-adjust: none; background: LinkText; }
  .pick input { appearance: auto; width: 1.5rem; height: 1.5rem; margin: 0.5rem 0; opacity: 1; }
  .pick input::before, .pick input::after { content: none !important; }
}
@media print {
  thead { position: static; }
  .group { content-visibility: visible; }
  .pick { visibility: hidden; }
}
`;
