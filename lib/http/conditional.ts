/**
 * Preconditions (RFC 9110 section 13): whether a request for a file is to be
 * answered with the file. Only for GET and HEAD of something that exists; the
 * precedence of section 13.2.2 is the order of the code.
 *
 * @module
 */

import { parseHttpDate } from "./date.ts";
import type { Validators } from "./etag.ts";

/** What the preconditions of a request come to. */
export type Precondition = "send" | "not-modified" | "failed";

/** An entity tag as a header field spells it. */
interface EntityTag {
  readonly isWeak: boolean;
  /** With quotes. */
  readonly opaque: string;
}

// RFC 9110 section 8.8.3: any visible character but the quote.
const ENTITY_TAG =
  /[\t ]*(W\/)?("[\x21\x23-\x7e\x80-\xff]*")[\t ]*(?:,|$)|[\t ]*,/y;

/**
 * Evaluates `If-Match`, `If-None-Match`, `If-Modified-Since` and
 * `If-Unmodified-Since`.
 *
 * @param headers Request headers.
 * @param validators Validators of the file.
 * @param now Milliseconds since the epoch.
 * @returns `send` for the ordinary answer, `not-modified` for 304, `failed`
 * for 412. A file without validators is never `not-modified`: its bytes may
 * have changed.
 *
 * @example Usage
 * ```ts
 * import { evaluatePreconditions } from "./conditional.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const headers = new Headers({ "if-none-match": '"a", W/"b"' });
 * const file = { etag: '"b"', lastModified: null };
 *
 * assertEquals(evaluatePreconditions(headers, file, 0), "not-modified");
 * ```
 */
export function evaluatePreconditions(
  headers: Headers,
  validators: Validators,
  now: number,
): Precondition {
  const { etag, lastModified } = validators;
  const ifMatch = headers.get("if-match");
  if (ifMatch !== null) {
    if (!matchesStrongly(ifMatch, etag)) return "failed";
  } else if (lastModified !== null) {
    const since = dateOf(headers.get("if-unmodified-since"), now);
    if (since !== undefined && lastModified > since) return "failed";
  }
  const ifNoneMatch = headers.get("if-none-match");
  if (ifNoneMatch !== null) {
    return matchesWeakly(ifNoneMatch, etag) ? "not-modified" : "send";
  }
  if (lastModified === null) return "send";
  // Only the very date: a file that an older one was put over (`mv`, `tar x`,
  // a checkout) is changed as well.
  const since = dateOf(headers.get("if-modified-since"), now);
  return since === lastModified ? "not-modified" : "send";
}

/**
 * Evaluates `If-Range` (section 13.1.5): whether a `Range` may be answered
 * with a part, because the client's other parts are of the same version.
 *
 * @param headers Request headers.
 * @param validators Validators of the file.
 * @param now Milliseconds since the epoch.
 * @returns `true` where there is no `If-Range`, or where it names this version
 * by a strong tag or by its exact date.
 *
 * @example Usage
 * ```ts
 * import { isRangeWelcome } from "./conditional.ts";
 * import { assert } from "@std/assert";
 *
 * const file = { etag: '"a"', lastModified: null };
 *
 * assert(isRangeWelcome(new Headers({ "if-range": '"a"' }), file, 0));
 * assert(!isRangeWelcome(new Headers({ "if-range": 'W/"a"' }), file, 0));
 * ```
 */
export function isRangeWelcome(
  headers: Headers,
  validators: Validators,
  now: number,
): boolean {
  const ifRange = headers.get("if-range");
  if (ifRange === null) return true;
  if (validators.etag !== null && ifRange.trim() === validators.etag) {
    return true;
  }
  const date = dateOf(ifRange, now);
  return date !== undefined && date === validators.lastModified;
}

function matchesStrongly(field: string, etag: string | null): boolean {
  if (field.trim() === "*") return true;
  return parseEntityTags(field).some((tag) =>
    !tag.isWeak && tag.opaque === etag
  );
}

function matchesWeakly(field: string, etag: string | null): boolean {
  if (etag === null) return false;
  if (field.trim() === "*") return true;
  return parseEntityTags(field).some((tag) => tag.opaque === etag);
}

/** Reads a list up to its first error; a tag may contain a comma. */
function parseEntityTags(field: string): readonly EntityTag[] {
  const tags: EntityTag[] = [];
  ENTITY_TAG.lastIndex = 0;
  while (ENTITY_TAG.lastIndex < field.length) {
    const match = ENTITY_TAG.exec(field);
    if (match === null) break;
    const [, weak, opaque] = match;
    if (opaque !== undefined) tags.push({ isWeak: weak !== undefined, opaque });
  }
  return tags;
}

function dateOf(field: string | null, now: number): number | undefined {
  return field === null ? undefined : parseHttpDate(field.trim(), now);
}
