/**
 * A QR code as a picture: SVG, of one size with one path, without style and
 * script.
 *
 * @module
 */

import { MARGIN_SQUARES, type QrCode } from "../qr_code.ts";
import { html, type SafeHtml } from "./html.ts";

/**
 * Draws a QR code, dark on light: readers know it no other way for certain,
 * whatever the colours of the page are.
 *
 * @param code The code.
 * @param label What it says, for who cannot see it.
 * @returns An SVG document, of which a square is one unit.
 *
 * @example Usage
 * ```ts
 * import { qrImage } from "./qr_image.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const image = qrImage([[true]], "http://localhost/");
 *
 * assertMatch(String(image), /^<svg .*viewBox="0 0 9 9"/);
 * assertMatch(String(image), / d="M4 4h1v1h-1z"/);
 * ```
 */
export function qrImage(code: QrCode, label: string): SafeHtml {
  const size = code.length + 2 * MARGIN_SQUARES;
  const box = `0 0 ${size} ${size}`;
  const path = code.flatMap(runsOf).join("");
  return html`
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" role="img"
      shape-rendering="crispEdges">
      <title>${label}</title>
      <path fill="#fff" d="M0 0h${size}v${size}H0z" />
      <path d="${path}" />
    </svg>
  `;
}

/** The dark squares that lie side by side are one rectangle. */
function runsOf(row: readonly boolean[], index: number): string[] {
  const runs: string[] = [];
  const y = index + MARGIN_SQUARES;
  for (let start = row.indexOf(true); start !== -1;) {
    const light = row.indexOf(false, start);
    const end = light === -1 ? row.length : light;
    const width = end - start;
    runs.push(`M${start + MARGIN_SQUARES} ${y}h${width}v1h-${width}z`);
    start = row.indexOf(true, end);
  }
  return runs;
}
