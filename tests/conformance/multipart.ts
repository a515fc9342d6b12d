/**
 * Takes a `multipart/byteranges` answer apart (RFC 9110 section 14.6) and
 * compares its parts with the bytes of the whole.
 *
 * @module
 */

import type { RawResponse } from "../_support/raw.ts";

/** What the parts must be. */
export interface Wanted {
  readonly content: Uint8Array;
  readonly ranges: readonly (readonly [first: number, last: number])[];
  readonly order: "exact" | "covers" | "some";
  /** `Content-Type` of the whole. */
  readonly type: string | undefined;
}

interface Part {
  readonly first: number;
  readonly last: number;
  readonly type: string | undefined;
  readonly bytes: Uint8Array;
}

/** Says what is wrong with the parts of an answer, or `null`. */
export function checkParts(answer: RawResponse, wanted: Wanted): string | null {
  const type = answer.headers.get("content-type") ?? "";
  const length = answer.headers.get("content-length");
  if (length !== undefined && Number(length) !== answer.body.length) {
    return `Content-Length: ${length} for ${answer.body.length} bytes`;
  }
  const boundary =
    /^multipart\/byteranges;\s*boundary=(?:"([^"]+)"|([^\s;"]+))\s*$/i
      .exec(type)?.slice(1).find((text) => text !== undefined);
  if (boundary === undefined) {
    if (wanted.order === "exact") {
      return `Content-Type: ${type} has no boundary`;
    }
    return checkSingle(answer, wanted);
  }
  if (answer.headers.has("content-range")) {
    return "Content-Range beside the parts (RFC 9110 section 15.3.7.2)";
  }
  const parts = splitParts(answer.body, boundary, wanted.content.length);
  if (typeof parts === "string") return parts;
  for (const part of parts) {
    const wrong = checkPart(part, wanted, boundary);
    if (wrong !== null) return wrong;
  }
  return checkRanges(parts, wanted);
}

function checkSingle(answer: RawResponse, wanted: Wanted): string | null {
  const range = answer.headers.get("content-range");
  const bounds = parseContentRange(range, wanted.content.length);
  if (bounds === null) return `Content-Range: ${range}`;
  const [first, last] = bounds;
  const part = { first, last, type: wanted.type, bytes: answer.body };
  return checkPart(part, wanted, "") ?? checkRanges([part], wanted);
}

function checkPart(
  part: Part,
  wanted: Wanted,
  boundary: string,
): string | null {
  const { first, last, bytes, type } = part;
  // Some write an empty field where the whole has none.
  if ((type || undefined) !== wanted.type) {
    return `a part with Content-Type: ${type} of ${wanted.type}`;
  }
  if (bytes.length !== last - first + 1) {
    return `a part ${first}-${last} of ${bytes.length} bytes`;
  }
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== wanted.content[first + i]) {
      return `a part ${first}-${last} whose byte ${i} is another`;
    }
  }
  const inside = boundary !== "" &&
    latin1.decode(bytes).includes(`--${boundary}`);
  return inside ? "the boundary stands inside a part" : null;
}

function checkRanges(parts: readonly Part[], wanted: Wanted): string | null {
  const found = parts.map(({ first, last }) => `${first}-${last}`).join(", ");
  const asked = wanted.ranges.map(([first, last]) => `${first}-${last}`);
  if (wanted.order === "exact") {
    return found === asked.join(", ")
      ? null
      : `parts ${found} instead of ${asked.join(", ")}`;
  }
  const isCovered = ([from, to]: readonly [number, number]) =>
    parts.some(({ first, last }) => first <= from && last >= to);
  const isEnough = wanted.order === "covers"
    ? wanted.ranges.every(isCovered)
    : wanted.ranges.some(isCovered);
  return isEnough ? null : `parts ${found} do not cover ${asked.join(", ")}`;
}

const latin1 = new TextDecoder("latin1");

function splitParts(
  body: Uint8Array,
  boundary: string,
  size: number,
): Part[] | string {
  const text = latin1.decode(body);
  const delimiter = `--${boundary}`;
  const parts: Part[] = [];
  let at = text.startsWith("\r\n") ? 2 : 0;
  while (true) {
    if (!text.startsWith(delimiter, at)) return `no boundary at byte ${at}`;
    at += delimiter.length;
    if (text.startsWith("--", at)) {
      const rest = text.slice(at + 2);
      return rest === "" || rest === "\r\n"
        ? parts
        : `${rest.length} bytes after the last boundary`;
    }
    const end = text.indexOf("\r\n\r\n", at);
    if (end < 0) return "a part without an end of its headers";
    const lines = text.slice(at, end).split("\r\n").slice(1);
    const bounds = parseContentRange(fieldOf(lines, "content-range"), size);
    if (bounds === null) return `a part with headers ${lines.join(" | ")}`;
    const [first, last] = bounds;
    const start = end + 4;
    at = start + last - first + 1;
    if (!text.startsWith("\r\n", at)) return `part ${first}-${last} is longer`;
    parts.push({
      first,
      last,
      type: fieldOf(lines, "content-type"),
      bytes: body.subarray(start, at),
    });
    at += 2;
  }
}

function fieldOf(lines: readonly string[], name: string): string | undefined {
  const line = lines.find((l) => l.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}

function parseContentRange(
  value: string | undefined,
  size: number,
): [number, number] | null {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(value ?? "");
  if (match === null || Number(match[3]) !== size) return null;
  const [first, last] = [Number(match[1]), Number(match[2])];
  return first <= last && last < size ? [first, last] : null;
}
