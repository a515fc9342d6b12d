/**
 * The style of what stands round the list: the bar with its filter and tools,
 * the menu, the selection and the dialogs.
 *
 * @module
 */

import { iconOf } from "./icons.ts";

const DOWNLOAD = iconOf("M9 2.5v9M5 8l4 4 4-4M3 15.5h12");

/**
 * Text of the style of the bar.
 *
 * @example Usage
 * ```ts
 * import { BAR_STYLE } from "./style_bar.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(BAR_STYLE, /position: sticky/);
 * ```
 */
export const BAR_STYLE: string = `
html:not(.js) .script { display: none !important; }
.wait main { visibility: hidden; }
.js { --bar: 3.25rem; }
.bar {
  display: flex;
  align-items: center;
  justify-content: flex-end;
  gap: 0.25rem;
  height: 3.25rem;
  padding: 0 0.75rem;
  background: var(--ground);
}
.js .bar { position: sticky; top: 0; z-index: 3; }
.find { position: relative; flex: 1; min-width: 0; margin-right: 0.5rem; }
.find::before { content: ""; position: absolute; inset: 0 auto 0 0.625rem; width: 1rem; background: var(--quiet); -webkit-mask: var(--icon) center / contain no-repeat; mask: var(--icon) center / contain no-repeat; pointer-events: none; --icon: ${
  iconOf("M12 7.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM11 11l4.5 4.5")
}; }
.find input {
  width: 100%;
  height: 2.25rem;
  padding: 0 2.5rem 0 2.125rem;
  border: 1px solid transparent;
  border-radius: 0.5rem;
  background: var(--hover);
  color: inherit;
  font: inherit;
  font-size: 0.9375rem;
  appearance: none;
}
.find input::-webkit-search-cancel-button { display: none; }
.find input::placeholder { color: var(--quiet); opacity: 1; }
.find input:focus-visible { border-color: var(--accent); outline-offset: -1px; outline-width: 1px; border-radius: 0.5rem; }
.find.used input { padding-right: 10rem; }
.find span { position: absolute; inset: 0 2.5rem 0 auto; width: 10rem; height: 1.25rem; margin: auto 0; text-align: right; color: var(--quiet); font-size: 0.8125rem; line-height: 1.25rem; font-variant-numeric: tabular-nums; white-space: pre; pointer-events: none; }
.find :is(b, i) { font: inherit; }
.find kbd { position: absolute; inset: 0 0.625rem 0 auto; height: 1.375rem; margin: auto; pointer-events: none; }
.find button { position: absolute; inset: 0 0 0 auto; }
.find:not(.used) :is(button, span), .find.used kbd { display: none; }
kbd { min-width: 1.375rem; padding: 0 0.3125rem; border: 1px solid var(--line); border-radius: 0.25rem; background: var(--ground); color: var(--quiet); font: inherit; font-size: 0.75rem; line-height: 1.25rem; text-align: center; white-space: nowrap; }

.tool, .plain {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  gap: 0.5rem;
  min-width: 2.25rem;
  height: 2.25rem;
  padding: 0;
  border: 0;
  border-radius: 0.5rem;
  background: none;
  color: var(--quiet);
  font: inherit;
  font-size: 0.875rem;
  white-space: nowrap;
  cursor: pointer;
}
.plain { padding: 0 0.75rem; }
.tool:hover, .plain:hover { background: var(--hover); color: var(--text); }
.tool:focus-visible, .plain:focus-visible { outline-offset: -2px; border-radius: 0.5rem; }
.tool::before { content: ""; width: 1.125rem; height: 1.125rem; background: currentColor; -webkit-mask: var(--icon) center / contain no-repeat; mask: var(--icon) center / contain no-repeat; }
.tool[aria-pressed="true"] { background: var(--chosen); color: var(--accent); }
.clear { --icon: ${iconOf("M5 5l8 8M13 5l-8 8")}; }
.view { --icon: ${
  iconOf(
    "M3 3h4.5v4.5H3zM10.5 3H15v4.5h-4.5zM3 10.5h4.5V15H3zM10.5 10.5H15V15h-4.5z",
  )
}; }
.select { display: none; --icon: ${
  iconOf(
    "M4 2.5h10A1.5 1.5 0 0 1 15.5 4v10a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 14V4A1.5 1.5 0 0 1 4 2.5zM5.8 9.2 8 11.4l4.3-4.8",
  )
}; }
@media (hover: none) {
  .select { display: inline-flex; }
}
.qr { --icon: ${
  iconOf(
    "M3 3h4.5v4.5H3zM10.5 3H15v4.5h-4.5zM3 10.5h4.5V15H3zM10.5 10.5h1.5v1.5M15 10.5v1M10.5 15h1M14 14h1v1M5.2 5.2h.1M12.7 5.2h.1M5.2 12.7h.1",
  )
}; }
.help { --icon: ${iconOf("M6.2 6.5A2.8 2.8 0 1 1 9 9.6v1.2M9 14h.01")}; }
.menu > summary { --icon: ${DOWNLOAD}; padding: 0 0.75rem; list-style: none; }
.menu > summary::-webkit-details-marker { display: none; }

.menu { position: relative; }
.menu[open] > summary { background: var(--hover); color: var(--text); }
.menu > div {
  position: absolute;
  right: 0;
  width: 17rem;
  margin-top: 0.25rem;
  padding: 0.375rem;
  border: 1px solid var(--line);
  border-radius: 0.75rem;
  background: var(--raised);
  box-shadow: 0 0.5rem 1.5rem rgb(0 0 0 / 0.14);
}
.menu p { padding: 0.375rem 0.75rem; color: var(--quiet); font-size: 0.8125rem; }
.menu button {
  display: flex;
  align-items: baseline;
  gap: 0.75rem;
  width: 100%;
  min-height: 2.5rem;
  padding: 0.5rem 0.75rem;
  border: 0;
  border-radius: 0.5rem;
  background: none;
  color: var(--text);
  font: inherit;
  font-size: 0.9375rem;
  text-align: left;
  cursor: pointer;
}
.menu button:hover { background: var(--line); }
.menu button:focus-visible { outline-offset: -2px; border-radius: 0.5rem; }
.menu button span { color: var(--quiet); font-size: 0.8125rem; }
.menu button b { flex: 0 0 3.25rem; font-weight: 500; }

.chosen {
  position: fixed;
  inset: auto 0 1rem;
  z-index: 4;
  display: none;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.25rem;
  width: max-content;
  max-width: calc(100vw - 2rem);
  margin: 0 auto;
  padding: 0.375rem 0.375rem 0.375rem 1rem;
  border: 1px solid var(--line);
  border-radius: 0.875rem;
  background: var(--raised);
  box-shadow: 0 0.5rem 1.5rem rgb(0 0 0 / 0.18);
  font-size: 0.875rem;
  font-variant-numeric: tabular-nums;
}
.picking ~ .chosen, html:not(.js) .chosen { display: flex; }
html:not(.js) .chosen { position: sticky; bottom: 1rem; }
@media (scripting: none) {
  .picks:not(:has(tbody :checked)) ~ .chosen.chosen { display: none; }
}
.chosen p { flex: 1; margin-right: 0.75rem; }
.chosen span { color: var(--quiet); white-space: nowrap; }
.chosen .plain { color: var(--accent); font-weight: 500; }

dialog {
  width: min(26rem, calc(100vw - 2rem));
  max-height: calc(100dvh - 2rem);
  padding: 1.5rem;
  border: 1px solid var(--line);
  border-radius: 1rem;
  background: var(--raised);
  color: var(--text);
  box-shadow: 0 1rem 3rem rgb(0 0 0 / 0.25);
}
dialog::backdrop { background: rgb(0 0 0 / 0.4); }
dialog h2 { margin: 0 2.5rem 1rem 0; font-size: 1.125rem; line-height: 1.5rem; font-weight: 600; }
dialog > .clear { position: absolute; top: 1.125rem; right: 1.125rem; }
dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.625rem 1.25rem; margin: 0; font-size: 0.9375rem; }
dialog dd { margin: 0; color: var(--quiet); }
dialog kbd { display: inline-block; }
dialog img { display: block; width: clamp(9rem, 100dvh - 13.5rem, 15rem); aspect-ratio: 1; max-width: 100%; margin: 0 auto 1rem; padding: 0.75rem; border-radius: 0.75rem; background: #fff; }
.address { display: flex; align-items: center; gap: 0.5rem; padding: 0.25rem 0.25rem 0.25rem 0.75rem; border-radius: 0.5rem; background: var(--line); font-size: 0.875rem; }
.address span { flex: 1; user-select: all; }

@media (pointer: coarse) {
  .tool, .plain { min-width: 2.75rem; height: 2.75rem; }
  .find input { height: 2.75rem; padding-right: 0.5rem; font-size: 1rem; }
  .find button { inset-block: 0; }
  .menu button { min-height: 2.75rem; }
  .find kbd, .help { display: none; }
}
@media (max-width: 40rem) {
  .bar { padding: 0; gap: 0.125rem; }
  .find { margin-right: 0.25rem; }
  .find.used input { padding-right: 6.25rem; }
  .find i, .find:is(:focus-within, .used) ~ :is(.qr, form) { display: none; }
  .menu > summary { min-width: 2.75rem; padding: 0; font-size: 0; gap: 0; }
  html:not(.js) .menu > summary { padding: 0 0.75rem; gap: 0.5rem; font-size: 0.875rem; }
  .chosen { inset-inline: 1rem; width: auto; }
  .chosen { display: none; grid-template-columns: repeat(4, auto) 1fr auto; padding-left: 0.875rem; }
  .picking ~ .chosen, html:not(.js) .chosen { display: grid; }
  .chosen p { grid-column: 1 / 6; margin: 0; }
  .chosen .clear { grid-area: 1 / 6; }
}
@media (max-width: 22rem) {
  .chosen .plain { padding: 0 0.25rem; }
}
@media (prefers-reduced-motion: no-preference) {
  .tool, .plain, .pick input { transition: background-color 0.1s, color 0.1s, opacity 0.1s; }
}
@media (forced-colors: active) {
  .tool::before, .find::before { forced-color-adjust: none; background: ButtonText; }
  .find input, .tool, .plain { border: 1px solid; }
  .tool[aria-pressed="true"] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  .tool[aria-pressed="true"]::before { background: HighlightText; }
}
@media print {
  .bar, .chosen { display: none !important; }
}
`;
