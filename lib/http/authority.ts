/**
 * The authority of a request (RFC 9110 section 7.2): what is well formed. The
 * runtime puts the raw `Host` field into `request.url`, so a `Host` with a
 * slash in it would move the border between authority and path.
 *
 * @module
 */

// RFC 3986 section 3.2.2 without user information: a name or IPv4 address, or
// an IPv6 address in brackets, and a port. `_` is not in the grammar of DNS
// but in use inside container networks.
const AUTHORITY = /^(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{0,5}))?$/;

/** Parts of a request URL, cut by hand and not normalised. */
export interface RequestUrl {
  /** Whether the scheme is one that this server answers. */
  readonly isHttp: boolean;
  /** Everything between `://` and the target. */
  readonly authority: string;
  /** Path and query as they came over the wire; `/` where there was no path. */
  readonly target: string;
}

/**
 * Cuts `request.url` into authority and target.
 *
 * @param url URL as the runtime gives it.
 * @returns The parts.
 *
 * @example Usage
 * ```ts
 * import { splitUrl } from "./authority.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(splitUrl("http://localhost:8000/a/../b?c"), {
 *   isHttp: true,
 *   authority: "localhost:8000",
 *   target: "/a/../b?c",
 * });
 * ```
 */
export function splitUrl(url: string): RequestUrl {
  // An absolute form may name any scheme.
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0] ?? "";
  const isHttp = /^(?:https?|http\+unix):\/\/$/i.test(scheme);
  const rest = url.slice(scheme.length);
  const end = rest.search(/[/?#]/);
  if (end === -1) return { isHttp, authority: rest, target: "/" };
  const target = rest.slice(end);
  return {
    isHttp,
    authority: rest.slice(0, end),
    target: target.startsWith("/") ? target : `/${target}`,
  };
}

/**
 * Tells whether an authority is well formed.
 *
 * @param authority Host with or without port, or the value of a `Host` field.
 * @returns `false` for user information, a path, spaces, a port above 65535
 * and whatever else is no host.
 *
 * @example Usage
 * ```ts
 * import { isAuthority } from "./authority.ts";
 * import { assert } from "@std/assert";
 *
 * assert(isAuthority("localhost:8000"));
 * assert(isAuthority("[::1]:8000"));
 * assert(!isAuthority("user@localhost"));
 * assert(!isAuthority("localhost/path"));
 * ```
 */
export function isAuthority(authority: string): boolean {
  const match = AUTHORITY.exec(authority);
  return match !== null && Number(match[1] ?? 0) <= 65_535;
}
