/**
 * How the rows of the precondition table are written down.
 *
 * @module
 */

import { sizeOf } from "./fixture.ts";
import { validatorsOf } from "./request.ts";
import {
  type HeaderLines,
  type Outcome,
  type Resource,
  type Row,
  whole,
} from "./row.ts";

const FILE = "note.txt";

/** The answer with the file that most rows are about. */
export const WHOLE: Outcome = whole(FILE, sizeOf(FILE));

/** The client's copy is still good. */
export const NOT_MODIFIED: Outcome = { status: 304, body: { kind: "empty" } };

/** A condition does not hold. */
export const FAILED: Outcome = {
  status: 412,
  headers: { "content-range": null },
};

/** A row: its name, its reason, the fields, what is right. */
export function row(
  id: string,
  clause: string,
  headers: HeaderLines,
  expect: Row["expect"],
  parts: Partial<Row> = {},
): Row {
  return { id, clause, target: `/${FILE}`, headers, expect, ...parts };
}

/** Outcomes of a condition on a tag that the resource may not have. */
export function withTag(
  outcome: Outcome,
): (resource: Resource) => Outcome[] {
  return (resource: Resource): Outcome[] => [
    validatorsOf(resource).etag === null ? WHOLE : outcome,
  ];
}
