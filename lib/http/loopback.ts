/**
 * Which hosts are this very machine.
 *
 * @module
 */

/**
 * Tells whether an address is reached from this machine alone.
 *
 * @param host Address or host name, without brackets.
 * @returns Whether it is a loopback address or a name for one.
 *
 * @example Usage
 * ```ts
 * import { isLoopback } from "./loopback.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isLoopback("127.0.0.1"), true);
 * assertEquals(isLoopback("0.0.0.0"), false);
 * ```
 */
export function isLoopback(host: string): boolean {
  return host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host) ||
    /^(.+\.)?localhost$/i.test(host);
}
