/**
 * HTTP dates (RFC 9110 section 5.6.7). `Date.parse` is of no use: it takes
 * almost anything for a date.
 *
 * @module
 */

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const TIME = "(\\d\\d):(\\d\\d):(\\d\\d)";

const IMF_FIXDATE = new RegExp(
  `^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\\d\\d) ${MONTH} (\\d{4}) ${TIME} GMT$`,
);
const RFC_850 = new RegExp(
  `^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\\d\\d)-${MONTH}-(\\d\\d) ${TIME} GMT$`,
);
const ASCTIME = new RegExp(
  `^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${MONTH} ([\\d ]\\d) ${TIME} (\\d{4})$`,
);

const FIFTY_YEARS_MS = 50 * 365.2425 * 86_400_000;

/**
 * Writes a time as an HTTP date.
 *
 * @param time Milliseconds since the epoch.
 * @returns The date in the preferred form, in whole seconds.
 *
 * @example Usage
 * ```ts
 * import { formatHttpDate } from "./date.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatHttpDate(0), "Thu, 01 Jan 1970 00:00:00 GMT");
 * ```
 */
export function formatHttpDate(time: number): string {
  return new Date(time).toUTCString();
}

/**
 * Parses an HTTP date in each of the three forms that a recipient must take.
 *
 * @param text Value of a header field.
 * @param now Milliseconds since the epoch, for years of two digits.
 * @returns Milliseconds since the epoch, or `undefined` if it is no date.
 *
 * @example Usage
 * ```ts
 * import { parseHttpDate } from "./date.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseHttpDate("Thu, 01 Jan 1970 00:00:01 GMT", 0), 1000);
 * assertEquals(parseHttpDate("1970-01-01", 0), undefined);
 * ```
 */
export function parseHttpDate(text: string, now: number): number | undefined {
  const fixed = IMF_FIXDATE.exec(text);
  if (fixed) {
    const [, day, month, year, ...time] = fixed;
    return timeOf(Number(year), month, day, time);
  }
  const old = RFC_850.exec(text);
  if (old) {
    const [, day, month, year, ...time] = old;
    const century = Math.floor(new Date(now).getUTCFullYear() / 100) * 100;
    const full = century + Number(year);
    const read = timeOf(full, month, day, time);
    // A time that seems more than 50 years ahead is one of the past century.
    return read !== undefined && read > now + FIFTY_YEARS_MS
      ? timeOf(full - 100, month, day, time)
      : read;
  }
  const asctime = ASCTIME.exec(text);
  if (!asctime) return undefined;
  const [, month, day, hours, minutes, seconds, year] = asctime;
  return timeOf(Number(year), month, day, [hours, minutes, seconds]);
}

function timeOf(
  year: number,
  month: string | undefined,
  day: string | undefined,
  time: readonly (string | undefined)[],
): number | undefined {
  const monthIndex = MONTHS.indexOf(month ?? "") / 3;
  const [hours = 0, minutes = 0, seconds = 0] = time.map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, monthIndex, Number(day));
  // A 31st of February would roll over into March.
  if (date.getUTCDate() !== Number(day)) return undefined;
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  return date.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
