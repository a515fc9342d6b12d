/**
 * Which URLs lead to the server: on this machine, and from its networks.
 *
 * @module
 */

/** Where the server listens. */
export interface ListenAddress {
  /** Scheme of its URLs. */
  readonly scheme: "http" | "https";
  /** Address or host name, without brackets. */
  readonly bind: string;
  /** Port that it really has. */
  readonly port: number;
}

/** An address of this machine, as the runtime lists it. */
export interface NetworkInterface {
  /** Name of the interface. */
  readonly name: string;
  /** Kind of the address. */
  readonly family: "IPv4" | "IPv6";
  /** The address, without brackets. */
  readonly address: string;
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

/** Networks of containers, virtual machines and tunnels. */
const VIRTUAL_INTERFACE =
  /^(docker|veth|br-|virbr|vbox|vmnet|vEthernet|utun|tun|tap|wg|cni|lxc|podman|tailscale|zt)/i;

const PRIVATE_IPV4 = /^(10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.)/;

/** Not reached from elsewhere: this machine, and addresses nobody assigned. */
const UNREACHABLE_IPV4 = /^(127|0|169\.254)\./;

/** Global addresses (2000::/3) and those of a site (fc00::/7). */
const REACHABLE_IPV6 = /^([23][0-9a-f]{3}|f[cd][0-9a-f]{2}):/i;

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

/**
 * Tells whether an address is reached from this machine alone.
 *
 * @param bind Address or host name, without brackets.
 * @returns Whether it is a loopback address or a name for one.
 *
 * @example Usage
 * ```ts
 * import { isLoopback } from "./address_urls.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isLoopback("127.0.0.1"), true);
 * assertEquals(isLoopback("0.0.0.0"), false);
 * ```
 */
export function isLoopback(bind: string): boolean {
  return bind === "::1" || /^127\.\d+\.\d+\.\d+$/.test(bind) ||
    /^(.+\.)?localhost$/i.test(bind);
}

/** All addresses of this machine; `::` takes IPv4 as well. */
function isWildcard(bind: string): boolean {
  return bind === "0.0.0.0" || bind === "::";
}

function hostsOf(
  bind: string,
  interfaces: readonly NetworkInterface[],
): string[] {
  const reachable = interfaces.filter(({ family, address }) =>
    family === "IPv4"
      ? !UNREACHABLE_IPV4.test(address)
      : bind === "::" && REACHABLE_IPV6.test(address)
  );
  const ranked = reachable.toSorted((a, b) => rankOf(a) - rankOf(b));
  return [...new Set(ranked.map(({ address }) => address))];
}

/** Lower is likelier to be the address that somebody else can use. */
function rankOf({ name, family, address }: NetworkInterface): number {
  return (VIRTUAL_INTERFACE.test(name) ? 4 : 0) +
    (family === "IPv6" ? 2 : 0) +
    (family === "IPv6" || PRIVATE_IPV4.test(address) ? 0 : 1);
}
