/**
 * Byte ranges (RFC 9110 section 14): which parts of a file a `Range` field asks
 * for. Whether it may be answered at all (`If-Range`, method) is not decided
 * here.
 *
 * @module
 */

import { RANGES_MAX } from "./limits.ts";

/** A part of a file. */
export interface ByteRange {
  /** Position of the first byte. */
  readonly start: number;
  /** Number of bytes, at least 1. */
  readonly length: number;
}

/** What a `Range` field comes to for a file of a certain size. */
export type RangeResult =
  | { readonly kind: "whole" }
  | { readonly kind: "parts"; readonly parts: readonly ByteRange[] }
  | { readonly kind: "unsatisfiable" };

const WHOLE: RangeResult = Object.freeze({ kind: "whole" });
const UNSATISFIABLE: RangeResult = Object.freeze({ kind: "unsatisfiable" });

// White space is part of the pattern: to trim it by one that is not anchored at
// its beginning takes four seconds for 65,000 spaces.
const RANGE_SPEC = /^[\t ]*(?:(\d+)-(\d*)|-(\d+))[\t ]*$/;

/**
 * Parses a `Range` field.
 *
 * @param field Value of the field, or `null` where there is none.
 * @param size Size of the file in bytes.
 * @returns `whole` where the field is absent, not understood, invalid, or asks
 * for overlapping or too many parts; `unsatisfiable` (416) where it is valid
 * but no part lies within the file; else the parts in the order asked for.
 *
 * @example Usage
 * ```ts
 * import { parseRange } from "./range.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseRange("bytes=0-1,-2", 10), {
 *   kind: "parts",
 *   parts: [{ start: 0, length: 2 }, { start: 8, length: 2 }],
 * });
 * assertEquals(parseRange("bytes=10-", 10), { kind: "unsatisfiable" });
 * assertEquals(parseRange("bytes=2-1", 10), { kind: "whole" });
 * ```
 */
export function parseRange(field: string | null, size: number): RangeResult {
  if (field === null) return WHOLE;
  const equals = field.indexOf("=");
  if (field.slice(0, equals).toLowerCase() !== "bytes") return WHOLE;
  const specs = field.slice(equals + 1).split(",")
    .filter((spec) => !/^[\t ]*$/.test(spec));
  if (specs.length === 0 || specs.length > RANGES_MAX) return WHOLE;
  const parts: ByteRange[] = [];
  for (const spec of specs) {
    const part = parseSpec(spec, size);
    if (part === "invalid") return WHOLE;
    if (part !== "outside") parts.push(part);
  }
  // The last bytes of an empty file are the whole of it, and no part can say so.
  if (size === 0 && specs.some((spec) => /^[\t ]*-0*[1-9]/.test(spec))) {
    return WHOLE;
  }
  if (parts.length === 0) return UNSATISFIABLE;
  return hasOverlap(parts) ? WHOLE : { kind: "parts", parts };
}

function parseSpec(
  spec: string,
  size: number,
): ByteRange | "invalid" | "outside" {
  const match = RANGE_SPEC.exec(spec);
  if (match === null) return "invalid";
  const [, first = "", last = "", suffix] = match;
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), size);
    return length === 0 ? "outside" : { start: size - length, length };
  }
  // BigInt: numbers of 30 digits still have an order.
  if (last !== "" && BigInt(last) < BigInt(first)) return "invalid";
  const start = Number(first);
  if (start >= size) return "outside";
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return { start, length: end - start + 1 };
}

function hasOverlap(parts: readonly ByteRange[]): boolean {
  const sorted = parts.toSorted((a, b) => a.start - b.start);
  return sorted.some((part, i) => {
    const before = sorted[i - 1];
    return before !== undefined && before.start + before.length > part.start;
  });
}

/**
 * Writes a `Content-Range` field (section 14.4).
 *
 * @param part The part that is sent, or `null` in an answer of 416.
 * @param size Size of the file in bytes.
 * @returns Value of the field.
 *
 * @example Usage
 * ```ts
 * import { formatContentRange } from "./range.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatContentRange({ start: 0, length: 2 }, 9), "bytes 0-1/9");
 * assertEquals(formatContentRange(null, 9), "bytes *\/9");
 * ```
 */
export function formatContentRange(
  part: ByteRange | null,
  size: number,
): string {
  if (part === null) return `bytes */${size}`;
  return `bytes ${part.start}-${part.start + part.length - 1}/${size}`;
}
