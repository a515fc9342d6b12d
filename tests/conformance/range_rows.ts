/**
 * How the rows of the range table are written down: one line for a `Range` field
 * and what is right for it.
 *
 * @module
 */

import { sizeOf } from "./fixture.ts";
import { type Outcome, rfcOnly, type Row, whole } from "./row.ts";

/** The file that most rows are about: 10,000 bytes. */
export const FILE = "pattern.bin";

/** That file whole. */
export const WHOLE: Outcome = whole(FILE, sizeOf(FILE));

/** A number that no integer of 64 bits can hold. */
export const DIGITS_30: string = "1" + "0".repeat(29);

/** One range: 206 with it, or the whole (14.2: a server MAY ignore Range). */
export function part(first: number, last: number, file = FILE): Outcome[] {
  const size = sizeOf(file);
  return [
    {
      status: 206,
      headers: {
        "content-range": `bytes ${first}-${last}/${size}`,
        "content-length": String(last - first + 1),
      },
      body: { kind: "file", file, start: first, end: last + 1 },
    },
    ...rfcOnly(whole(file, size)),
  ];
}

/** Several ranges, in their order; others may join, reorder or ignore them. */
export function parts(
  ranges: readonly (readonly [number, number])[],
  file = FILE,
): Outcome[] {
  const all = { kind: "parts", file, ranges } as const;
  return [
    {
      status: 206,
      headers: {
        "content-type": /^multipart\/byteranges; boundary=\S+$/,
        "content-length": /^\d+$/,
        "content-range": null,
      },
      body: { ...all, order: "exact" },
    },
    // 15.3.7: "a server might want to send only a subset of the data".
    ...rfcOnly(
      { status: 206, body: { ...all, order: "some" } },
      whole(file, sizeOf(file)),
    ),
  ];
}

/** One range is left of several: as one part, or as the only answer. */
export function lastOf(first: number, last: number): Outcome[] {
  const ranges = [[first, last]] as const;
  return [
    {
      status: 206,
      body: { kind: "parts", file: FILE, ranges, order: "covers" },
    },
    ...rfcOnly(WHOLE),
  ];
}

/** 15.5.17; to ignore the field is allowed as well. */
export function unsatisfiable(file = FILE): Outcome[] {
  const size = sizeOf(file);
  return [
    { status: 416, headers: { "content-range": `bytes */${size}` } },
    ...rfcOnly({ status: 416 }, whole(file, size)),
  ];
}

/** 14.2: "MAY ignore or reject a Range header field that contains an invalid". */
export function invalid(): Outcome[] {
  return [WHOLE, ...rfcOnly({ status: [400, 416] })];
}

/** Rows of one rule. */
export function rows(
  clause: string,
  cases: readonly (readonly [range: string, expect: Row["expect"]])[],
  target = `/${FILE}`,
): Row[] {
  return cases.map(([range, expect]) => ({
    id: `${target === `/${FILE}` ? "" : `${target} `}${shorten(range)}`,
    clause,
    target,
    headers: [["Range", range]],
    expect,
  }));
}

function shorten(text: string): string {
  return text.length <= 70
    ? text
    : `${text.slice(0, 40)}…${text.slice(-10)} (${text.length} characters)`;
}
