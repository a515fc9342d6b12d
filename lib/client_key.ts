/**
 * Under which name a client is counted. One household or server has a whole
 * IPv6 network of 64 bits, so its addresses count as one.
 *
 * @module
 */

/**
 * Gives the name under which an address is counted.
 *
 * @param address Address as the runtime gives it, or any other word.
 * @returns An IPv4 address as it is, also where it came in the form of IPv6;
 * of an IPv6 address the first four groups; any other word as it is.
 *
 * @example Usage
 * ```ts
 * import { clientKey } from "./client_key.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(clientKey("::ffff:192.0.2.1"), "192.0.2.1");
 * assertEquals(clientKey("2001:db8:0:7::1"), "2001:db8:0:7::/64");
 * ```
 */
export function clientKey(address: string): string {
  if (!address.includes(":")) return address;
  const [bare = ""] = address.toLowerCase().split("%", 1);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  const [left = "", right] = bare.split("::", 2);
  const groups = left === "" ? [] : left.split(":");
  // `::` stands for as many zeros as are missing of eight groups.
  const after = right === undefined || right === "" ? [] : right.split(":");
  while (right !== undefined && groups.length + after.length < 8) {
    groups.push("0");
  }
  const network = [...groups, ...after].slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""));
  return `${network.join(":")}::/64`;
}
