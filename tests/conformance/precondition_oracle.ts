/**
 * What RFC 9110 sections 13.1 and 13.2.2 say about a request with conditions,
 * written down from the text alone. Where the text leaves freedom, each way to
 * read it is a {@linkcode Reading}; every outcome of every reading is right.
 *
 * @module
 */

/** What a field with entity tags holds, seen from the resource. */
export type TagValue =
  | "absent"
  | "matching"
  | "other"
  | "weak"
  | "list"
  | "star"
  | "garbage";

/** What a field with a date holds, seen from `Last-Modified`. */
export type DateValue = "absent" | "equal" | "earlier" | "later" | "garbage";

/** `Range` and `If-Range` together. */
export type RangeValue =
  | "no range"
  | "no condition"
  | Exclude<TagValue, "absent">
  | Exclude<DateValue, "absent" | "garbage">;

/** The conditions of one request. */
export interface Conditions {
  readonly method: "GET" | "HEAD";
  readonly ifMatch: TagValue;
  readonly ifNoneMatch: TagValue;
  readonly ifModifiedSince: DateValue;
  readonly ifUnmodifiedSince: DateValue;
  readonly ifRange: RangeValue;
}

/** What the resource has; a condition on what is not there cannot hold. */
export interface Validators {
  readonly etag: "strong" | "weak" | "none";
  readonly hasDate: boolean;
}

/** What the server does. */
export type Decision = "whole" | "part" | "not-modified" | "failed";

/** The freedoms of the text. */
interface Reading {
  /** Section 13.1.1 does not say what a malformed list of tags means. */
  readonly malformedIfMatch: "false" | "ignored";
  /** Section 13.1.2 neither. */
  readonly malformedIfNoneMatch: "true" | "ignored";
  /** Section 13.1.5: a tag, a date, and nothing about anything else. */
  readonly malformedIfRange: "false" | "true";
  /** Section 13.1.3 says SHOULD, and "earlier or equal to the date". */
  readonly modifiedSince: "equal" | "not-later" | "never";
  /** Section 14.2: "A server MAY ignore the Range header field." */
  readonly range: "served" | "ignored";
}

/** This project's choices: a condition that cannot be read does not hold. */
const OURS: Reading = {
  malformedIfMatch: "false",
  malformedIfNoneMatch: "true",
  malformedIfRange: "false",
  modifiedSince: "equal",
  range: "served",
};

const READINGS: readonly Reading[] = listReadings();

/** Every decision that the RFC allows; the first is this project's. */
export function decisionsOf(
  conditions: Conditions,
  validators: Validators,
): Decision[] {
  const decisions = new Set([decide(conditions, validators, OURS)]);
  for (const reading of READINGS) {
    decisions.add(decide(conditions, validators, reading));
  }
  return [...decisions];
}

/** The steps of section 13.2.2, in their order. */
function decide(
  conditions: Conditions,
  validators: Validators,
  reading: Reading,
): Decision {
  // Steps 1 and 2. If-Match takes the place of If-Unmodified-Since.
  const match = evaluateIfMatch(conditions.ifMatch, validators, reading);
  if (match === false) return "failed";
  if (match === null) {
    const { ifUnmodifiedSince } = conditions;
    // 13.1.4: true if the last modification is earlier or equal to the date.
    // Without a modification date, or not a date: MUST be ignored.
    if (ifUnmodifiedSince === "earlier" && validators.hasDate) return "failed";
  }
  // Steps 3 and 4. If-None-Match takes the place of If-Modified-Since.
  const noneMatch = evaluateIfNoneMatch(
    conditions.ifNoneMatch,
    validators,
    reading,
  );
  if (noneMatch === false) return "not-modified";
  if (noneMatch === null && validators.hasDate) {
    if (isUnmodified(conditions.ifModifiedSince, reading)) {
      return "not-modified";
    }
  }
  // Steps 5 and 6. Range is defined for GET alone (section 14.2).
  if (conditions.method === "HEAD" || conditions.ifRange === "no range") {
    return "whole";
  }
  if (reading.range === "ignored") return "whole";
  return evaluateIfRange(conditions.ifRange, validators, reading)
    ? "part"
    : "whole";
}

/** Section 13.1.1: strong comparison. `null` stands for no condition. */
function evaluateIfMatch(
  value: TagValue,
  validators: Validators,
  reading: Reading,
): boolean | null {
  switch (value) {
    case "absent":
      return null;
    case "star":
      return true;
    case "matching":
    case "list":
      return validators.etag === "strong";
    case "weak":
    case "other":
      return false;
    case "garbage":
      return reading.malformedIfMatch === "ignored" ? null : false;
    default:
      return value satisfies never;
  }
}

/** Section 13.1.2: weak comparison. */
function evaluateIfNoneMatch(
  value: TagValue,
  validators: Validators,
  reading: Reading,
): boolean | null {
  switch (value) {
    case "absent":
      return null;
    case "star":
      return false;
    case "matching":
    case "list":
    case "weak":
      return validators.etag === "none";
    case "other":
      return true;
    case "garbage":
      return reading.malformedIfNoneMatch === "ignored" ? null : true;
    default:
      return value satisfies never;
  }
}

/** Section 13.1.3: whether If-Modified-Since is false, so 304. */
function isUnmodified(value: DateValue, reading: Reading): boolean {
  if (reading.modifiedSince === "never") return false;
  if (value === "equal") return true;
  return value === "later" && reading.modifiedSince === "not-later";
}

/** Section 13.1.5: a strong tag, or exactly the date of Last-Modified. */
function evaluateIfRange(
  value: Exclude<RangeValue, "no range">,
  validators: Validators,
  reading: Reading,
): boolean {
  switch (value) {
    case "no condition":
      return true;
    case "matching":
      return validators.etag === "strong";
    case "equal":
      return validators.hasDate;
    case "other":
    case "weak":
    case "earlier":
    case "later":
      return false;
    case "list":
    case "star":
    case "garbage":
      return reading.malformedIfRange === "true";
    default:
      return value satisfies never;
  }
}

function listReadings(): Reading[] {
  const readings: Reading[] = [];
  for (const malformedIfMatch of ["false", "ignored"] as const) {
    for (const malformedIfNoneMatch of ["true", "ignored"] as const) {
      for (const malformedIfRange of ["false", "true"] as const) {
        for (const modifiedSince of ["equal", "not-later", "never"] as const) {
          for (const range of ["served", "ignored"] as const) {
            readings.push({
              malformedIfMatch,
              malformedIfNoneMatch,
              malformedIfRange,
              modifiedSince,
              range,
            });
          }
        }
      }
    }
  }
  return readings;
}
