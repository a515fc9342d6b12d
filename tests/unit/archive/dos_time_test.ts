import { assertEquals } from "@std/assert";

import { toDosTime } from "../../../lib/archive/dos_time.ts";

// APPNOTE 4.4.6: date and time in the form of MS-DOS.
Deno.test.each([
  {
    ms: Date.UTC(2024, 4, 6, 7, 8, 9, 999),
    date: (44 << 9) + (5 << 5) + 6,
    time: (7 << 11) + (8 << 5) + 4,
  },
  { ms: Date.UTC(1980, 0, 1), date: (1 << 5) + 1, time: 0 },
  { ms: Date.UTC(1980, 0, 1) - 1, date: (1 << 5) + 1, time: 0 },
  { ms: -8.64e15, date: (1 << 5) + 1, time: 0 },
  { ms: null, date: (1 << 5) + 1, time: 0 },
  {
    ms: Date.UTC(2107, 11, 31, 23, 59, 59),
    date: (127 << 9) + (12 << 5) + 31,
    time: (23 << 11) + (59 << 5) + 29,
  },
  {
    ms: 8.64e15,
    date: (127 << 9) + (12 << 5) + 31,
    time: (23 << 11) + (59 << 5) + 29,
  },
  // A leap day.
  { ms: Date.UTC(2000, 1, 29), date: (20 << 9) + (2 << 5) + 29, time: 0 },
])("toDosTime() of $ms is $date and $time", ({ ms, date, time }) => {
  assertEquals(toDosTime(ms), { date, time });
});
