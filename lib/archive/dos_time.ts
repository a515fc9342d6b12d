/**
 * Date and time as ZIP has them (APPNOTE 4.4.6, the form of MS-DOS): two
 * numbers of 16 bits, 1980 to 2107, in steps of two seconds, of no zone.
 *
 * By custom they are local time. What zone a reader is in is not known, and a
 * zip must not depend on that of the server, or it could not be resumed after
 * a change of the clock: here they are UTC. The exact time is in a field of its
 * own, which readers prefer.
 *
 * @module
 */

/** Date and time of MS-DOS. */
export interface DosTime {
  /** Year since 1980, month and day. */
  readonly date: number;
  /** Hour, minute, and second by twos. */
  readonly time: number;
}

/** 1980-01-01T00:00:00Z. */
const FIRST_MS = 315_532_800_000;

/** 2107-12-31T23:59:58Z. */
const LAST_MS = 4_354_819_198_000;

/**
 * Converts a time to date and time of MS-DOS, in UTC.
 *
 * @param ms Milliseconds since 1970, or `null` where the time is not known.
 * @returns The nearest that there is: the beginning of 1980 for what is not
 * known or earlier.
 *
 * @example Usage
 * ```ts
 * import { toDosTime } from "./dos_time.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(toDosTime(Date.UTC(2024, 4, 6, 7, 8, 9)), {
 *   date: (44 << 9) | (5 << 5) | 6,
 *   time: (7 << 11) | (8 << 5) | 4,
 * });
 * ```
 */
export function toDosTime(ms: number | null): DosTime {
  const moment = new Date(
    Math.min(Math.max(ms ?? FIRST_MS, FIRST_MS), LAST_MS),
  );
  const year = moment.getUTCFullYear() - 1980;
  const month = moment.getUTCMonth() + 1;
  const second = moment.getUTCSeconds();
  return {
    date: (year << 9) | (month << 5) | moment.getUTCDate(),
    time: (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) |
      (second >> 1),
  };
}
