/**
 * The style of the grid view: under the class `grid` on the root element, the
 * rows of the list are tiles of one size. The markup stays a table, and says so
 * to a screen reader by its roles.
 *
 * @module
 */

// The numbers of tiles in a line divide that of the rows in a group, which is
// laid out by itself: so no line ends early.
const TILE = ".grid tbody:not(.top)";

/**
 * Text of the style of the grid view. It follows that of the list, most of
 * which it replaces.
 *
 * @example Usage
 * ```ts
 * import { GRID_STYLE } from "./style_grid.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(GRID_STYLE, /^\.grid/m);
 * ```
 */
export const GRID_STYLE: string = `
.grid { --tiles: 5; --shot: 8rem; --pad: 0.5rem; --tile: calc(var(--shot) + 2 * var(--pad) + 4.5rem); }
.grid table, .grid .picks { margin: 0 0.25rem; }
.grid thead { margin-bottom: 0.5rem; }
.grid tbody:not(.top) { display: flex; flex-wrap: wrap; }
.grid .group { contain-intrinsic-size: none calc(50 / var(--tiles) * var(--tile)); }
.grid .few { display: flex; flex-wrap: wrap; }
.grid .few > :is(thead, .top) { flex: 0 0 100%; }
.grid .few > tbody:not(.top) { display: contents; }
.grid thead tr, .grid .picks thead tr { display: flex; column-gap: 1.5rem; padding: 0 var(--pad); }
.grid thead tr > th:last-child { padding: 0; }
.grid thead tr::after { inset-inline: var(--pad); }
.grid thead .pick { order: 1; margin-left: auto; }
.grid .top tr { min-height: 2.75rem; padding: 0 0 0 var(--pad); grid-template-columns: minmax(0, 1fr); align-content: center; border: 0; border-radius: 0.75rem; }
.grid .top td { position: absolute; }
.grid .top a { margin: 0; padding: 0.5rem 0; }

${TILE} tr {
  position: relative;
  display: block;
  flex: none;
  width: calc(100% / var(--tiles));
  height: var(--tile);
  padding: var(--pad);
  border: 0;
  border-radius: 0.75rem;
  align-content: normal;
  contain: strict;
}
${TILE} tr::before {
  content: "";
  display: block;
  height: var(--shot);
  border-radius: 0.5rem;
  background: var(--hover);
}
${TILE} tr:hover::before, ${TILE} .picked::before { background: none; }
${TILE} th, ${TILE} td { display: block; padding: 0; text-align: left; }
${TILE} a { position: static; display: block; margin: 0; padding: 0.5rem 0 0; font-size: 0.875rem; line-height: 1.25rem; }
${TILE} a::before {
  position: absolute;
  top: var(--pad);
  left: var(--pad);
  width: calc(100% - 2 * var(--pad));
  height: var(--shot);
  -webkit-mask-size: auto 2.5rem;
  mask-size: auto 2.5rem;
}
${TILE} a::after { inset: 0; z-index: 1; border-radius: inherit; }
${TILE} a:focus-visible { outline: 0; }
${TILE} a:focus-visible::after { outline: 2px solid var(--accent); outline-offset: -2px; border-radius: 0.75rem; }
${TILE} bdi { display: -webkit-box; overflow: hidden; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; }
${TILE} td { font-size: 0.8125rem; line-height: 1.25rem; }
${TILE} td::before { content: none; }
${TILE} td:last-child { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
${TILE} .pick { position: absolute; top: var(--pad); left: var(--pad); z-index: 2; }
${TILE} .pick input { width: 2.25rem; height: 2.25rem; }
${TILE} .pick input:not(:checked)::before { background: var(--raised); }

.shot {
  position: absolute;
  top: var(--pad);
  left: var(--pad);
  width: calc(100% - 2 * var(--pad));
  height: var(--shot);
  border-radius: 0.5rem;
  object-fit: cover;
  visibility: hidden;
  pointer-events: none;
}
.shot.ready { visibility: visible; background: var(--glass); }
.shot.small { object-fit: scale-down; }
[href$=".svg" i] > .shot { padding: 0.5rem; object-fit: contain; }

@media (max-width: 40rem) {
  .grid table, .grid .picks { margin: 0 -0.5rem; }
  ${TILE} .pick input { width: 2.75rem; height: 2.75rem; }
}
@media (max-width: 36rem) {
  .grid { --tiles: 2; --shot: clamp(7.5rem, 34vw, 11rem); }
}
@media (forced-colors: active) {
  ${TILE} tr::before { border: 1px solid CanvasText; }
  ${TILE} .pick input { width: 1.5rem; height: 1.5rem; margin: 0.375rem; }
}
@media print {
  ${TILE} tr { break-inside: avoid; }
}
`;
