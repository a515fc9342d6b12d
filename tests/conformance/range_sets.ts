/**
 * Rows of the range table about several ranges at once, and about files that are
 * empty, of one byte, or large.
 *
 * @module
 */

import {
  DIGITS_30,
  FILE,
  lastOf,
  part,
  parts,
  rows,
  unsatisfiable,
  WHOLE,
} from "./range_rows.ts";
import { rfcOnly, type Row, whole } from "./row.ts";

/** Sets of ranges, and files of other sizes. */
export function listSetRows(): Row[] {
  return [...listSmallFiles(), ...listSeveral(), ...listAbusive()];
}

function listSmallFiles(): Row[] {
  const empty = whole("empty.txt", 0);
  return [
    ...rows("RFC 9110 14.1.2: nothing of an empty file", [
      ["bytes=0-", unsatisfiable("empty.txt")],
      ["bytes=0-0", unsatisfiable("empty.txt")],
      ["bytes=-0", unsatisfiable("empty.txt")],
      // Satisfiable by its definition, but no Content-Range can say so.
      ["bytes=-1", [empty, ...rfcOnly({ status: 416 })]],
      ["lines=0-", [empty]],
    ], "/empty.txt"),
    ...rows("RFC 9110 14.1.2", [
      ["bytes=0-", part(0, 0, "one.bin")],
      ["bytes=0-0", part(0, 0, "one.bin")],
      ["bytes=0-5", part(0, 0, "one.bin")],
      ["bytes=-1", part(0, 0, "one.bin")],
      ["bytes=-5", part(0, 0, "one.bin")],
      ["bytes=1-", unsatisfiable("one.bin")],
    ], "/one.bin"),
    ...rows("RFC 9110 14.1.2", [
      ["bytes=0-99", part(0, 99, "pattern.txt")],
      ["bytes=-10", part(9990, 9999, "pattern.txt")],
      ["bytes=0-9,100-109", parts([[0, 9], [100, 109]], "pattern.txt")],
    ], "/pattern.txt"),
    ...rows("RFC 9110 14.1.2, a file that is streamed", [
      ["bytes=0-0", part(0, 0, "large.bin")],
      ["bytes=1000000-2999998", part(1_000_000, 2_999_998, "large.bin")],
      ["bytes=65535-65536", part(65_535, 65_536, "large.bin")],
      ["bytes=-1500001", part(1_499_999, 2_999_999, "large.bin")],
      ["bytes=2999999-", part(2_999_999, 2_999_999, "large.bin")],
      [
        "bytes=0-999999,1500000-2499999,-1",
        parts(
          [[0, 999_999], [1_500_000, 2_499_999], [2_999_999, 2_999_999]],
          "large.bin",
        ),
      ],
    ], "/large.bin"),
  ];
}

function listSeveral(): Row[] {
  return rows("RFC 9110 14.6 and 15.3.7.2", [
    ["bytes=0-0,9999-9999", parts([[0, 0], [9999, 9999]])],
    ["bytes=0-99,200-299", parts([[0, 99], [200, 299]])],
    ["bytes=0-99, 200-299", parts([[0, 99], [200, 299]])],
    ["bytes=0-99 ,\t200-299", parts([[0, 99], [200, 299]])],
    ["bytes=0-0,-1", parts([[0, 0], [9999, 9999]])],
    ["bytes=-5,0-4", parts([[9995, 9999], [0, 4]])],
    ["bytes=5000-5009,9990-", parts([[5000, 5009], [9990, 9999]])],
    ["bytes=500-599,0-99", parts([[500, 599], [0, 99]])],
    ["bytes=0-4,5-9", parts([[0, 4], [5, 9]])],
    ["bytes=0-1,10-11,20-21", parts([[0, 1], [10, 11], [20, 21]])],
    [
      "bytes=0-1,10-11,20-21,30-31",
      parts([[0, 1], [10, 11], [20, 21], [30, 31]]),
    ],
    [
      "bytes=0-999,2000-2999,4000-4999,6000-6999,-500",
      parts([
        [0, 999],
        [2000, 2999],
        [4000, 4999],
        [6000, 6999],
        [9500, 9999],
      ]),
    ],
    ["bytes=9990-20000,0-0", parts([[9990, 9999], [0, 0]])],
    [`bytes=0-0,9000-${DIGITS_30}`, parts([[0, 0], [9000, 9999]])],
    // 5.6.1: "A recipient MUST parse and ignore a reasonable number of empty
    // list elements".
    ["bytes=,0-0", lastOf(0, 0)],
    ["bytes=0-0,", lastOf(0, 0)],
    ["bytes=, ,0-0,,", lastOf(0, 0)],
    ["bytes=0-0,,9999-9999", parts([[0, 0], [9999, 9999]])],
    ["bytes=0-0, , 5-5", parts([[0, 0], [5, 5]])],
    // What cannot be satisfied is left out.
    ["bytes=0-0,20000-", lastOf(0, 0)],
    ["bytes=20000-,5-9", lastOf(5, 9)],
    ["bytes=-0,0-9", lastOf(0, 9)],
    ["bytes=0-9,20000-,50-59", parts([[0, 9], [50, 59]])],
  ]);
}

/** 14.2: overlapping, or many and small. Here the whole file is the answer. */
function listAbusive(): Row[] {
  const many = (count: number, range: (i: number) => string) =>
    `bytes=${Array.from({ length: count }, (_, i) => range(i)).join(",")}`;
  const cases: [string, (readonly [number, number])[]][] = [
    ["bytes=0-99,50-149", [[0, 99], [50, 149]]],
    ["bytes=0-0,0-0", [[0, 0], [0, 0]]],
    ["bytes=0-999,10-20", [[0, 999], [10, 20]]],
    ["bytes=0-,0-", [[0, 9999], [0, 9999]]],
    ["bytes=0-,-1", [[0, 9999], [9999, 9999]]],
    ["bytes=-100,-200", [[9900, 9999], [9800, 9999]]],
    ["bytes=0-10,10-20", [[0, 10], [10, 20]]],
    ["bytes=100-199,0-9,150-160", [[100, 199], [0, 9], [150, 160]]],
    ["bytes=0-,5-,9-,13-", [[0, 9999], [5, 9999], [9, 9999], [13, 9999]]],
    [
      many(1000, (i) => `${i * 10}-${i * 10}`),
      Array.from({ length: 1000 }, (_, i) => [i * 10, i * 10] as const),
    ],
    [many(1000, () => "0-0"), [[0, 0]]],
    [many(1000, () => "0-"), [[0, 9999]]],
    [
      many(1000, (i) => `${9990 - i * 10}-${9990 - i * 10}`),
      Array.from({ length: 1000 }, (_, i) => [i * 10, i * 10] as const),
    ],
    [many(1000, (i) => `-${i + 1}`), [[9000, 9999]]],
  ];
  return rows(
    "RFC 9110 14.2 and 17.15: overlapping or abusive sets",
    cases.map(([range, ranges]) => [range, [
      WHOLE,
      ...rfcOnly({
        status: 206,
        body: { kind: "parts", file: FILE, ranges, order: "some" },
      }, { status: [400, 416] }),
    ]]),
  );
}
