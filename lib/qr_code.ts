/**
 * Text as a QR code (ISO/IEC 18004): squares, dark or light. How they are drawn
 * is not decided here.
 *
 * @module
 */

import { encode } from "uqr";

/** Rows of squares from the top, `true` where one is dark; without a margin. */
export type QrCode = readonly (readonly boolean[])[];

/**
 * Squares of light that a reader has to find around a code (section 9.1 of the
 * standard).
 */
export const MARGIN_SQUARES = 4;

/**
 * Longer text has more squares than a phone tells apart on a screen, and takes
 * longer to encode than other requests are to wait: 458 bytes fill version 14.
 */
export const QR_TEXT_BYTES_MAX = 458;

/**
 * One of the eight masks of the standard, all of which every reader knows. To
 * try them all takes eight times as long, and among addresses it was this one
 * that was found to be the best most often.
 */
const MASK = 4;

/**
 * Encodes text.
 *
 * @param text Text, such as a URL.
 * @returns The code, or `null` where the text is too long for one.
 *
 * @example Usage
 * ```ts
 * import { qrCode } from "./qr_code.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(qrCode("http://192.168.1.23:8000/")?.length, 25);
 * assertEquals(qrCode("a".repeat(459)), null);
 * ```
 */
export function qrCode(text: string): QrCode | null {
  if (new TextEncoder().encode(text).length > QR_TEXT_BYTES_MAX) return null;
  // As much correction as there is room for: screens have fingers on them.
  const options = { border: 0, ecc: "L", boostEcc: true } as const;
  return encode(text, { ...options, maskPattern: MASK }).data;
}
