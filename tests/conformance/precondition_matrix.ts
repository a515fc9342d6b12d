/**
 * The precondition matrix: every combination of the five fields, as GET and as
 * HEAD.
 *
 * @module
 */

import { sizeOf } from "./fixture.ts";
import {
  type Conditions,
  type DateValue,
  type Decision,
  decisionsOf,
  type RangeValue,
  type TagValue,
} from "./precondition_oracle.ts";
import { validatorsOf } from "./request.ts";
import {
  type HeaderLines,
  type Outcome,
  type Resource,
  type Row,
  type Table,
  whole,
} from "./row.ts";

const FILE = "note.txt";
const SIZE = sizeOf(FILE);
const TAGS: Readonly<Record<TagValue, string | null>> = {
  absent: null,
  matching: "{etag}",
  other: '"another"',
  weak: "{weak}",
  list: '"another", {etag}, "third"',
  star: "*",
  garbage: "not-quoted",
};
const DATES: Readonly<Record<DateValue, string | null>> = {
  absent: null,
  equal: "{modified}",
  earlier: "{earlier}",
  later: "{later}",
  garbage: "not a date",
};
const IF_RANGES: Readonly<Record<RangeValue, string | null>> = {
  "no range": null,
  "no condition": null,
  matching: TAGS.matching,
  other: TAGS.other,
  weak: TAGS.weak,
  list: TAGS.list,
  star: TAGS.star,
  garbage: TAGS.garbage,
  equal: DATES.equal,
  earlier: DATES.earlier,
  later: DATES.later,
};

const PART: Outcome = {
  status: 206,
  headers: { "content-range": `bytes 2-5/${SIZE}`, "content-length": "4" },
  body: { kind: "file", file: FILE, start: 2, end: 6 },
};

const OUTCOMES: Readonly<Record<Decision, Outcome>> = {
  "whole": whole(FILE, SIZE),
  "part": PART,
  "not-modified": { status: 304, body: { kind: "empty" } },
  "failed": { status: 412, headers: { "content-range": null } },
};

/** Every combination of the five fields, as GET and as HEAD. */
export const MATRIX: Table = {
  kind: "exchange",
  name: "preconditions: matrix",
  isMatrix: true,
  rows: listMatrix(),
};

function toHeaders(conditions: Conditions): HeaderLines {
  const lines: [string, string | null][] = [
    ["If-Match", TAGS[conditions.ifMatch]],
    ["If-None-Match", TAGS[conditions.ifNoneMatch]],
    ["If-Modified-Since", DATES[conditions.ifModifiedSince]],
    ["If-Unmodified-Since", DATES[conditions.ifUnmodifiedSince]],
    ["Range", conditions.ifRange === "no range" ? null : "bytes=2-5"],
    ["If-Range", IF_RANGES[conditions.ifRange]],
  ];
  return lines.flatMap(([name, value]) =>
    value === null ? [] : [[name, value]]
  );
}

function listMatrix(): Row[] {
  const rows: Row[] = [];
  for (const conditions of listConditions()) {
    const { method, ifMatch, ifNoneMatch } = conditions;
    rows.push({
      id: `${method}; If-Match ${ifMatch}; If-None-Match ${ifNoneMatch}; ` +
        `If-Modified-Since ${conditions.ifModifiedSince}; ` +
        `If-Unmodified-Since ${conditions.ifUnmodifiedSince}; ` +
        `If-Range ${conditions.ifRange}`,
      clause: "RFC 9110 13.2.2",
      method,
      target: `/${FILE}`,
      headers: toHeaders(conditions),
      expect: (resource) => toOutcomes(conditions, resource),
    });
  }
  return rows;
}

function* listConditions(): Generator<Conditions> {
  for (const ifMatch of keysOf(TAGS)) {
    for (const ifNoneMatch of keysOf(TAGS)) {
      for (const ifModifiedSince of keysOf(DATES)) {
        for (const ifUnmodifiedSince of keysOf(DATES)) {
          for (const ifRange of keysOf(IF_RANGES)) {
            for (const method of ["GET", "HEAD"] as const) {
              yield {
                method,
                ifMatch,
                ifNoneMatch,
                ifModifiedSince,
                ifUnmodifiedSince,
                ifRange,
              };
            }
          }
        }
      }
    }
  }
}

function toOutcomes(conditions: Conditions, resource: Resource): Outcome[] {
  const { etag, modified } = validatorsOf(resource);
  const decisions = decisionsOf(conditions, {
    etag: etag === null ? "none" : etag.startsWith("W/") ? "weak" : "strong",
    hasDate: modified !== null,
  });
  return decisions.map((decision, index) => ({
    ...OUTCOMES[decision],
    rfcOnly: index > 0,
  }));
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): K[] {
  const keys: K[] = [];
  for (const key in record) keys.push(key);
  return keys;
}
