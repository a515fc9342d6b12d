/**
 * Redirects to the right spelling of a path.
 *
 * @module
 */

import { NO_BODY, type Reply } from "../reply.ts";

/**
 * Makes a redirect.
 *
 * @param location Path that begins with exactly one slash.
 * @param search Query of the request with its `?`; it is kept.
 * @returns 301, path-absolute, without a body.
 *
 * @example Usage
 * ```ts
 * import { redirect } from "./redirect.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(redirect("/a/", "?b").headers, [["location", "/a/?b"]]);
 * ```
 */
export function redirect(location: string, search: string): Reply {
  return {
    status: 301,
    headers: [["location", location + encodeSearch(search)]],
    body: NO_BODY,
  };
}

/** A query as it came, but for what no header or URL may hold as it is. */
function encodeSearch(search: string): string {
  return search.replaceAll(
    /[^\x21-\x7e]|["<>\\^`{|}]/gu,
    (c) => encodeURIComponent(c.toWellFormed()),
  );
}
