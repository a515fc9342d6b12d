/**
 * What the process may do, and what it gives back. Nothing here ever causes a
 * prompt, because every permission is queried before it is used. Loaded by a
 * start that has 30 ms: nothing is imported.
 *
 * @module
 */

/** Address and port as the user wrote them. */
export interface NetAddress {
  /** Address or host name, without brackets. */
  readonly bind: string;
  readonly port: number;
}

/**
 * What a file server never needs once it runs. `read` and `net` cannot be
 * narrowed from inside; `net` is needed to listen again.
 */
export const GIVEN_BACK = [
  "write",
  "run",
  "env",
  "ffi",
  "sys",
  "import",
] as const;

type Permission = (typeof GIVEN_BACK)[number] | "read" | "net";

/**
 * Tells whether something is permitted, without asking anybody.
 *
 * @param descriptor Permission.
 * @returns Whether it is granted.
 *
 * @example Usage
 * ```ts
 * import { isGranted } from "./permissions.ts";
 *
 * isGranted({ name: "env", variable: "PORT" });
 * ```
 */
export function isGranted(descriptor: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(descriptor).state === "granted";
}

/**
 * Tells whether the process may listen somewhere.
 *
 * @param address Where.
 * @returns Whether `net` is granted for it.
 *
 * @example Usage
 * ```ts
 * import { mayListen } from "./permissions.ts";
 *
 * mayListen({ bind: "0.0.0.0", port: 8000 });
 * ```
 */
export function mayListen(address: NetAddress): boolean {
  return isGranted({ name: "net", host: formatHost(address) });
}

/**
 * Writes an address as `--allow-net` wants it.
 *
 * @param address Address and port.
 * @returns Host and port, an IPv6 address in brackets.
 *
 * @example Usage
 * ```ts
 * import { formatHost } from "./permissions.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatHost({ bind: "::", port: 8000 }), "[::]:8000");
 * ```
 */
export function formatHost(address: NetAddress): string {
  return `${bracket(address.bind)}:${address.port}`;
}

/**
 * Writes a host as part of an address.
 *
 * @param bind Address or host name, without brackets.
 * @returns The host, an IPv6 address in brackets.
 *
 * @example Usage
 * ```ts
 * import { bracket } from "./permissions.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(bracket("::1"), "[::1]");
 * ```
 */
export function bracket(bind: string): string {
  return bind.includes(":") ? `[${bind}]` : bind;
}

/**
 * Gives back every permission that serving files does not need. Later uses are
 * refused by the runtime.
 *
 * @param kept What is needed once more before it is given back too.
 *
 * @example Usage
 * ```ts ignore
 * import { giveBack } from "./permissions.ts";
 *
 * giveBack(["run"]);
 * // … a program is started …
 * giveBack();
 * ```
 */
export function giveBack(
  kept: readonly (typeof GIVEN_BACK)[number][] = [],
): void {
  for (const name of GIVEN_BACK) {
    if (!kept.includes(name)) revoke(name);
  }
}

/**
 * Gives back every permission there is.
 *
 * @example Usage
 * ```ts ignore
 * import { giveBackAll } from "./permissions.ts";
 *
 * giveBackAll();
 * ```
 */
export function giveBackAll(): void {
  giveBack();
  revoke("read");
  revoke("net");
}

function revoke(name: Permission): void {
  try {
    Deno.permissions.revokeSync({ name });
  } catch (error) {
    // An older runtime that does not know the name cannot have granted it.
    if (!(error instanceof TypeError)) throw error;
  }
}
