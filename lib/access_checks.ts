/**
 * What the options about access may hold, as a sentence about what is wrong
 * with a value: host names that are answered, and origins whose pages may read.
 * The rules hold on the command line and for the library alike.
 *
 * Host names follow RFC 3986 section 3.2.2, origins RFC 6454 section 6.1.
 *
 * @module
 */

/** A name as it is sent: labels of what the URL parser leaves in a host. */
const NAME = /^[a-z0-9_~-]+(?:\.[a-z0-9_~-]+)*$/;

/** Characters that would move the borders of a host inside a URL. */
const NOT_IN_NAME = /[\s/\\?#@%:[\]]/;

/** A scheme, a host and perhaps a port; one slash behind it does no harm. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s/\\?#@*]+\/?$/i;

/** The same with a path, a query or a fragment behind it. */
const MORE_THAN_ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+(?:[?#]|\/.)/i;

/**
 * Checks a host name that is to be answered.
 *
 * @param name A name, `.example.com` for that name and all names under it, or
 * `*` for any.
 * @returns What is wrong and what to do, or `undefined` for a good name.
 *
 * @example Usage
 * ```ts
 * import { checkAllowedHost } from "./access_checks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(checkAllowedHost("files.example.com"), undefined);
 * assertEquals(
 *   checkAllowedHost("*.example.com"),
 *   'Cannot use "*.example.com" as a host name: ' +
 *     "write .example.com for all names under it",
 * );
 * ```
 */
export function checkAllowedHost(name: string): string | undefined {
  if (name === "*") return undefined;
  const wrong = `Cannot use "${name}" as a host name: `;
  if (name.startsWith("*.") && !name.includes("*", 1)) {
    return `${wrong}write ${name.slice(1)} for all names under it`;
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) {
    return `${wrong}give the name alone, without scheme and path`;
  }
  if (/^\[.*\]|:.*:/.test(name)) {
    return `${wrong}addresses are answered anyway`;
  }
  if (name.includes(":")) return `${wrong}leave out the port`;
  // A name from another script is sent as ASCII (RFC 5891): the URL parser
  // spells it as a browser would.
  const bare = name.replace(/^\./, "").replace(/\.$/, "");
  const host = NOT_IN_NAME.test(bare) ? null : URL.parse(`http://${bare}/`);
  if (host !== null && NAME.test(host.hostname)) return undefined;
  return `${wrong}give one such as files.example.com, ` +
    ".example.com for all names under it, or * for any";
}

/**
 * Checks the origins whose pages may read.
 *
 * @param origins Origins such as `https://app.example.com`, or `*` alone for
 * any.
 * @returns What is wrong and what to do, or `undefined` for a good list.
 *
 * @example Usage
 * ```ts
 * import { checkOrigins } from "./access_checks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(checkOrigins(["https://a.example", "http://localhost:3000"]), undefined);
 * assertEquals(
 *   checkOrigins(["*", "https://a.example"]),
 *   'Cannot use "*" beside other origins: give it alone',
 * );
 * ```
 */
export function checkOrigins(origins: readonly string[]): string | undefined {
  if (origins.length === 0) {
    return "Cannot use an empty list of origins: give at least one, " +
      "or * for any";
  }
  if (origins.includes("*")) {
    return origins.every((origin) => origin === "*")
      ? undefined
      : 'Cannot use "*" beside other origins: give it alone';
  }
  for (const origin of origins) {
    const wrong = checkOrigin(origin);
    if (wrong !== undefined) return wrong;
  }
}

function checkOrigin(text: string): string | undefined {
  const wrong = `Cannot use "${text}" as an origin: `;
  // SECURITY: every sandboxed frame, data URL and local file has this origin,
  // so that anybody could make a page that has it.
  if (text === "null") return `${wrong}pages from anywhere have it`;
  if (text.includes("*")) {
    return `${wrong}name each origin in full, or give * alone for any`;
  }
  if (MORE_THAN_ORIGIN.test(text)) {
    return `${wrong}leave out what follows the host`;
  }
  if (ORIGIN.test(text) && URL.canParse(text)) return undefined;
  return `${wrong}give scheme and host such as https://app.example.com`;
}
