/**
 * What the process may do: what is missing and which flag grants it, what is
 * given back, and what is left. Nothing here ever causes a prompt, because
 * every permission is queried before it is used.
 *
 * @module
 */

import { dirname } from "@std/path";

import type { Root } from "../disk/root.ts";

/** Address and port as the user wrote them. */
export interface NetAddress {
  /** Address or host name, without brackets. */
  readonly bind: string;
  readonly port: number;
}

// What a file server never needs once it runs. `read` and `net` cannot be
// narrowed from inside; `net` is needed to listen again.
const GIVEN_BACK = ["write", "run", "env", "ffi", "sys", "import"] as const;

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

function bracket(bind: string): string {
  return bind.includes(":") ? `[${bind}]` : bind;
}

/**
 * Gives back every permission that serving files does not need. Later uses are
 * refused by the runtime.
 *
 * @example Usage
 * ```ts ignore
 * import { giveBack } from "./permissions.ts";
 *
 * giveBack();
 * ```
 */
export function giveBack(): void {
  for (const name of GIVEN_BACK) {
    try {
      Deno.permissions.revokeSync({ name });
    } catch (error) {
      // An older runtime that does not know the name cannot have granted it.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

/**
 * Tells what the process may do beyond reading one folder and listening on one
 * port.
 *
 * @param root What is shared.
 * @param address Where it listens.
 * @returns Phrases for the start page, none where there is nothing more.
 *
 * @example Usage
 * ```ts
 * import { describeExcess } from "./permissions.ts";
 *
 * const root = { kind: "directory", path: "/srv/www", name: "" } as const;
 *
 * describeExcess(root, { bind: "0.0.0.0", port: 8000 });
 * ```
 */
export function describeExcess(root: Root, address: NetAddress): string[] {
  const more: string[] = [];
  const parent = dirname(root.path);
  if (isGranted({ name: "read" })) more.push("read every file");
  else if (parent !== root.path && isGranted({ name: "read", path: parent })) {
    more.push(`read ${parent}`);
  }
  if (isGranted({ name: "net" })) more.push("use the whole network");
  else if (isGranted({ name: "net", host: bracket(address.bind) })) {
    more.push(`use every port of ${address.bind}`);
  }
  for (const name of GIVEN_BACK) {
    if (isGrantedIfKnown(name)) more.push(name);
  }
  return more;
}

function isGrantedIfKnown(name: (typeof GIVEN_BACK)[number]): boolean {
  try {
    return isGranted({ name });
  } catch (error) {
    // As in giveBack.
    if (!(error instanceof TypeError)) throw error;
    return false;
  }
}
