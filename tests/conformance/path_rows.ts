/**
 * How the rows of the path table are written down: one line for a target and
 * what is right for it.
 *
 * @module
 */

import { sizeOf } from "./fixture.ts";
import { type Outcome, REFUSED, rfcOnly, type Row, whole } from "./row.ts";

/** A target and its right answers. */
export type Short = readonly [target: string, expect: Row["expect"]];

/** The answer with a file. */
export function fileAt(file: string): Outcome {
  return whole(file, sizeOf(file));
}

/** 301 to one of these. */
export function movedTo(...location: string[]): Outcome {
  return { status: 301, location };
}

/** Rows of one rule. */
export function rows(
  clause: string,
  cases: readonly Short[],
  parts: Partial<Row> = {},
): Row[] {
  return cases.map(([target, expect]) => ({
    id: target.length > 70
      ? `${target.slice(0, 60)}… (${target.length})`
      : target,
    clause,
    target,
    expect,
    ...parts,
  }));
}

/** The answer with `hello.txt`. */
export const HELLO: Outcome = fileAt("hello.txt");

/** Nothing is there. */
export const NOT_FOUND: Outcome = { status: 404 };

/** The target is refused. */
export const BAD: Outcome = { status: 400 };

/** Any refusal will do, nothing may be served. */
export const REFUSAL: readonly Outcome[] = rfcOnly({
  status: [...REFUSED, 500, 501],
});
