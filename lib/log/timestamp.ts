/**
 * Times as access logs write them: the server's local time, to the second.
 * Many answers share a second, so the text of the last one is kept.
 *
 * @module
 */

/** `ncsa` is `21/Nov/2026:10:11:12 +0100`, `python` `21/Nov/2026 10:11:12`. */
export type TimestampStyle = "ncsa" | "python";

const MONTHS: readonly string[] = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
];

/**
 * Creates a function that writes times.
 *
 * @param style How a time is written.
 * @param offsetOf Minutes by which the local zone lies west of Greenwich, as `Date` counts them.
 * @returns A function from milliseconds since the epoch to text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createTimestamp } from "./timestamp.ts";
 *
 * const toText = createTimestamp("ncsa", () => -90);
 *
 * assertEquals(toText(0), "01/Jan/1970:01:30:00 +0130");
 * ```
 */
export function createTimestamp(
  style: TimestampStyle,
  offsetOf: (date: Date) => number = (date) => date.getTimezoneOffset(),
): (time: number) => string {
  let lastSecond = NaN;
  let text = "";
  return (time) => {
    const second = Math.floor(time / 1000);
    if (second !== lastSecond) {
      const offset = offsetOf(new Date(time));
      text = toText(time - offset * 60_000, style);
      if (style === "ncsa") text += ` ${toZone(-offset)}`;
      lastSecond = second;
    }
    return text;
  };
}

/**
 * Creates a function that writes times as JSON has them: UTC, to the
 * millisecond.
 *
 * @returns A function from milliseconds since the epoch to text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createIsoTimestamp } from "./timestamp.ts";
 *
 * assertEquals(createIsoTimestamp()(7), "1970-01-01T00:00:00.007Z");
 * ```
 */
export function createIsoTimestamp(): (time: number) => string {
  let last = NaN;
  let text = "";
  return (time) => {
    if (time !== last) {
      text = new Date(time).toISOString();
      last = time;
    }
    return text;
  };
}

/** The shifted time is read in UTC, so that every zone gives its own clock. */
function toText(shiftedTime: number, style: TimestampStyle): string {
  const date = new Date(shiftedTime);
  const day = twoDigits(date.getUTCDate());
  const month = MONTHS[date.getUTCMonth()];
  const hours = twoDigits(date.getUTCHours());
  const minutes = twoDigits(date.getUTCMinutes());
  const seconds = twoDigits(date.getUTCSeconds());
  const between = style === "ncsa" ? ":" : " ";
  return `${day}/${month}/${date.getUTCFullYear()}${between}${hours}:${minutes}:${seconds}`;
}

function toZone(minutesEast: number): string {
  const minutes = Math.abs(minutesEast);
  const sign = minutesEast < 0 ? "-" : "+";
  return sign + twoDigits(Math.floor(minutes / 60)) + twoDigits(minutes % 60);
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
