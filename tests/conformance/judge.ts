/**
 * Decides whether an answer is right: one of the outcomes of its row, and what
 * every answer must be whatever was asked.
 *
 * @module
 */

import type { Answer } from "./client.ts";
import { contentOf, MARKER } from "./fixture.ts";
import { checkLocation } from "./location.ts";
import { checkParts } from "./multipart.ts";
import type { BodyCheck, HeaderCheck, Outcome, Resource } from "./row.ts";

/** What an answer is judged by. */
export interface Case {
  /** Method that was sent. */
  readonly method: string;
  readonly resource: Resource;
  /** Authorities that `Location` may name: the server asked. */
  readonly authorities: readonly string[];
  /** Target that was asked for. */
  readonly target: string;
  /** Judges by this project's own choices as well. */
  readonly isContract: boolean;
}

/** Says what is wrong with an answer, or `null`. */
export function judge(
  answer: Answer,
  outcomes: readonly Outcome[],
  asked: Case,
): string | null {
  const always = checkAlways(answer, asked);
  if (always !== null) return always;
  const usable = asked.isContract
    ? outcomes.filter((outcome) => outcome.rfcOnly !== true)
    : outcomes;
  let best = "";
  for (const outcome of usable) {
    const wrong = checkOutcome(answer, outcome, asked);
    if (wrong === null) return null;
    if (best === "" || statusesOf(outcome).includes(answer.status)) {
      best = wrong;
    }
  }
  return best === "" ? "no outcome is right here" : best;
}

function statusesOf({ status }: Outcome): readonly number[] {
  return typeof status === "number" ? [status] : status;
}

function checkOutcome(
  answer: Answer,
  outcome: Outcome,
  asked: Case,
): string | null {
  const statuses = statusesOf(outcome);
  if (!statuses.includes(answer.status)) {
    return `status ${answer.status} instead of ${statuses.join(" or ")}`;
  }
  for (const [name, check] of Object.entries(outcome.headers ?? {})) {
    // A server may leave out of HEAD what it learns while it sends a body.
    if (asked.method === "HEAD" && !asked.isContract) {
      if (name === "content-length" && !answer.headers.has(name)) continue;
    }
    const wrong = checkHeader(name, answer.headers.get(name), check);
    if (wrong !== null) return wrong;
  }
  if (outcome.location !== undefined) {
    const expected = typeof outcome.location === "string"
      ? [outcome.location]
      : outcome.location;
    const wrong = checkLocation(
      answer.headers.get("location"),
      expected,
      asked,
    );
    if (wrong !== null) return wrong;
  }
  if (outcome.body === undefined || asked.method === "HEAD") return null;
  return checkBody(answer, outcome.body, asked.resource);
}

function checkHeader(
  name: string,
  value: string | undefined,
  check: HeaderCheck,
): string | null {
  if (check === null) {
    return value === undefined ? null : `${name}: ${value} should be absent`;
  }
  if (value === undefined) return `${name} is missing`;
  const holds = typeof check === "string" ? value === check : check.test(value);
  return holds ? null : `${name}: ${value} instead of ${check}`;
}

function checkBody(
  answer: Answer,
  check: BodyCheck,
  resource: Resource,
): string | null {
  switch (check.kind) {
    case "empty":
      return answer.body.length === 0
        ? null
        : `a body of ${answer.body.length} bytes`;
    case "text":
      return utf8.decode(answer.body) === check.text
        ? null
        : `another body of ${answer.body.length} bytes`;
    case "file": {
      const bytes = contentOf(check.file).subarray(check.start ?? 0, check.end);
      return areEqual(answer.body, bytes)
        ? null
        : `a body of ${answer.body.length} bytes that is not the ` +
          `${bytes.length} bytes of the file`;
    }
    case "parts":
      return checkParts(answer, {
        content: contentOf(check.file),
        ranges: check.ranges,
        order: check.order,
        type: resource.headers.get("content-type"),
      });
    default:
      return check satisfies never;
  }
}

/** Fields that a 206 or 304 must have when the 200 has them. */
const KEPT: readonly string[] = [
  "etag",
  "cache-control",
  "vary",
  "content-location",
];

function checkAlways(answer: Answer, asked: Case): string | null {
  const { status, headers, headerLines, body, excess } = answer;
  if (excess > 0) return `${excess} bytes after the end of the answer`;
  if (leaks(answer)) return "content from outside the folder";
  // Others answer 400 before they know the time; one row is about that.
  const needsDate = asked.isContract ? status < 500 : status < 400;
  if (needsDate && !headers.has("date")) {
    return "no Date (RFC 9110 section 6.6.1)";
  }
  if (status === 405 && !headers.has("allow")) {
    return "405 without Allow (RFC 9110 section 15.5.6)";
  }
  if (status === 204 && headers.has("content-length")) {
    return "204 with Content-Length (RFC 9110 section 8.6)";
  }
  if (status === 206 || status === 304) {
    for (const name of KEPT) {
      const expected = asked.resource.headers.get(name);
      if (expected !== undefined && headers.get(name) !== expected) {
        return `${status} with ${name}: ${headers.get(name)} where 200 has ` +
          `${expected} (RFC 9110 sections 15.3.7 and 15.4.5)`;
      }
    }
  }
  if (status === 304) {
    const length = headers.get("content-length");
    if (length !== undefined && Number(length) !== asked.resource.bytes) {
      return `304 with Content-Length: ${length} (RFC 9110 section 8.6)`;
    }
  }
  if (!asked.isContract) return null;
  if (headers.has("server")) return "a Server header";
  if (headerLines.some((line) => /[^\t\x20-\x7e]/.test(line))) {
    return "a header with a raw control or non-ASCII character";
  }
  if (status < 400 && status >= 300 && status !== 304) {
    if (headers.get("cache-control") !== "no-cache") {
      return "a redirect without Cache-Control: no-cache";
    }
  }
  if (status === 200 && headers.get("x-content-type-options") !== "nosniff") {
    return "no X-Content-Type-Options: nosniff";
  }
  const length = headers.get("content-length");
  const isFramed = length !== undefined || headers.has("transfer-encoding") ||
    answer.version === "HTTP/2";
  if (body.length > 0 && !isFramed) return "a body that ends by close";
  return null;
}

const utf8 = new TextDecoder();
const latin1 = new TextDecoder("latin1");

/** Whether bytes from outside the folder are in an answer. */
export function leaks(answer: Answer): boolean {
  return latin1.decode(answer.body).includes(MARKER) ||
    answer.headerLines.some((line) => line.includes(MARKER));
}

/** Whether two byte arrays are the same. */
export function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return false;
  }
  return true;
}

/** Says how the headers of HEAD differ from those of GET, or `null`. */
export function compareHead(
  head: Answer,
  get: Answer,
  isContract: boolean,
): string | null {
  // Others answer 400 before they know the method.
  const isUnread = !isContract && get.status === 400;
  if (head.excess > 0 && !isUnread) return `a body of ${head.excess} bytes`;
  if (head.status !== get.status) {
    return `status ${head.status} where GET has ${get.status}`;
  }
  const names = new Set([...head.headers.keys(), ...get.headers.keys()]);
  for (const name of names) {
    if (APART.includes(name)) continue;
    const ofHead = head.headers.get(name);
    const ofGet = get.headers.get(name);
    if (ofHead === ofGet) continue;
    const isLeftOut = ofHead === undefined && OPTIONAL.includes(name);
    if (isLeftOut && !isContract) continue;
    return `${name}: ${ofHead ?? "absent"} where GET has ${ofGet ?? "none"}`;
  }
  return null;
}

/** Fields that are about the connection or the moment. */
const APART: readonly string[] = [
  "date",
  "expires",
  "connection",
  "keep-alive",
  "transfer-encoding",
];

/** Fields that a server may not know before it makes the content. */
const OPTIONAL: readonly string[] = ["content-length"];
