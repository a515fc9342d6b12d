import { assertEquals } from "@std/assert";

import { RANGES_MAX } from "../../../lib/http/limits.ts";
import {
  formatContentRange,
  parseRange,
  type RangeResult,
} from "../../../lib/http/range.ts";

const WHOLE: RangeResult = { kind: "whole" };
const UNSATISFIABLE: RangeResult = { kind: "unsatisfiable" };
const HUGE = "9".repeat(30);

/** Parts by the positions of their first and last byte. */
function parts(...pairs: [first: number, last: number][]): RangeResult {
  return {
    kind: "parts",
    parts: pairs.map(([first, last]) => ({
      start: first,
      length: last - first + 1,
    })),
  };
}

Deno.test("parseRange() is whole without a field", () => {
  assertEquals(parseRange(null, 10), WHOLE);
});

// Of a file of ten bytes.
Deno.test.each<{ field: string; is: RangeResult }>([
  // RFC 9110 section 14.1.2: first to last, both included.
  { field: "bytes=0-0", is: parts([0, 0]) },
  { field: "bytes=0-9", is: parts([0, 9]) },
  { field: "bytes=2-5", is: parts([2, 5]) },
  { field: "bytes=9-9", is: parts([9, 9]) },
  // A last position beyond the end means the end.
  { field: "bytes=5-10", is: parts([5, 9]) },
  { field: "bytes=0-99", is: parts([0, 9]) },
  { field: `bytes=9-${HUGE}`, is: parts([9, 9]) },
  // Open ends.
  { field: "bytes=0-", is: parts([0, 9]) },
  { field: "bytes=9-", is: parts([9, 9]) },
  // Suffixes; a longer one than the file is the file.
  { field: "bytes=-1", is: parts([9, 9]) },
  { field: "bytes=-10", is: parts([0, 9]) },
  { field: "bytes=-11", is: parts([0, 9]) },
  { field: `bytes=-${HUGE}`, is: parts([0, 9]) },
  // Leading zeros are digits.
  { field: "bytes=0002-0000000005", is: parts([2, 5]) },
  { field: `bytes=${"0".repeat(30)}-1`, is: parts([0, 1]) },
  // Section 14.1: names of units are case-insensitive.
  { field: "Bytes=0-1", is: parts([0, 1]) },
  { field: "BYTES=0-1", is: parts([0, 1]) },
  // Section 14.2: several, in the order asked for.
  { field: "bytes=0-1,4-5", is: parts([0, 1], [4, 5]) },
  { field: "bytes=8-9,0-1", is: parts([8, 9], [0, 1]) },
  { field: "bytes=0-0,-1", is: parts([0, 0], [9, 9]) },
  // Side by side is no overlap.
  { field: "bytes=0-4,5-9", is: parts([0, 4], [5, 9]) },
  { field: "bytes=5-,-10", is: WHOLE },
  // Section 5.6.1.2: white space and empty elements of a list.
  { field: "bytes=0-1, 4-5", is: parts([0, 1], [4, 5]) },
  { field: "bytes= 0-1\t,\t4-5 ", is: parts([0, 1], [4, 5]) },
  { field: "bytes=,0-1,,4-5,", is: parts([0, 1], [4, 5]) },
  // Section 15.3.7: what lies outside is left out where another part is not.
  { field: "bytes=0-1,10-", is: parts([0, 1]) },
  { field: "bytes=10-,-0,-2", is: parts([8, 9]) },
  // Section 15.5.17: nothing of it lies inside.
  { field: "bytes=10-", is: UNSATISFIABLE },
  { field: "bytes=10-20", is: UNSATISFIABLE },
  { field: `bytes=${HUGE}-`, is: UNSATISFIABLE },
  { field: `bytes=${HUGE}-${HUGE}`, is: UNSATISFIABLE },
  { field: "bytes=-0", is: UNSATISFIABLE },
  { field: "bytes=-000", is: UNSATISFIABLE },
  { field: "bytes=10-,11-12,-0", is: UNSATISFIABLE },
  // Section 14.2: other units are ignored.
  { field: "lines=0-1", is: WHOLE },
  { field: "byte=0-1", is: WHOLE },
  { field: "bytes", is: WHOLE },
  { field: "bytes5", is: WHOLE },
  { field: "bytes 0-1", is: WHOLE },
  { field: "bytes =0-1", is: WHOLE },
  { field: " bytes=0-1", is: WHOLE },
  { field: "=0-1", is: WHOLE },
  { field: "0-1", is: WHOLE },
  { field: "", is: WHOLE },
  // Section 14.1.1: an invalid set is ignored, valid parts and all.
  { field: "bytes=", is: WHOLE },
  { field: "bytes=,", is: WHOLE },
  { field: "bytes=-", is: WHOLE },
  { field: "bytes=5", is: WHOLE },
  { field: "bytes=2-1", is: WHOLE },
  { field: `bytes=${HUGE}1-${HUGE}0`, is: WHOLE },
  { field: "bytes=20-10", is: WHOLE },
  { field: "bytes=0-1,2-1", is: WHOLE },
  { field: "bytes=0-1,x", is: WHOLE },
  { field: "bytes=10-,x", is: WHOLE },
  { field: "bytes=0 -1", is: WHOLE },
  { field: "bytes=0- 1", is: WHOLE },
  { field: "bytes=--1", is: WHOLE },
  { field: "bytes=0--1", is: WHOLE },
  { field: "bytes=+0-1", is: WHOLE },
  { field: "bytes=0-1-2", is: WHOLE },
  { field: "bytes=0x0-0x1", is: WHOLE },
  { field: "bytes=0e0-1e0", is: WHOLE },
  { field: "bytes=0.0-1.0", is: WHOLE },
  { field: "bytes=0-1;2-3", is: WHOLE },
  { field: "bytes=bytes=0-1", is: WHOLE },
  { field: "bytes=\u0660-\u0661", is: WHOLE },
  { field: "bytes=0-1\u00a0", is: WHOLE },
  // Section 14.2: overlapping sets may be ignored.
  { field: "bytes=0-4,4-9", is: WHOLE },
  { field: "bytes=4-9,0-4", is: WHOLE },
  { field: "bytes=0-9,2-3", is: WHOLE },
  { field: "bytes=0-0,0-0", is: WHOLE },
  { field: "bytes=0-,0-", is: WHOLE },
  { field: "bytes=5-99,-1", is: WHOLE },
  { field: "bytes=6-7,0-1,3-6", is: WHOLE },
])("parseRange() of '$field'", ({ field, is }) => {
  assertEquals(parseRange(field, 10), is);
});

Deno.test.each<{ field: string; is: RangeResult }>([
  // RFC 9110 section 14.1.2: a suffix is satisfiable unless it is 0, and no
  // Content-Range can say which bytes it has.
  { field: "bytes=-1", is: WHOLE },
  { field: `bytes=-${HUGE}`, is: WHOLE },
  { field: "bytes=-01", is: WHOLE },
  { field: "bytes=0-,-1", is: WHOLE },
  { field: "bytes=-0", is: UNSATISFIABLE },
  { field: "bytes=-00", is: UNSATISFIABLE },
  { field: "bytes=0-", is: UNSATISFIABLE },
  { field: "bytes=0-0", is: UNSATISFIABLE },
  { field: "bytes=2-1", is: WHOLE },
])("parseRange() of an empty file and '$field' is $is.kind", (row) => {
  assertEquals(parseRange(row.field, 0), row.is);
});

Deno.test("parseRange() counts beyond 32 bits", () => {
  const size = 2 ** 42;

  assertEquals(
    parseRange("bytes=4398046511103-,0-0", size),
    parts([size - 1, size - 1], [0, 0]),
  );
  assertEquals(
    parseRange("bytes=4294967296-4294967297", size),
    parts([2 ** 32, 2 ** 32 + 1]),
  );
  assertEquals(parseRange("bytes=-1", size), parts([size - 1, size - 1]));
});

Deno.test("parseRange() takes so many parts and no more", () => {
  const specs = Array.from(
    { length: RANGES_MAX + 1 },
    (_, i) => `${2 * i}-${2 * i}`,
  );
  const most = `bytes=${specs.slice(1).join()}`;

  const result = parseRange(most, 1_000);

  assertEquals(result.kind === "parts" && result.parts.length, RANGES_MAX);
  assertEquals(parseRange(`bytes=${specs.join()}`, 1_000), WHOLE);
  // What lies outside counts as well.
  assertEquals(parseRange(`${most},5000-`, 1_000), WHOLE);
});

Deno.test("formatContentRange() writes positions of the first and last byte", () => {
  // RFC 9110 section 14.4.
  assertEquals(formatContentRange({ start: 0, length: 1 }, 1), "bytes 0-0/1");
  assertEquals(formatContentRange({ start: 2, length: 4 }, 10), "bytes 2-5/10");
});

Deno.test("formatContentRange() writes only the size of what is unsatisfied", () => {
  assertEquals(formatContentRange(null, 10), "bytes */10");
  assertEquals(formatContentRange(null, 0), "bytes */0");
});

Deno.test("parseRange() does not come to a halt over 10 MB of white space", () => {
  // A pattern that goes back at each of them would take hours.
  const spaces = " ".repeat(10_000_000);

  assertEquals(parseRange(`bytes=0${spaces}1`, 10), { kind: "whole" });
  assertEquals(parseRange(`bytes=${spaces},${spaces}0-1${spaces}`, 10), {
    kind: "parts",
    parts: [{ start: 0, length: 2 }],
  });
});
