/**
 * What is known of a request, parsed once. Later steps look here and nowhere
 * else. Method, target, headers and peer are read before the handler returns,
 * since the runtime refuses to tell them afterwards.
 *
 * @module
 */

import { isAuthority, splitUrl } from "./authority.ts";
import { parsePath, type PathRules, type RequestPath } from "./path.ts";

/** A request as plain values. A bad path or authority is a value, no error. */
export interface Context {
  readonly method: string;
  readonly headers: Headers;
  /** Path and query as the client wrote them, for the log. */
  readonly target: string;
  readonly path: RequestPath;
  /** Query with its `?`, or the empty string. */
  readonly search: string;
  /** Host and port that the client asked, as it wrote them. */
  readonly authority: string;
  /** Whether the authority is well formed. */
  readonly isAuthorityValid: boolean;
  /** Address of the client. */
  readonly remote: string;
  readonly protocol: "HTTP/1.1" | "HTTP/2.0";
  /** Arrival in milliseconds since the epoch. */
  readonly time: number;
}

/** The part of `Deno.ServeHandlerInfo` that is looked at. */
export interface Peer {
  readonly remoteAddr: Deno.Addr;
}

/**
 * Parses a request.
 *
 * @param request Request as the runtime gives it.
 * @param peer Who sent it.
 * @param options Rules for paths, and the time of arrival.
 * @returns The request as plain values.
 *
 * @example Usage
 * ```ts
 * import { toContext } from "./context.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const request = new Request("http://localhost/a%20b?download");
 * const peer = {
 *   remoteAddr: { transport: "tcp", hostname: "::ffff:10.0.0.1", port: 1 },
 * } as const;
 * const context = toContext(request, peer, { isWindows: false, time: 0 });
 *
 * assertEquals(context.target, "/a%20b?download");
 * assertEquals(context.search, "?download");
 * assertEquals(context.remote, "10.0.0.1");
 * ```
 */
export function toContext(
  request: Request,
  peer: Peer,
  options: PathRules & { readonly time: number },
): Context {
  const { headers } = request;
  const url = splitUrl(request.url);
  const { target } = url;
  const host = headers.get("host");
  const withoutFragment = target.split("#", 1)[0] ?? "";
  const query = withoutFragment.indexOf("?");
  const path = query === -1 ? withoutFragment : withoutFragment.slice(0, query);
  return {
    method: request.method,
    headers,
    target,
    path: parsePath(path, options),
    search: query === -1 ? "" : withoutFragment.slice(query),
    authority: url.authority,
    isAuthorityValid: url.isHttp && isAuthority(url.authority) &&
      (host === null || host === "" || isAuthority(host)),
    remote: remoteOf(peer.remoteAddr),
    // HTTP/2 has `:authority` in the place of `Host`; the runtime offers it
    // over TLS and tells it in no other way.
    protocol: host === null && /^https:/i.test(request.url)
      ? "HTTP/2.0"
      : "HTTP/1.1",
    time: options.time,
  };
}

/** An IPv4 client of an IPv6 socket is written as IPv4. */
function remoteOf(address: Deno.Addr): string {
  if (!("hostname" in address)) return "-";
  return address.hostname.replace(/^::ffff:(?=\d+\.)/i, "");
}
