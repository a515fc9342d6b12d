/**
 * The style of the viewer: over the whole window, the name above, what is shown
 * below it, and the ways to its neighbours at both sides, or under it where the
 * window is narrow.
 *
 * @module
 */

import { iconOf } from "./icons.ts";

const ICONS: Readonly<Record<string, string>> = {
  previous: "M11.5 3 5.5 9l6 6",
  next: "m6.5 3 6 6-6 6",
  save: "M9 2.5v9M5 8l4 4 4-4M3 15.5h12",
  file: "M8 3.5H3.5v11h11V10M11 3h4v4M15 3 8.5 9.5",
  shut: "m4 4 10 10M14 4 4 14",
};
const ICON_RULES = Object.entries(ICONS)
  .map(([name, path]) => `.viewer .${name} { --icon: ${iconOf(path)}; }`)
  .join("\n");

/**
 * Text of the style of the viewer.
 *
 * @example Usage
 * ```ts
 * import { VIEWER_STYLE } from "./style_viewer.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(VIEWER_STYLE, /^\.viewer/m);
 * ```
 */
export const VIEWER_STYLE: string = `
:root { --glass: #eaecef; }
@media (prefers-color-scheme: dark) {
  :root:not([data-theme]) { --glass: #555e68; }
}
[data-theme="dark"] { --glass: #555e68; }
.viewer {
  position: fixed;
  inset: 0;
  width: 100%;
  height: 100%;
  max-width: none;
  max-height: none;
  margin: 0;
  padding: 0;
  border: 0;
  border-radius: 0;
  overflow: hidden;
  background: var(--ground);
  box-shadow: none;
}
.viewer[open] {
  display: grid;
  grid-template: auto minmax(0, 1fr) auto / 3.5rem minmax(0, 1fr) repeat(2, 2.75rem) 3.5rem;
  grid-template-areas:
    "what what save file shut"
    "previous stage stage stage next"
    "previous note note note next";
}
.viewer::backdrop { background: var(--ground); }
.viewer .what { grid-area: what; min-width: 0; padding: 0.625rem 0.5rem 0.625rem 1.25rem; }
.viewer .what h2 { margin: 0; overflow: hidden; font-size: 1rem; font-weight: 600; line-height: 1.375rem; text-overflow: ellipsis; white-space: nowrap; }
.viewer .what bdi { white-space: pre; }
.viewer .what p { color: var(--quiet); font-size: 0.8125rem; line-height: 1.25rem; font-variant-numeric: tabular-nums; }
.viewer .action {
  display: grid;
  place-content: center;
  min-width: 2.75rem;
  min-height: 2.75rem;
  margin: 0;
  padding: 0;
  border: 0;
  border-radius: 0.5rem;
  background: none;
  color: var(--quiet);
  cursor: pointer;
}
.viewer .action::before {
  content: "";
  width: 1.25rem;
  height: 1.25rem;
  background: currentColor;
  -webkit-mask: var(--icon) center / contain no-repeat;
  mask: var(--icon) center / contain no-repeat;
}
.viewer .action:hover { background: var(--hover); color: var(--text); }
.viewer .action:focus-visible { outline-offset: -2px; border-radius: 0.5rem; }
.viewer .action[aria-disabled="true"] { background: none; color: var(--quiet); opacity: 0.3; cursor: default; }
${ICON_RULES}
.viewer .previous { grid-area: previous; }
.viewer .next { grid-area: next; }
.viewer .save { grid-area: save; align-self: center; }
.viewer .file { grid-area: file; align-self: center; }
.viewer .shut { grid-area: shut; place-self: center; }
.viewer .stage {
  grid-area: stage;
  display: grid;
  grid-template: minmax(0, 1fr) / minmax(0, 1fr);
  place-items: center;
  min-height: 0;
  padding: 0.5rem 0 1.5rem;
  overflow: hidden;
  overscroll-behavior: contain;
  touch-action: pinch-zoom;
}
.viewer .stage.zoomed { touch-action: auto; }
.viewer .stage:focus-visible { outline-offset: -2px; }
.viewer .stage[tabindex="-1"], .viewer:not(.keyed) .stage { outline: 0; }
.viewer .stage[aria-busy="true"]::after {
  content: "Loading\\2026";
  grid-area: 1 / 1;
  color: var(--quiet);
  animation: 0.4s step-end late;
}
@keyframes late {
  from { visibility: hidden; }
}
.viewer .stage > * { grid-area: 1 / 1; }
.viewer .stage img, .viewer .stage video { width: auto; height: auto; max-width: 100%; max-height: 100%; margin: 0; padding: 0; border-radius: 0.25rem; }
.viewer .stage img { object-fit: contain; background: none; }
.viewer .stage[aria-busy="false"] img { background: var(--glass); }
.viewer .stage img[src$=".svg" i] { width: min(100%, 40rem); aspect-ratio: auto 1; }
.viewer .stage video { background: #000; }
.viewer .stage audio { width: min(36rem, 100%); }
.viewer .stage[data-kind="text"] { place-items: start center; padding: 0; overflow: auto; touch-action: pan-y pinch-zoom; }
.viewer .stage pre {
  width: 100%;
  max-width: 60rem;
  margin: 0;
  padding: 0.75rem 0 2rem;
  font: 0.875rem/1.6 ui-monospace, "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace;
  tab-size: 4;
  white-space: pre-wrap;
  unicode-bidi: plaintext;
}
.viewer .note { grid-area: note; align-self: end; padding: 0 1.25rem; color: var(--quiet); font-size: 0.875rem; text-align: center; }
.viewer .note:not(:empty) { padding: 0.75rem 1.25rem; }
.viewer .stage:empty + .note { grid-area: stage; place-self: center; }
.viewer .note a { display: inline-block; padding: 0.25rem 0; }
@media (max-width: 40rem) {
  .viewer[open] {
    grid-template: auto minmax(0, 1fr) auto auto / repeat(4, minmax(0, 1fr));
    grid-template-areas:
      "what what what shut"
      "stage stage stage stage"
      "note note note note"
      "previous save file next";
  }
  .viewer .what { padding-left: 1rem; }
  .viewer .shut { justify-self: end; margin-right: 0.5rem; }
  .viewer .action { min-height: 3rem; }
  .viewer .stage { padding: 0; }
  .viewer .stage img, .viewer .stage video { border-radius: 0; }
  .viewer .stage audio { width: calc(100% - 2rem); }
  .viewer .stage pre { padding: 0.5rem 1rem 1.5rem; font-size: 0.8125rem; }
}
@media (forced-colors: active) {
  .viewer .action::before { forced-color-adjust: none; background: ButtonText; }
  .viewer a.action::before { background: LinkText; }
}
`;
