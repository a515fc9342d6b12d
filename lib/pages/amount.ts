/**
 * A number and what it counts, in words.
 *
 * @module
 */

/**
 * Writes a number of things, with a comma before every three digits. Not with
 * `Intl`: making its formatter takes ten milliseconds, and using it ten times
 * as long as this.
 *
 * @param count Whole number of things, not negative.
 * @param noun What they are, for one of them.
 * @returns Number and noun.
 *
 * @example Usage
 * ```ts
 * import { amount } from "./amount.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(amount(1, "file"), "1 file");
 * assertEquals(amount(1_234_567, "byte"), "1,234,567 bytes");
 * ```
 */
export function amount(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${grouped(count)} ${noun}s`;
}

function grouped(count: number): string {
  const digits = String(count);
  if (digits.length <= 3) return digits;
  let end = digits.length % 3 || 3;
  let text = digits.slice(0, end);
  for (; end < digits.length; end += 3) {
    text += `,${digits.slice(end, end + 3)}`;
  }
  return text;
}
