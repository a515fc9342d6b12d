/**
 * The one spelling of a name inside a URL path.
 *
 * @module
 */

// What encodeURIComponent leaves as it is, but for ', in the most of names.
const UNRESERVED = /^[\w.~!*()-]*$/;

/**
 * Encodes a name as one segment of a URL path (RFC 3986 section 3.3). Every
 * character that means something in a URL, in HTML text or in a header is
 * percent-encoded, so the result is safe in each of them.
 *
 * @param name Name of a file or folder, as it is on the disk.
 * @returns The segment, ASCII only.
 *
 * @example Usage
 * ```ts
 * import { encodeSegment } from "./segment.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(encodeSegment("50% & more?.txt"), "50%25%20%26%20more%3F.txt");
 * ```
 */
export function encodeSegment(name: string): string {
  if (UNRESERVED.test(name)) return name;
  // encodeURIComponent leaves ' as it is, and throws on a lone surrogate.
  return encodeURIComponent(name.toWellFormed()).replaceAll("'", "%27");
}
