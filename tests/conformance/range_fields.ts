/**
 * Rows of the range table about the field itself: one range, none that can be
 * satisfied, and what is no range at all.
 *
 * @module
 */

import {
  DIGITS_30,
  invalid,
  part,
  parts,
  rows,
  unsatisfiable,
  WHOLE,
} from "./range_rows.ts";
import { rfcOnly, type Row } from "./row.ts";

/** One range, well formed or not. */
export function listFieldRows(): Row[] {
  return [
    ...listSingle(),
    ...listUnsatisfiable(),
    ...listMalformed(),
    ...listHalfMalformed(),
    ...listLenient(),
    ...listUnits(),
  ];
}

function listSingle(): Row[] {
  return rows("RFC 9110 14.1.2", [
    ["bytes=0-0", part(0, 0)],
    ["bytes=0-1", part(0, 1)],
    ["bytes=0-99", part(0, 99)],
    ["bytes=1-1", part(1, 1)],
    ["bytes=500-999", part(500, 999)],
    ["bytes=9999-9999", part(9999, 9999)],
    ["bytes=9999-", part(9999, 9999)],
    ["bytes=9998-9999", part(9998, 9999)],
    ["bytes=500-", part(500, 9999)],
    ["bytes=1-", part(1, 9999)],
    ["bytes=0-", part(0, 9999)],
    ["bytes=0-9999", part(0, 9999)],
    ["bytes=0-9998", part(0, 9998)],
    // "if the value is greater than or equal to the current length … the
    // byte range is interpreted as the remainder"
    ["bytes=0-10000", part(0, 9999)],
    ["bytes=9990-99999999", part(9990, 9999)],
    ["bytes=-1", part(9999, 9999)],
    ["bytes=-100", part(9900, 9999)],
    ["bytes=-9999", part(1, 9999)],
    ["bytes=-10000", part(0, 9999)],
    // "if the selected representation is shorter than the specified
    // suffix-length, the entire representation is used"
    ["bytes=-10001", part(0, 9999)],
    ["bytes=000-0009", part(0, 9)],
    [`bytes=${"0".repeat(30)}5-6`, part(5, 6)],
    // "recipients MUST anticipate potentially large decimal numerals"
    [`bytes=0-${DIGITS_30}`, part(0, 9999)],
    [`bytes=9000-${"9".repeat(30)}`, part(9000, 9999)],
    [`bytes=-${DIGITS_30}`, part(0, 9999)],
    ["bytes=0-4294967296", part(0, 9999)],
    ["bytes=0-9223372036854775808", part(0, 9999)],
    ["bytes=0-18446744073709551615", part(0, 9999)],
    ["bytes=0-18446744073709551616", part(0, 9999)],
    ["bytes=-18446744073709551617", part(0, 9999)],
  ]);
}

function listUnsatisfiable(): Row[] {
  return rows("RFC 9110 14.1.2 and 15.5.17", [
    ["bytes=-0", unsatisfiable()],
    ["bytes=-000", unsatisfiable()],
    ["bytes=10000-", unsatisfiable()],
    ["bytes=10000-10000", unsatisfiable()],
    ["bytes=10000-20000", unsatisfiable()],
    ["bytes=99999-", unsatisfiable()],
    [`bytes=${DIGITS_30}-`, unsatisfiable()],
    [`bytes=${DIGITS_30}-${DIGITS_30}`, unsatisfiable()],
    ["bytes=4294967296-4294967297", unsatisfiable()],
    ["bytes=18446744073709551616-18446744073709551617", unsatisfiable()],
    ["bytes=9007199254740993-", unsatisfiable()],
    ["bytes=10000-,20000-30000", unsatisfiable()],
    ["bytes=-0,10000-", unsatisfiable()],
  ]);
}

function listMalformed(): Row[] {
  const expect = invalid();
  return rows(
    "RFC 9110 14.1.1 and 14.2: invalid, ignored or refused",
    [
      "bytes=5-2",
      "bytes=9999-0",
      `bytes=${DIGITS_30}1-${DIGITS_30}0`,
      "bytes=",
      "bytes",
      "bytes=-",
      "bytes=--1",
      "bytes=-1-",
      "bytes=-1-2",
      "bytes=0-1-2",
      "bytes=0",
      "bytes=a-b",
      "bytes=0-b",
      "bytes=1.5-2",
      "bytes=+1-2",
      "bytes=-+1",
      "bytes=0x0-0x1",
      "bytes=1e1-20",
      "bytes=1_0-20",
      "bytes=0-1;2-3",
      "bytes=0-1/10000",
      "bytes=0-1 2-3",
      "bytes=*",
      'bytes="0-1"',
      "bytes 0-1",
      "bytes:0-1",
      "=0-1",
      "0-1",
      "bytes=,",
      "bytes=０-１",
    ].map((range) => [range, expect]),
  );
}

/** One member is invalid, and so the whole set is (14.1.1). */
function listHalfMalformed(): Row[] {
  const expect = [...invalid(), ...rfcOnly(...part(0, 0))];
  return rows(
    "RFC 9110 14.1.1: invalid when one member is",
    [
      "bytes=5-2,0-0",
      "bytes=0-0,5-2",
      "bytes=0-0,x",
      "bytes=0-0,-",
      "bytes=0-0,bytes=5-5",
    ].map((range) => [range, expect]),
  );
}

/** White space where the grammar has none: read or refused, both will do. */
function listLenient(): Row[] {
  const expect = [
    ...part(0, 5).map((outcome) => ({ ...outcome, rfcOnly: false })).reverse(),
    ...rfcOnly({ status: [400, 416] }),
  ];
  return rows(
    "RFC 9110 14.1.1 has no white space here; either reading will do",
    [
      "bytes= 0-5",
      "bytes =0-5",
      "bytes=0 -5",
      "bytes=0- 5",
      "bytes=\t0-5",
    ].map((range) => [range, expect]),
  );
}

function listUnits(): Row[] {
  return [
    ...rows("RFC 9110 14.1: names of units are case-insensitive", [
      ["Bytes=0-0", part(0, 0)],
      ["BYTES=-1", part(9999, 9999)],
      ["bYtEs=0-1,5-6", parts([[0, 1], [5, 6]])],
    ]),
    ...rows("RFC 9110 14.2: MUST ignore a unit that it does not understand", [
      ["lines=0-1", [WHOLE]],
      ["items=0-0", [WHOLE]],
      ["none=0-0", [WHOLE]],
      ["byte=0-0", [WHOLE]],
      ["bytess=0-0", [WHOLE]],
      ["x-bytes=0-0", [WHOLE]],
      ["seconds=1-2,3-4", [WHOLE]],
    ]),
  ];
}
