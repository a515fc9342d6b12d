/**
 * Reads from pages of other origins (Fetch Standard, "HTTP-CORS protocol").
 *
 * With `*` any page may read what everybody may read, and never with the
 * user's password. An origin that is named is trusted with more: its pages may
 * send the password that the browser knows, and read what it opens.
 *
 * @module
 */

import type { HeaderPairs } from "../reply.ts";

/** What is said to a page of another origin. */
export interface Cors {
  /** Gives the fields that belong on every reply, by the request's origin. */
  readonly headersFor: (origin: string | null) => HeaderPairs;
  /**
   * Gives the fields of the answer to a preflight; `undefined` where the
   * request is none or its origin may not read.
   */
  readonly preflightFor: (
    request: { readonly method: string; readonly headers: Headers },
  ) => HeaderPairs | undefined;
}

/** What a script may look at, as far as it is not open to it anyway. */
const EXPOSED = [
  "access-control-expose-headers",
  "accept-ranges, content-disposition, content-encoding, content-length, " +
  "content-range, etag, last-modified, retry-after",
] as const;

const VARY_BY_ORIGIN = ["vary", "Origin"] as const;

/** What every allowed preflight is told. Browsers keep it 2 hours at most. */
const PREFLIGHT: HeaderPairs = [
  ["access-control-allow-methods", "GET, HEAD"],
  ["access-control-max-age", "7200"],
  [
    "vary",
    "Access-Control-Request-Method, Access-Control-Request-Headers, " +
    "Access-Control-Request-Private-Network",
  ],
];

/** Far above what pages send, and far below what a header may hold. */
const HEADER_NAMES_LENGTH = 2_000;

/** A token (RFC 9110 section 5.6.2). */
const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;

const OFF: Cors = Object.freeze({
  headersFor: () => [],
  preflightFor: () => undefined,
});

/**
 * Makes the functions that speak to pages of other origins.
 *
 * @param origins Origins whose pages may read, `["*"]` for any, `null` for
 * none.
 * @returns The functions.
 *
 * @example Usage
 * ```ts
 * import { createCors } from "./cors.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { headersFor } = createCors(["https://a.example"]);
 *
 * assertEquals(headersFor("https://b.example"), [["vary", "Origin"]]);
 * assertEquals(headersFor("https://a.example")[0], [
 *   "access-control-allow-origin",
 *   "https://a.example",
 * ]);
 * ```
 */
export function createCors(origins: readonly string[] | null): Cors {
  if (origins === null) return OFF;
  return origins.includes("*") ? forAny() : forListed(origins);
}

function forAny(): Cors {
  const headers: HeaderPairs = [["access-control-allow-origin", "*"], EXPOSED];
  // SECURITY: without this name no page can try passwords with the browsers
  // of its visitors, behind whatever firewall they stand.
  const isRefused = (name: string) => name.toLowerCase() === "authorization";
  return {
    headersFor: () => headers,
    preflightFor: (request) =>
      isPreflight(request)
        ? preflightHeaders(request.headers, isRefused)
        : undefined,
  };
}

function forListed(origins: readonly string[]): Cors {
  const refused: HeaderPairs = [VARY_BY_ORIGIN];
  const listed = new Map(
    origins.map(toOrigin).filter((origin) => origin !== "null").map((
      origin,
    ): [string, HeaderPairs] => [origin, [
      ["access-control-allow-origin", origin],
      ["access-control-allow-credentials", "true"],
      EXPOSED,
      VARY_BY_ORIGIN,
    ]]),
  );
  return {
    // RFC 9110 section 12.5.5: said on every reply, also where no origin was
    // told, or a cache gives one page's answer to another.
    headersFor: (origin) => listed.get(origin ?? "") ?? refused,
    preflightFor: (request) =>
      isPreflight(request) && listed.has(request.headers.get("origin") ?? "")
        ? preflightHeaders(request.headers, () => false)
        : undefined,
  };
}

function isPreflight(
  request: { readonly method: string; readonly headers: Headers },
): boolean {
  return request.method === "OPTIONS" && request.headers.has("origin") &&
    request.headers.has("access-control-request-method");
}

function preflightHeaders(
  headers: Headers,
  isRefused: (name: string) => boolean,
): HeaderPairs {
  const names = requestedNames(headers).filter((name) => !isRefused(name));
  const isPrivate =
    headers.get("access-control-request-private-network") === "true";
  return [
    ...PREFLIGHT,
    ...(names.length === 0
      ? []
      : [["access-control-allow-headers", names.join(", ")] as const]),
    ...(isPrivate
      ? [["access-control-allow-private-network", "true"] as const]
      : []),
  ];
}

/**
 * The header names that the page wants to send. All are fine: those that this
 * server does not know have no effect on it, and `*` means a name with
 * credentials, and nothing to older browsers.
 */
function requestedNames(headers: Headers): readonly string[] {
  const field = headers.get("access-control-request-headers") ?? "";
  if (field.length > HEADER_NAMES_LENGTH) return [];
  const names = field.split(",").map((name) => name.trim());
  return names.every((name) => TOKEN.test(name)) ? names : [];
}

/** An origin as a browser writes it: in lower case, without a default port. */
function toOrigin(text: string): string {
  const origin = URL.parse(text)?.origin ?? "null";
  // Schemes that the URL Standard does not know have no origin there.
  return origin === "null" ? text.toLowerCase().replace(/\/$/, "") : origin;
}
