/**
 * A QR code on a terminal: two squares above each other in each character.
 *
 * @module
 */

import { MARGIN_SQUARES, type QrCode } from "../qr_code.ts";

/**
 * Black on white from the cube of 256 colours: themes change the sixteen that
 * have names, and some make white a grey.
 */
const BLACK_ON_WHITE = "\x1b[38;5;16;48;5;231m";
const RESET = "\x1b[0m";

/**
 * Draws a QR code.
 *
 * @param code The code.
 * @param options Whether to use colours. With them it is dark on light on every
 * terminal. Without, light squares are what is drawn, as is right where text is
 * light on dark; elsewhere the code is inverted, which most phones read.
 * @returns Lines without a line break at the end, the light margin included.
 *
 * @example Usage
 * ```ts
 * import { qrText } from "./qr_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const lines = qrText([[true]], { color: false }).split("\n");
 *
 * assertEquals(lines, [
 *   "█████████",
 *   "█████████",
 *   "████▄████",
 *   "█████████",
 *   "▀▀▀▀▀▀▀▀▀",
 * ]);
 * ```
 */
export function qrText(
  code: QrCode,
  { color }: { readonly color: boolean },
): string {
  const from = -MARGIN_SQUARES;
  const to = code.length + MARGIN_SQUARES;
  const lines: string[] = [];
  for (let y = from; y < to; y += 2) {
    let line = "";
    for (let x = from; x < to; x++) {
      // Below the last row there is nothing to draw, light or dark.
      const isBelowDark = y + 1 < to ? isDark(code, x, y + 1) : !color;
      line += characterOf(isDark(code, x, y) === color, isBelowDark === color);
    }
    lines.push(color ? `${BLACK_ON_WHITE}${line}${RESET}` : line);
  }
  return lines.join("\n");
}

function isDark(code: QrCode, x: number, y: number): boolean {
  return code[y]?.[x] ?? false;
}

/** By which halves of the character are drawn. */
function characterOf(above: boolean, below: boolean): string {
  if (above) return below ? "█" : "▀";
  return below ? "▄" : " ";
}
