/**
 * Which address of this machine others can most likely use. Nobody tells: it is
 * guessed from the names of interfaces, as Linux, BSD, macOS and Windows give
 * them, and from what addresses are set aside for.
 *
 * @module
 */

/** An address of this machine, as the runtime lists it. */
export interface NetworkInterface {
  /** Name of the interface. */
  readonly name: string;
  /** Kind of the address. */
  readonly family: "IPv4" | "IPv6";
  /** The address, without brackets. */
  readonly address: string;
}

/** Cables and radio, and the bridges that servers put over them. */
const LAN_NAME =
  /^(?:en|eth|wl|wifi|bond\d|team\d|(?:vm)?br\d|em\d|igb|ixl?\d|bge|re\d|wi-?fi|lan\b|local area connection)/i;

/** Networks of containers, virtual machines and tunnels, by their beginning. */
const VIRTUAL_NAME =
  /^(?:docker|veth|br-|virbr|lxc|lxd|incus|podman|cni|nerdctl|flannel|cali|cilium|kube|vbox|vmnet|vmenet|vnet|bridge\d|utun|i?tun|tap|wg|zt|tailscale|nebula|ppp|ipsec|gif|stf|sit|dummy|awdl|llw|anpi|waydroid|local area connection\*)/i;

/** The same where names are sentences. */
const VIRTUAL_WORD =
  /virtual|vethernet|vmware|hyper-v|wsl|vpn|wireguard|wintun|tap-|tailscale|zerotier|nordlynx|hamachi|bluetooth|loopback|npcap/i;

const PRIVATE_IPV4 = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.)/;

/**
 * What VirtualBox calls `Ethernet 2` on Windows, addresses that providers share
 * out among customers and VPNs among members (100.64.0.0/10), and what proxies
 * give to themselves (198.18.0.0/15).
 */
const VIRTUAL_IPV4 =
  /^(?:192\.168\.56\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|198\.1[89]\.)/;

/** This machine, addresses nobody assigned, and translated ones. */
const UNREACHABLE_IPV4 = /^(?:(?:127|0|169\.254)\.|192\.0\.0\.)/;

/** Global addresses (2000::/3) and those of a site (fc00::/7). */
const REACHABLE_IPV6 = /^(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}):/i;

/**
 * Tells whether an address is one that another machine could use.
 *
 * @param address Address of this machine.
 * @returns Whether it is; never for loopback and link-local addresses.
 *
 * @example Usage
 * ```ts
 * import { isReachable } from "./network_rank.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const eth0 = { name: "eth0", family: "IPv6" } as const;
 *
 * assertEquals(isReachable({ ...eth0, address: "fe80::1" }), false);
 * assertEquals(isReachable({ ...eth0, address: "fd00::1" }), true);
 * ```
 */
export function isReachable({ family, address }: NetworkInterface): boolean {
  return family === "IPv4"
    ? !UNREACHABLE_IPV4.test(address)
    : REACHABLE_IPV6.test(address);
}

/**
 * Ranks an address. Private ones come first: they are what a phone beside this
 * machine uses, while firewalls mostly stand before the public ones.
 *
 * @param address Address of this machine.
 * @returns A number, lower for what is likelier to be of use to somebody else.
 *
 * @example Usage
 * ```ts
 * import { rankOf } from "./network_rank.ts";
 * import { assert } from "@std/assert";
 *
 * const family = "IPv4";
 * const eth0 = { name: "eth0", family, address: "10.0.0.7" } as const;
 * const docker0 = { name: "docker0", family, address: "172.17.0.1" } as const;
 *
 * assert(rankOf(eth0) < rankOf(docker0));
 * ```
 */
export function rankOf({ name, family, address }: NetworkInterface): number {
  const isVirtual = VIRTUAL_NAME.test(name) || VIRTUAL_WORD.test(name) ||
    VIRTUAL_IPV4.test(address);
  const isPublic = family === "IPv4" && !PRIVATE_IPV4.test(address);
  const byName = isVirtual ? 8 : LAN_NAME.test(name) ? 0 : 1;
  return byName + (family === "IPv6" ? 4 : 0) + (isPublic ? 2 : 0);
}
