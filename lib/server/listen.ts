/**
 * Opening the socket: one attempt, what went wrong in words, and the search
 * for a free port where none was asked for.
 *
 * @module
 */

import type { Handler } from "../answer.ts";
import { failureResponse } from "../response.ts";
import type { TlsCertificate } from "./certificate.ts";
import { formatHost, mayListen, type NetAddress } from "./permissions.ts";

/** A server that accepts connections. */
export type HttpServer = Deno.HttpServer<Deno.NetAddr>;

/** How a server listens. */
export interface ListenOptions {
  /** Certificate for HTTPS and HTTP/2; `null` or absent: HTTP. */
  readonly tls?: TlsCertificate | null | undefined;
  /** Ends the server and all of its connections at once. */
  readonly signal?: AbortSignal | undefined;
}

/** What listening comes to. */
export type ListenResult =
  | {
    readonly kind: "listening";
    readonly server: HttpServer;
    /** Ports that were tried before and are taken. */
    readonly taken: readonly number[];
  }
  | {
    readonly kind: "failed";
    /** One line without `error: ` in front. */
    readonly message: string;
  };

/** How many ports are tried where none was asked for: 8000 to 8009. */
const PORTS_TRIED = 10;

/** Up to this port, systems other than Windows ask who it is. */
const LAST_PRIVILEGED_PORT = 1023;

/**
 * Listens once.
 *
 * @param address Where.
 * @param handler Answers the requests.
 * @param options Certificate, and what ends the server.
 * @returns The server. It accepts connections already.
 * @throws What the runtime throws: the address is taken, forbidden, unknown.
 *
 * @example Usage
 * ```ts ignore
 * import { listen } from "./listen.ts";
 *
 * const server = listen({ bind: "127.0.0.1", port: 0 }, handler);
 * await server.shutdown();
 * ```
 */
export function listen(
  address: NetAddress,
  handler: Handler,
  options: ListenOptions = {},
): HttpServer {
  const { tls, signal } = options;
  return Deno.serve({
    ...(tls ? { cert: tls.cert, key: tls.key } : {}),
    ...(signal === undefined ? {} : { signal }),
    hostname: address.bind,
    port: address.port,
    // The runtime's own compression has no `Vary` on plain answers, and can be
    // switched on from outside.
    automaticCompression: false,
    onListen: () => {},
    // Bodies that break off end here; their answer is on its way already.
    onError: () => failureResponse(),
  }, handler);
}

/**
 * Listens where the user wants it.
 *
 * @param address Where.
 * @param handler Answers the requests.
 * @param options As for {@linkcode listen}, and whether that port was asked
 * for. If not, and it is taken, the next one that is free and permitted is used.
 * @returns The server, or one line that says what to do.
 *
 * @example Usage
 * ```ts ignore
 * import { listenOrExplain } from "./listen.ts";
 *
 * const address = { bind: "0.0.0.0", port: 8000 };
 * const result = listenOrExplain(address, handler, { isPortAsked: true });
 * ```
 */
export function listenOrExplain(
  address: NetAddress,
  handler: Handler,
  options: ListenOptions & { readonly isPortAsked: boolean },
): ListenResult {
  const { bind, port } = address;
  if (!mayListen(address)) {
    const host = formatHost(address);
    // Whoever granted loopback alone means it.
    const advice = isWildcard(bind) && mayListen({ bind: "127.0.0.1", port })
      ? `run with --bind 127.0.0.1 as well, or with --allow-net=${host}`
      : `run with --allow-net=${host}`;
    const message = `Cannot listen on ${host}: ${advice}`;
    return { kind: "failed", message };
  }
  const taken: number[] = [];
  const last = options.isPortAsked ? port : port + PORTS_TRIED - 1;
  for (let tried = port; tried <= last; tried++) {
    if (!mayListen({ bind, port: tried })) continue;
    try {
      const server = listen({ bind, port: tried }, handler, options);
      return { kind: "listening", server, taken };
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) {
        return {
          kind: "failed",
          message: explain(error, { bind, port: tried }),
        };
      }
      taken.push(tried);
    }
  }
  const ports = taken.length === 1
    ? `port ${port}: it is taken`
    : `a port from ${port} to ${taken.at(-1)}: they are taken`;
  const next = { bind, port: port + 1 };
  const advice = !options.isPortAsked && !mayListen(next)
    ? `give another port, or run with --allow-net=${formatHost(next)} as well`
    : "give another port, or 0 for any that is free";
  const message = `Cannot listen on ${ports}; ${advice}`;
  return { kind: "failed", message };
}

function isWildcard(bind: string): boolean {
  return bind === "0.0.0.0" || bind === "::";
}

/**
 * Says why listening failed.
 *
 * @param error What `listen` threw.
 * @param address Where it was to listen.
 * @returns One line without `error: ` in front.
 *
 * @example Usage
 * ```ts
 * import { explain } from "./listen.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   explain(new Deno.errors.AddrNotAvailable(), { bind: "192.0.2.1", port: 0 }),
 *   "Cannot listen on 192.0.2.1: this machine has no such address",
 * );
 * ```
 */
export function explain(error: unknown, address: NetAddress): string {
  const { bind, port } = address;
  if (error instanceof Deno.errors.PermissionDenied) {
    // Windows keeps ranges of higher ports for itself.
    const advice = port > LAST_PRIVILEGED_PORT
      ? "give another port, or 0 for any that is free"
      : `give a port above ${LAST_PRIVILEGED_PORT}`;
    return `Cannot listen on port ${port}: this user may not; ${advice}`;
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return `Cannot listen on ${bind}: this machine has no such address`;
  }
  if (error instanceof Deno.errors.NotCapable) {
    const host = formatHost(address);
    return `Cannot listen on ${host}: run with --allow-net=${host}`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  // Files are checked before: this is what the runtime alone can tell.
  if (/KeyMismatch/.test(reason)) {
    return "Cannot use the certificate: its private key is another one";
  }
  if (/certificate|\bkeys?\b/i.test(reason)) {
    return `Cannot use the certificate: ${reason.split("\n", 1)[0]}`;
  }
  return /lookup|resolve/i.test(reason)
    ? `Cannot listen on ${bind}: give an address or name of this machine`
    : `Cannot listen on ${formatHost(address)}: ${reason.split("\n", 1)[0]}`;
}
