/**
 * The port of a process that is granted one port alone: it is found out before
 * that process starts.
 *
 * @module
 */

import type { CommandOptions } from "../options.ts";
import { mayListen } from "../server/permissions.ts";

/** What looking for a port comes to. */
export type PortResult =
  | {
    readonly kind: "port";
    readonly port: number;
    /** Ports that were tried before and are taken. */
    readonly taken: readonly number[];
  }
  /** Nothing to be granted: listening says what is wrong. */
  | { readonly kind: "none" };

/** As where a process looks itself: 8000 to 8009. */
const PORTS_TRIED = 10;

/**
 * Finds the port to listen on.
 *
 * @param options Address, port, and whether that port was asked for.
 * @returns The port. It was free a moment ago, or is the one asked for.
 *
 * @example Usage
 * ```ts
 * import { findPort } from "./free_port.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(findPort({ bind: "127.0.0.1", port: 8000, portAsked: true }), {
 *   kind: "port",
 *   port: 8000,
 *   taken: [],
 * });
 * ```
 */
export function findPort(
  { bind, port, portAsked }: Pick<
    CommandOptions,
    "bind" | "port" | "portAsked"
  >,
): PortResult {
  if (!mayListen({ bind, port })) return { kind: "none" };
  // A port that was asked for is tried once, by the process that wants it.
  if (portAsked && port !== 0) return { kind: "port", port, taken: [] };
  const taken: number[] = [];
  const last = port === 0 ? 0 : port + PORTS_TRIED - 1;
  for (let tried = port; tried <= last; tried++) {
    if (!mayListen({ bind, port: tried })) continue;
    const found = tryPort(bind, tried);
    if (found !== null) return { kind: "port", port: found, taken };
    taken.push(tried);
  }
  return { kind: "none" };
}

/** The port that was free, or `null`. */
function tryPort(hostname: string, port: number): number | null {
  try {
    using listener = Deno.listen({ hostname, port });
    return listener.addr.port;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return null;
    // Listening fails for the same reason, and says it.
    return port;
  }
}
