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
  /** Whether it came over TLS to this server. */
  readonly scheme: "http" | "https";
  /** Whether the authority is well formed. */
  readonly isAuthorityValid: boolean;
  /** Address of the client. */
  readonly remote: string;
  readonly protocol: "HTTP/1.1" | "HTTP/2.0";
  /** Arrival in milliseconds since the epoch. */
  readonly time: number;
  /**
   * Aborts when the client leaves before its answer; `null` where nobody tells.
   * To be asked for before anything is waited for: later it may tell nothing.
   */
  readonly signal: AbortSignal | null;
}

/** What a request is parsed with. */
export interface ContextOptions extends PathRules {
  /** Arrival in milliseconds since the epoch. */
  readonly time: number;
  /** Tells whether a client has left; without it, nobody does. */
  readonly signalOf?: SignalOf;
}

/** Gives what aborts when the client of a request leaves. */
export type SignalOf = (request: Request) => AbortSignal | null;

/** The part of `Deno.ServeHandlerInfo` that is looked at. */
export interface Peer {
  readonly remoteAddr: Deno.Addr;
}

/**
 * Parses a request.
 *
 * @param request Request as the runtime gives it.
 * @param peer Who sent it.
 * @param options Rules for paths, the time of arrival, and who tells of the
 * client.
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
  options: ContextOptions,
): Context {
  return new RequestContext(request, peer, options);
}

/** What stands before the target, which is the same for most requests. */
interface Origin {
  /** Scheme and authority as they stand in the URL; empty for a strange one. */
  readonly prefix: string;
  readonly authority: string;
  readonly isHttp: boolean;
  readonly isHttps: boolean;
  readonly isAuthorityValid: boolean;
}

/** The origin of the request before: looked at again only where it differs. */
let lastOrigin = toOrigin("");

/** A class, so that the path is parsed only where something asks for it. */
class RequestContext implements Context {
  readonly method: string;
  readonly headers: Headers;
  readonly target: string;
  readonly search: string;
  readonly authority: string;
  readonly scheme: Context["scheme"];
  readonly isAuthorityValid: boolean;
  readonly remote: string;
  readonly protocol: Context["protocol"];
  readonly time: number;
  readonly #request: Request;
  readonly #options: ContextOptions;
  #path: RequestPath | null = null;

  constructor(
    request: Request,
    peer: Peer,
    options: ContextOptions,
  ) {
    const { url, headers } = request;
    const origin = originOf(url);
    const host = headers.get("host");
    this.method = request.method;
    this.headers = headers;
    this.target = targetOf(url, origin);
    this.search = searchOf(this.target);
    this.authority = origin.authority;
    this.scheme = origin.isHttps ? "https" : "http";
    this.isAuthorityValid = origin.isHttp && origin.isAuthorityValid &&
      (host === null || host === "" || host === origin.authority ||
        isAuthority(host));
    this.remote = remoteOf(peer.remoteAddr);
    // HTTP/2 has `:authority` in the place of `Host`; the runtime offers it
    // over TLS and tells it in no other way.
    this.protocol = host === null && origin.isHttps ? "HTTP/2.0" : "HTTP/1.1";
    this.time = options.time;
    this.#request = request;
    this.#options = options;
  }

  get path(): RequestPath {
    return this.#path ??= parsePath(pathOf(this.target), this.#options);
  }

  get signal(): AbortSignal | null {
    return this.#options.signalOf?.(this.#request) ?? null;
  }
}

function originOf(url: string): Origin {
  const { prefix } = lastOrigin;
  // With the slash behind it: `http://a` is no origin of `http://a.example/`.
  const isSame = prefix !== "" && url.charCodeAt(prefix.length) === SLASH &&
    url.startsWith(prefix);
  return isSame ? lastOrigin : lastOrigin = toOrigin(url);
}

function toOrigin(url: string): Origin {
  const { authority, isHttp } = splitUrl(url);
  return {
    // A URL with another scheme is cut anew each time.
    prefix: isHttp ? `${url.slice(0, url.indexOf("://"))}://${authority}` : "",
    authority,
    isHttp,
    isHttps: /^https:/i.test(url),
    isAuthorityValid: isAuthority(authority),
  };
}

function targetOf(url: string, { prefix }: Origin): string {
  return prefix !== "" && url.charCodeAt(prefix.length) === SLASH
    ? url.slice(prefix.length)
    : splitUrl(url).target;
}

const SLASH = 0x2f;

/** RFC 9110 section 4.2.5: a fragment is no part of a target. */
function searchOf(target: string): string {
  const whole = withoutFragment(target);
  const query = whole.indexOf("?");
  return query === -1 ? "" : whole.slice(query);
}

function pathOf(target: string): string {
  const whole = withoutFragment(target);
  const query = whole.indexOf("?");
  return query === -1 ? whole : whole.slice(0, query);
}

function withoutFragment(target: string): string {
  const fragment = target.indexOf("#");
  return fragment === -1 ? target : target.slice(0, fragment);
}

/** An IPv4 client of an IPv6 socket is written as IPv4. */
function remoteOf(address: Deno.Addr): string {
  if (!("hostname" in address)) return "-";
  const { hostname } = address;
  return hostname.startsWith(":")
    ? hostname.replace(/^::ffff:(?=\d+\.)/i, "")
    : hostname;
}
