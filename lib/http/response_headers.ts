/**
 * Header fields that do not depend on what is answered: compiled once from the
 * options and laid over every reply, early ones and errors too.
 *
 * @module
 */

import type { AccessRules, HeaderRules } from "../options.ts";
import type { HeaderPairs } from "../reply.ts";
import { createCors } from "./cors.ts";

/** What matters of a request for the headers of its reply. */
export interface Asker {
  /** `Origin` of the request, or `null`. */
  readonly origin: string | null;
}

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
 * @param rules Headers that the user asked for, which win over the reply's
 * (`Vary` alone is put together from both), and origins whose pages may read.
 * @returns A function from a reply's headers, and who asked, to those that are
 * sent.
 *
 * @example Usage
 * ```ts
 * import { createHeaderFinisher } from "./response_headers.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const finish = createHeaderFinisher({ headers: [["X-A", "1"]], cors: null });
 *
 * assertEquals(finish([["allow", "GET"]], { origin: null }), [
 *   ["allow", "GET"],
 *   ["cache-control", "no-cache"],
 *   ["x-content-type-options", "nosniff"],
 *   ["cross-origin-resource-policy", "same-site"],
 *   ["referrer-policy", "same-origin"],
 *   ["x-a", "1"],
 * ]);
 * ```
 */
export function createHeaderFinisher(
  rules: Pick<HeaderRules, "headers"> & Pick<AccessRules, "cors">,
): (headers: HeaderPairs, asker: Asker) => HeaderPairs {
  const always: HeaderPairs = [
    ["x-content-type-options", "nosniff"],
    // SECURITY: without it any page may embed what this server has, and learn
    // at least that it is there. Other ports of this machine are the same site.
    ["cross-origin-resource-policy", rules.cors ? "cross-origin" : "same-site"],
    // The names of folders are nobody's business elsewhere.
    ["referrer-policy", "same-origin"],
  ];
  const { headersFor } = createCors(rules.cors);
  const custom: HeaderPairs = rules.headers
    .map(([name, value]) => [name.toLowerCase(), value] as const);
  // SECURITY: were the user's `Vary` the only one, a cache could give the
  // answer for one origin to another, or JSON to whoever wants a page.
  const replaced = new Set(custom.map(([name]) => name));
  replaced.delete("vary");
  return (headers, asker) => {
    const hasCache = headers.some(([name]) => name === "cache-control");
    const own: HeaderPairs = [
      ...headers,
      ...(hasCache ? [] : [["cache-control", NO_CACHE] as const]),
      ...always,
      ...headersFor(asker.origin),
    ];
    if (custom.length === 0) return withOneVary(own);
    // Several parts cannot be read without the boundary that their type names.
    const isLocked = ([name]: HeaderPairs[number]) =>
      name === "content-type" && own.some(isMultipart);
    return withOneVary([
      ...own.filter((pair) => !replaced.has(pair[0]) || isLocked(pair)),
      ...custom.filter((pair) => !isLocked(pair)),
    ]);
  };
}

function isMultipart([name, value]: HeaderPairs[number]): boolean {
  return name === "content-type" && value.startsWith("multipart/byteranges");
}

/** RFC 9110 section 12.5.5: a list of names in any case, or `*`. */
function withOneVary(headers: HeaderPairs): HeaderPairs {
  const fields = headers.filter(([name]) => name === "vary");
  if (fields.length < 2) return headers;
  const names = fields.flatMap(([_, value]) => value.split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const lower = names.map((name) => name.toLowerCase());
  const value = names.includes("*")
    ? "*"
    : names.filter((_, at) => lower.indexOf(lower[at] ?? "") === at).join(", ");
  return [...headers.filter(([name]) => name !== "vary"), ["vary", value]];
}
