/**
 * Which URLs lead to the server: on this machine, and from its networks.
 *
 * @module
 */

import { isLoopback } from "../http/loopback.ts";
import { isReachable, type NetworkInterface, rankOf } from "./network_rank.ts";

/** Where the server listens. */
export interface ListenAddress {
  /** Scheme of its URLs. */
  readonly scheme: "http" | "https";
  /** Address or host name, without brackets. */
  readonly bind: string;
  /** Port that it really has. */
  readonly port: number;
}

/** URLs that lead to the server. */
export interface AddressUrls {
  /** URL on this machine, or `null` where it is not reached as such. */
  readonly localUrl: string | null;
  /** URLs for others, the likeliest first. */
  readonly networkUrls: readonly string[];
}

/** Ports that a URL leaves out. */
const DEFAULT_PORTS = { http: 80, https: 443 };

/**
 * Finds the URLs that lead to the server.
 *
 * @param address Where the server listens.
 * @param interfaces Addresses of this machine; `null` where they may not be
 * read.
 * @returns The URLs, each ending with a slash.
 *
 * @example Usage
 * ```ts
 * import { addressUrls } from "./address_urls.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const address = { scheme: "http", bind: "0.0.0.0", port: 8000 } as const;
 *
 * assertEquals(
 *   addressUrls(address, [
 *     { name: "lo", family: "IPv4", address: "127.0.0.1" },
 *     { name: "eth0", family: "IPv4", address: "192.168.1.23" },
 *   ]),
 *   {
 *     localUrl: "http://localhost:8000/",
 *     networkUrls: ["http://192.168.1.23:8000/"],
 *   },
 * );
 * ```
 */
export function addressUrls(
  address: ListenAddress,
  interfaces: readonly NetworkInterface[] | null,
): AddressUrls {
  const { bind } = address;
  if (isWildcard(bind)) {
    const hosts = hostsOf(bind, interfaces ?? []);
    return {
      localUrl: urlOf(address, "localhost"),
      networkUrls: hosts.map((host) => urlOf(address, host)),
    };
  }
  if (!isLoopback(bind)) {
    return { localUrl: null, networkUrls: [urlOf(address, bind)] };
  }
  // The other addresses of 127/8 are not the ones that localhost stands for.
  const host = bind === "127.0.0.1" || bind === "::1" ? "localhost" : bind;
  return { localUrl: urlOf(address, host), networkUrls: [] };
}

function urlOf(address: ListenAddress, host: string): string {
  const { scheme, port } = address;
  const authority = host.includes(":") ? `[${host}]` : host;
  const suffix = port === DEFAULT_PORTS[scheme] ? "" : `:${port}`;
  return `${scheme}://${authority}${suffix}/`;
}

/** All addresses of this machine; `::` takes IPv4 as well. */
function isWildcard(bind: string): boolean {
  return bind === "0.0.0.0" || bind === "::";
}

function hostsOf(
  bind: string,
  interfaces: readonly NetworkInterface[],
): string[] {
  const reachable = interfaces.filter((each) =>
    isReachable(each) && (each.family === "IPv4" || bind === "::")
  );
  const ranked = reachable.toSorted((a, b) => rankOf(a) - rankOf(b));
  return [...new Set(ranked.map(({ address }) => address))];
}
