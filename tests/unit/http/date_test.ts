import { assertEquals } from "@std/assert";

import { formatHttpDate, parseHttpDate } from "../../../lib/http/date.ts";

const NOW = Date.UTC(2026, 5, 15);
const RFC_TIME = Date.UTC(1994, 10, 6, 8, 49, 37);

Deno.test.each<{ time: number; text: string }>([
  // RFC 9110 section 5.6.7: IMF-fixdate, all in fixed width.
  { time: RFC_TIME, text: "Sun, 06 Nov 1994 08:49:37 GMT" },
  { time: 0, text: "Thu, 01 Jan 1970 00:00:00 GMT" },
  { time: -1_000, text: "Wed, 31 Dec 1969 23:59:59 GMT" },
  {
    time: Date.UTC(2024, 1, 29, 23, 59, 59),
    text: "Thu, 29 Feb 2024 23:59:59 GMT",
  },
  { time: Date.UTC(9999, 11, 31), text: "Fri, 31 Dec 9999 00:00:00 GMT" },
  { time: -62_167_219_200_000, text: "Sat, 01 Jan 0000 00:00:00 GMT" },
  // Whole seconds, never rounded up.
  { time: 1_999, text: "Thu, 01 Jan 1970 00:00:01 GMT" },
])("formatHttpDate() of $time is $text", ({ time, text }) => {
  assertEquals(formatHttpDate(time), text);
});

Deno.test.each<{ text: string; time: number }>([
  // RFC 9110 section 5.6.7: the three forms of one moment.
  { text: "Sun, 06 Nov 1994 08:49:37 GMT", time: RFC_TIME },
  { text: "Sunday, 06-Nov-94 08:49:37 GMT", time: RFC_TIME },
  { text: "Sun Nov  6 08:49:37 1994", time: RFC_TIME },
  { text: "Wed Nov 16 08:49:37 1994", time: RFC_TIME + 10 * 86_400_000 },
  { text: "Sun Nov 06 08:49:37 1994", time: RFC_TIME },
  // The day of the week says nothing that the date does not.
  { text: "Mon, 06 Nov 1994 08:49:37 GMT", time: RFC_TIME },
  // Leap years.
  { text: "Thu, 29 Feb 2024 00:00:00 GMT", time: Date.UTC(2024, 1, 29) },
  { text: "Tue, 29 Feb 2000 00:00:00 GMT", time: Date.UTC(2000, 1, 29) },
  // A year below 100 is that year, none of the twentieth century.
  { text: "Mon, 01 Jan 0099 00:00:00 GMT", time: -59_042_995_200_000 },
  { text: "Fri, 31 Dec 9999 23:59:59 GMT", time: 253_402_300_799_000 },
  // Section 5.6.7: `60` for a leap second.
  { text: "Sat, 31 Dec 2016 23:59:60 GMT", time: Date.UTC(2017, 0, 1) },
])("parseHttpDate() of $text is $time", ({ text, time }) => {
  assertEquals(parseHttpDate(text, NOW), time);
});

Deno.test.each([
  "",
  " ",
  "0",
  "-1",
  "784111777",
  "GMT",
  // Forms of others that Date.parse() takes.
  "1994-11-06",
  "1994-11-06T08:49:37Z",
  "06 Nov 1994 08:49:37 GMT",
  "Sun Nov 06 1994 08:49:37 GMT",
  "Sun, 06 Nov 1994 08:49:37",
  "Sun, 06 Nov 1994 08:49:37 UTC",
  "Sun, 06 Nov 1994 08:49:37 +0000",
  "Sun, 06 Nov 1994 08:49 GMT",
  "Sun, 06 Nov 1994 08:49:37.000 GMT",
  "Sun, 06 Nov 94 08:49:37 GMT",
  "Sunday, 06-Nov-1994 08:49:37 GMT",
  "Sun, 06-Nov-94 08:49:37 GMT",
  "Sun Nov 6 08:49:37 1994",
  "Sun Nov  6 08:49:37 1994 GMT",
  // Section 5.6.7: case-sensitive, and no white space but that of the form.
  "sun, 06 Nov 1994 08:49:37 GMT",
  "Sun, 06 nov 1994 08:49:37 GMT",
  "Sun, 06 Nov 1994 08:49:37 gmt",
  "Sun,  06 Nov 1994 08:49:37 GMT",
  "Sun, 6 Nov 1994 08:49:37 GMT",
  " Sun, 06 Nov 1994 08:49:37 GMT",
  "Sun, 06 Nov 1994 08:49:37 GMT\n",
  "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
  // Days and times that there are not.
  "Sun, 00 Nov 1994 08:49:37 GMT",
  "Sun, 31 Nov 1994 08:49:37 GMT",
  "Wed, 29 Feb 2023 00:00:00 GMT",
  "Thu, 29 Feb 1900 00:00:00 GMT",
  "Sun, 99 Nov 1994 08:49:37 GMT",
  "Sun, 06 Abc 1994 08:49:37 GMT",
  "Sun, 06 anF 1994 08:49:37 GMT",
  "Sun, 06 Nov 1994 24:00:00 GMT",
  "Sun, 06 Nov 1994 08:60:00 GMT",
  "Sun, 06 Nov 1994 08:49:61 GMT",
  "Sun Nov    08:49:37 1994",
  // Other digits, other signs.
  "Sun, 0\u0666 Nov 1994 08:49:37 GMT",
  "Sun, -6 Nov 1994 08:49:37 GMT",
  `Sun, 06 Nov ${"9".repeat(30)} 08:49:37 GMT`,
])("parseHttpDate() is undefined for '%s'", (text) => {
  assertEquals(parseHttpDate(text, NOW), undefined);
});

// RFC 9110 section 5.6.7: what appears to be more than 50 years ahead is the
// most recent year of the past with the same last two digits.
Deno.test.each<{ date: string; now: string; year: number }>([
  { date: "01-Jan-26", now: "2026-06-15", year: 2026 },
  { date: "31-Dec-26", now: "2026-06-15", year: 2026 },
  { date: "01-Jan-00", now: "2026-06-15", year: 2000 },
  { date: "01-Jan-70", now: "2026-06-15", year: 2070 },
  { date: "01-Jan-76", now: "2026-06-15", year: 2076 },
  { date: "01-Jan-77", now: "2026-06-15", year: 1977 },
  { date: "06-Nov-94", now: "2026-06-15", year: 1994 },
  { date: "31-Dec-99", now: "2026-06-15", year: 1999 },
  // A date, not only a year: half a year more than 50 ahead.
  { date: "31-Dec-76", now: "2026-06-15", year: 1976 },
  // About the turn of a century.
  { date: "01-Jan-49", now: "1999-06-15", year: 1949 },
  { date: "01-Jan-99", now: "2000-01-01", year: 1999 },
])("parseHttpDate() finds $year in $date on $now", ({ date, now, year }) => {
  const text = `Monday, ${date} 00:00:00 GMT`;

  const time = parseHttpDate(text, Date.parse(now));

  assertEquals(new Date(time ?? NaN).getUTCFullYear(), year);
});
