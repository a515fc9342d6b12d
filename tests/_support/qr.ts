/**
 * Reads QR codes, as a phone would: from what is seen, by a decoder that knows
 * nothing of who drew them.
 *
 * @module
 */

import jsqr from "jsqr";

/** Dark squares, margin and all: `true` where one is dark. */
export type Squares = readonly (readonly boolean[])[];

/** Pixels along the side of a square. */
const SCALE = 4;

/** The declarations of the package are those of a module, which it is not. */
const decode: typeof jsqr.default = "default" in jsqr ? jsqr.default : jsqr;

/** Reads a code of dark squares on light ones; `null` where there is none. */
export function readQr(squares: Squares): string | null {
  const width = (squares[0]?.length ?? 0) * SCALE;
  const height = squares.length * SCALE;
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!squares[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)]) continue;
      pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  const options = { inversionAttempts: "dontInvert" } as const;
  return decode(pixels, width, height, options)?.data ?? null;
}

/** What a terminal shows, where text is drawn `on` a background. */
export function squaresOfText(
  lines: readonly string[],
  text: "dark on light" | "light on dark",
): Squares {
  const isDark = (isDrawn: boolean) => isDrawn === (text === "dark on light");
  return lines.flatMap((line) => [
    [...line].map((character) => isDark("█▀".includes(character))),
    [...line].map((character) => isDark("█▄".includes(character))),
  ]);
}

/** What an SVG of ours draws: a path of rectangles that are one unit high. */
export function squaresOfSvg(svg: string): Squares {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const squares = Array.from({ length: size }, () => Array(size).fill(false));
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    squares[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  }
  return squares;
}
