/**
 * Header fields that do not depend on what is answered: compiled once from the
 * options and laid over every reply, early ones and errors too.
 *
 * @module
 */

import type { HeaderRules } from "../options.ts";
import type { HeaderPairs } from "../reply.ts";

const ALWAYS: HeaderPairs = [["x-content-type-options", "nosniff"]];

/**
 * `Cache-Control` of what may be another thing tomorrow: pages, redirects,
 * errors. `localhost:8000` is another site by then.
 */
export const NO_CACHE = "no-cache";

/**
 * Gives `Cache-Control` of files (RFC 9111 section 5.2.2).
 *
 * @param rules Seconds that a file may be used without asking, or `null`.
 * @returns Value of the field.
 *
 * @example Usage
 * ```ts
 * import { cacheControl } from "./response_headers.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(cacheControl({ cache: 60 }), "max-age=60");
 * assertEquals(cacheControl({ cache: null }), "no-cache");
 * ```
 */
export function cacheControl(rules: Pick<HeaderRules, "cache">): string {
  return rules.cache === null ? NO_CACHE : `max-age=${rules.cache}`;
}

/**
 * Makes the function that completes the headers of a reply.
 *
 * @param rules Headers that the user asked for; they win over the reply's.
 * @returns A function from a reply's headers to those that are sent.
 *
 * @example Usage
 * ```ts
 * import { createHeaderFinisher } from "./response_headers.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const finish = createHeaderFinisher({ headers: [["X-A", "1"]] });
 *
 * assertEquals(finish([["allow", "GET"]]), [
 *   ["allow", "GET"],
 *   ["cache-control", "no-cache"],
 *   ["x-content-type-options", "nosniff"],
 *   ["x-a", "1"],
 * ]);
 * ```
 */
export function createHeaderFinisher(
  rules: Pick<HeaderRules, "headers">,
): (headers: HeaderPairs) => HeaderPairs {
  const custom: HeaderPairs = rules.headers
    .map(([name, value]) => [name.toLowerCase(), value] as const);
  const replaced = new Set(custom.map(([name]) => name));
  return (headers) => {
    const hasCache = headers.some(([name]) => name === "cache-control");
    const own: HeaderPairs = [
      ...headers,
      ...(hasCache ? [] : [["cache-control", NO_CACHE] as const]),
      ...ALWAYS,
    ];
    if (replaced.size === 0) return own;
    // Several parts cannot be read without the boundary that their type names.
    const isLocked = ([name]: HeaderPairs[number]) =>
      name === "content-type" && own.some(isMultipart);
    return [
      ...own.filter((pair) => !replaced.has(pair[0]) || isLocked(pair)),
      ...custom.filter((pair) => !isLocked(pair)),
    ];
  };
}

function isMultipart([name, value]: HeaderPairs[number]): boolean {
  return name === "content-type" && value.startsWith("multipart/byteranges");
}
