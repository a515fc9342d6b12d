/**
 * What the command knows about the machine that it runs on. It is looked up
 * before permissions are given back, or told by the process that started this
 * one.
 *
 * @module
 */

import { isGranted } from "../server/permissions.ts";

/** An address of this machine, as the runtime lists it. */
export interface MachineAddress {
  /** Name of the interface. */
  readonly name: string;
  /** Kind of the address. */
  readonly family: "IPv4" | "IPv6";
  /** The address, without brackets. */
  readonly address: string;
}

/** What is known about the machine; `null` where it may not be looked up. */
export interface Machine {
  /** Home folder of the user. */
  readonly home: string | null;
  /** Name of the machine. */
  readonly hostName: string | null;
  /** Its addresses. */
  readonly interfaces: readonly MachineAddress[] | null;
}

/**
 * Looks up what may be looked up, without asking anybody.
 *
 * @returns What is known.
 *
 * @example Usage
 * ```ts
 * import { lookAround } from "./machine.ts";
 *
 * lookAround().home;
 * ```
 */
export function lookAround(): Machine {
  const variable = Deno.build.os === "windows" ? "USERPROFILE" : "HOME";
  return {
    home: isGranted({ name: "env", variable })
      ? Deno.env.get(variable) ?? null
      : null,
    hostName: isGranted({ name: "sys", kind: "hostname" })
      ? Deno.hostname()
      : null,
    interfaces: isGranted({ name: "sys", kind: "networkInterfaces" })
      ? readInterfaces()
      : null,
  };
}

function readInterfaces(): Machine["interfaces"] {
  try {
    return Deno.networkInterfaces().map(({ name, family, address }) => ({
      name,
      family,
      address,
    }));
  } catch {
    // A service may be held back from asking the system (AF_NETLINK).
    return null;
  }
}
