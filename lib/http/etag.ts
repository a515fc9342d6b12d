/**
 * Validators of a file (RFC 9110 section 8.8): when it has an entity tag and a
 * modification date, and which. All tags are strong: a file has one only when
 * a change of its bytes must have changed its time.
 *
 * @module
 */

import { formatHttpDate } from "./date.ts";

/** What the disk says of a file. */
export interface FileTimes {
  /** Bytes. */
  readonly size: number;
  /** Modification time in milliseconds since the epoch, `null` if unknown. */
  readonly modified: number | null;
}

/** What a client can compare its copy by. */
export interface Validators {
  /** Entity tag with its quotes, or `null`. */
  readonly etag: string | null;
  /** Modification time in whole seconds, as milliseconds, or `null`. */
  readonly lastModified: number | null;
}

/** What the time of a file is worth. */
export type TimeWorth = "good" | "young" | "meaningless";

/** No validators at all. */
export const NO_VALIDATORS: Validators = Object.freeze({
  etag: null,
  lastModified: null,
});

/**
 * How long after its last change a file gets no validators. The runtime tells
 * times in milliseconds and kernels keep them in steps of up to 10 ms, so two
 * versions of a file can share one; two seconds also cover file systems that
 * keep whole or even seconds only.
 */
export const YOUNG_MS = 2_000;

// npm and other packers write this time into every file, for archives that
// come out the same each time: 1985-10-26 08:15:00 UTC.
const NPM_TIME = 499_162_500_000;

/**
 * Tells what the modification time of a file is worth as a validator.
 *
 * @param modified Milliseconds since the epoch, `null` if unknown.
 * @param now Milliseconds since the epoch.
 * @returns `young` for a file that may still change within the resolution of
 * its time or that claims to be from the future; `meaningless` for the times
 * that packers write: 0 or 1 s after the epoch (Nix, containers), npm's
 * 1985-10-26, or none; else `good`.
 *
 * @example Usage
 * ```ts
 * import { timeWorth } from "./etag.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(timeWorth(100_000, 200_000), "good");
 * assertEquals(timeWorth(199_000, 200_000), "young");
 * assertEquals(timeWorth(1_000, 200_000), "meaningless");
 * ```
 */
export function timeWorth(modified: number | null, now: number): TimeWorth {
  if (modified === null || modified < 2_000) return "meaningless";
  if (Math.abs(modified - NPM_TIME) < 86_400_000 / 2) return "meaningless";
  return modified > now - YOUNG_MS ? "young" : "good";
}

/**
 * Gives the validators of a file whose time is good.
 *
 * @param facts Size and modification time. No inode: it would differ between
 * machines that serve the same files.
 * @returns A strong entity tag and the time in whole seconds.
 *
 * @example Usage
 * ```ts
 * import { validatorsOf } from "./etag.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(validatorsOf({ size: 255, modified: 4_096_500 }), {
 *   etag: '"ff-3e81f4"',
 *   lastModified: 4_096_000,
 * });
 * ```
 */
export function validatorsOf(facts: FileTimes): Validators {
  const { size, modified } = facts;
  if (modified === null) return NO_VALIDATORS;
  return {
    etag: `"${size.toString(16)}-${modified.toString(16)}"`,
    lastModified: Math.floor(modified / 1_000) * 1_000,
  };
}

/**
 * Gives the validators of a file whose time means nothing, from its bytes.
 *
 * @param digest Hash of all bytes of the file.
 * @returns A strong entity tag and no date.
 *
 * @example Usage
 * ```ts
 * import { validatorsOfBytes } from "./etag.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const digest = new Uint8Array([1, 171]).buffer;
 *
 * assertEquals(validatorsOfBytes(digest).etag, '"01ab"');
 * ```
 */
export function validatorsOfBytes(digest: ArrayBuffer): Validators {
  const hex = Array.from(
    new Uint8Array(digest),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
  return { etag: `"${hex}"`, lastModified: null };
}

/**
 * Gives the header fields that carry validators.
 *
 * @param validators What the file has.
 * @returns Names and values, none for what is `null`.
 *
 * @example Usage
 * ```ts
 * import { validatorHeaders } from "./etag.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(validatorHeaders({ etag: '"a"', lastModified: 0 }), [
 *   ["etag", '"a"'],
 *   ["last-modified", "Thu, 01 Jan 1970 00:00:00 GMT"],
 * ]);
 * ```
 */
export function validatorHeaders(
  validators: Validators,
): readonly (readonly [string, string])[] {
  const headers: (readonly [string, string])[] = [];
  if (validators.etag !== null) headers.push(["etag", validators.etag]);
  if (validators.lastModified !== null) {
    headers.push(["last-modified", formatHttpDate(validators.lastModified)]);
  }
  return headers;
}
