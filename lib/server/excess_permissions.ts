/**
 * What the process may do beyond what it needs.
 *
 * @module
 */

import type { Root } from "../disk/root.ts";
import { dirname } from "../disk_path.ts";
import {
  bracket,
  GIVEN_BACK,
  isGranted,
  type NetAddress,
} from "./permissions.ts";

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
 * import { describeExcess } from "./excess_permissions.ts";
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
    // As where it is given back: an older runtime does not know the name.
    if (!(error instanceof TypeError)) throw error;
    return false;
  }
}
