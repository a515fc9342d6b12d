/**
 * The rows about conditions that the matrix does not hold: the three spellings
 * of a date, lists of tags, answers that are no success, and validators that
 * mean nothing.
 *
 * @module
 */

import { listSituationRows } from "./precondition_situations.ts";
import {
  FAILED,
  NOT_MODIFIED,
  row,
  WHOLE,
  withTag,
} from "./precondition_rows.ts";
import { rfcOnly, type Row, type Table } from "./row.ts";

/** What the matrix does not hold. */
export const PRECONDITIONS: Table = {
  kind: "exchange",
  name: "preconditions",
  rows: [...listFieldRows(), ...listSituationRows()],
};

function listFieldRows(): Row[] {
  const notModified = [NOT_MODIFIED, ...rfcOnly(WHOLE)];
  return [
    // The three formats of a date: 5.6.7 "MUST accept all three".
    row(
      "If-Modified-Since in the RFC 850 format, equal",
      "RFC 9110 5.6.7",
      [["If-Modified-Since", "{rfc850}"]],
      notModified,
    ),
    row(
      "If-Modified-Since in the asctime format, equal",
      "RFC 9110 5.6.7",
      [["If-Modified-Since", "{asctime}"]],
      notModified,
    ),
    row(
      "If-Unmodified-Since in the RFC 850 format, equal",
      "RFC 9110 5.6.7",
      [["If-Unmodified-Since", "{rfc850}"]],
      [WHOLE],
    ),
    row(
      "If-Unmodified-Since in the RFC 850 format, long ago",
      "RFC 9110 5.6.7",
      [["If-Unmodified-Since", "Sunday, 06-Nov-94 08:49:37 GMT"]],
      [FAILED],
    ),
    row(
      "If-Unmodified-Since in the asctime format, long ago",
      "RFC 9110 5.6.7",
      [["If-Unmodified-Since", "Sun Nov  6 08:49:37 1994"]],
      [FAILED],
    ),
    row(
      "If-Unmodified-Since in the asctime format, equal",
      "RFC 9110 5.6.7",
      [["If-Unmodified-Since", "{asctime}"]],
      [WHOLE],
    ),
    // What is no date MUST be ignored.
    ...[
      "2024-05-06T07:08:09Z",
      "0",
      "1714979289",
      "Mon, 06 May 2024 07:08:09",
      "Mon, 06 May 2024 25:61:61 GMT",
      "Mon, 32 May 2024 07:08:09 GMT",
      "Mon, 06 Foo 2024 07:08:09 GMT",
      "-1",
    ].map((value) =>
      row(
        `If-Unmodified-Since: ${value}`,
        "RFC 9110 13.1.4: not a date, MUST be ignored",
        [["If-Unmodified-Since", value]],
        [WHOLE],
      )
    ),
    row(
      "an empty If-Modified-Since",
      "RFC 9110 13.1.3: not a date, MUST be ignored",
      [["If-Modified-Since", ""]],
      [WHOLE],
    ),
    row(
      "two lines of If-Modified-Since",
      "RFC 9110 13.1.3: more than one member, MUST be ignored",
      [["If-Modified-Since", "{modified}"], [
        "If-Modified-Since",
        "{modified}",
      ]],
      [WHOLE, ...rfcOnly({ status: 400 })],
    ),
    row(
      "two lines of If-Unmodified-Since, both long ago",
      "RFC 9110 13.1.4: not a date, MUST be ignored",
      [["If-Unmodified-Since", "{earlier}"], [
        "If-Unmodified-Since",
        "{earlier}",
      ]],
      [WHOLE, ...rfcOnly({ status: 400 })],
    ),
    row(
      "If-Modified-Since on HEAD, equal",
      "RFC 9110 13.1.3",
      [["If-Modified-Since", "{modified}"]],
      notModified,
      { method: "HEAD" },
    ),
    // Lists of tags.
    row(
      "two lines of If-None-Match, the second matches",
      "RFC 9110 5.2: lines are one list",
      [["If-None-Match", '"a"'], ["If-None-Match", "{etag}"]],
      withTag(NOT_MODIFIED),
    ),
    row(
      "If-None-Match with empty members",
      "RFC 9110 5.6.1: recipients MUST ignore empty members",
      [["If-None-Match", ',, "a",, {etag} ,']],
      withTag(NOT_MODIFIED),
    ),
    row(
      "If-None-Match without spaces",
      "RFC 9110 5.6.1",
      [["If-None-Match", '"a",{etag},"b"']],
      withTag(NOT_MODIFIED),
    ),
    row(
      "If-None-Match with a tag that holds a comma",
      "RFC 9110 8.8.3: a comma is an etagc",
      [["If-None-Match", '"a,b", {etag}']],
      withTag(NOT_MODIFIED),
    ),
    row(
      "If-None-Match with a matching tag and a star inside a tag",
      "RFC 9110 8.8.3: only a bare star means any",
      [["If-None-Match", '"*"']],
      [WHOLE],
    ),
    row(
      "If-None-Match with a lower-case w/",
      "RFC 9110 8.8.3: the mark of a weak tag is case-sensitive",
      [["If-None-Match", 'w/"another"']],
      [WHOLE],
    ),
    row(
      "If-None-Match with an empty tag",
      "RFC 9110 8.8.3: an empty tag is a tag",
      [["If-None-Match", '""']],
      [WHOLE],
    ),
    row(
      "If-Match with an empty tag",
      "RFC 9110 13.1.1",
      [["If-Match", '""']],
      [FAILED],
    ),
    row(
      "If-Match with a thousand other tags",
      "RFC 9110 13.1.1",
      [[
        "If-Match",
        Array.from({ length: 1000 }, (_, i) => `"${i}"`).join(", "),
      ]],
      [FAILED],
    ),
    row(
      "If-None-Match with a thousand tags, the last matches",
      "RFC 9110 13.1.2",
      [[
        "If-None-Match",
        [...Array.from({ length: 1000 }, (_, i) => `"${i}"`), "{etag}"]
          .join(", "),
      ]],
      withTag(NOT_MODIFIED),
    ),
  ];
}
