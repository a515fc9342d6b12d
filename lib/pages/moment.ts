/**
 * Points in time as the pages write them: in UTC, whatever the time zone of the
 * server, which says nothing about the visitor's.
 *
 * @module
 */

/** A point in time, for a program and for a person. */
export interface Moment {
  /** As in `2024-05-06T07:08:09.123Z`; a fraction of 0 is left out. */
  readonly iso: string;
  /** As in `2024-05-06 07:08`. */
  readonly shown: string;
}

const SECONDS_A_DAY = 86_400;

// Files of one folder are often of the same day, and writing its date is most
// of the work.
let lastDay = NaN;
let lastDate = "";

/**
 * Writes a point in time.
 *
 * @param time Milliseconds since the epoch, in a year of four digits; a part of
 * one counts as none, as in a `Date`.
 * @returns What stands in `datetime`, and what is shown.
 *
 * @example Usage
 * ```ts
 * import { toMoment } from "./moment.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(toMoment(1_714_979_289_999), {
 *   iso: "2024-05-06T07:08:09.999Z",
 *   shown: "2024-05-06 07:08",
 * });
 * ```
 */
export function toMoment(time: number): Moment {
  const whole = Math.trunc(time);
  const seconds = Math.floor(whole / 1_000);
  const day = Math.floor(seconds / SECONDS_A_DAY);
  if (day !== lastDay) {
    lastDate = new Date(day * SECONDS_A_DAY * 1_000).toISOString().slice(0, 10);
    lastDay = day;
  }
  const left = seconds - day * SECONDS_A_DAY;
  const hour = twoDigits(Math.floor(left / 3_600));
  const minute = twoDigits(Math.floor(left / 60) % 60);
  const second = twoDigits(left % 60);
  const thousandths = whole - seconds * 1_000;
  const fraction = thousandths === 0
    ? ""
    : `.${String(thousandths).padStart(3, "0")}`;
  return {
    iso: `${lastDate}T${hour}:${minute}:${second}${fraction}Z`,
    shown: `${lastDate} ${hour}:${minute}`,
  };
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
