/**
 * The flags of the runtime that permit what serving needs, and nothing else.
 *
 * @module
 */

import type { CommandOptions } from "../options.ts";
import { formatHost, type NetAddress } from "../server/permissions.ts";

/** What is to be permitted. */
export interface Needs {
  /** Where it listens. */
  readonly address: NetAddress;
  /** Canonical path of what is shared. */
  readonly path: string;
  /** Files that are read besides, as they were written. */
  readonly files: readonly string[];
  /** Programs that are started. */
  readonly programs: readonly string[];
}

/** How the runtime is to be started. */
export interface Grants {
  /** Arguments of `deno run`. */
  readonly flags: readonly string[];
  /** Folder to start it in, or `null` for the one it is in. */
  readonly cwd: string | null;
}

/**
 * Writes the least flags.
 *
 * @param needs What is to be permitted.
 * @param options Whether links may lead anywhere.
 * @returns The flags, or `null` where no flag can say it.
 *
 * @example Usage
 * ```ts
 * import { leastGrants } from "./grants.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const address = { bind: "::", port: 8000 };
 * const files = ["cert.pem"];
 * const needs = { address, path: "/srv/www", files, programs: [] };
 *
 * assertEquals(leastGrants(needs, { followSymlinks: false }), {
 *   flags: [
 *     "--no-prompt",
 *     "--allow-net=[::]:8000",
 *     "--allow-read=/srv/www,cert.pem",
 *   ],
 *   cwd: null,
 * });
 * ```
 */
export function leastGrants(
  { address, path, files, programs }: Needs,
  options: Pick<CommandOptions, "followSymlinks">,
): Grants | null {
  const flags = [
    "--no-prompt",
    `--allow-net=${formatHost(address)}`,
    ...programs.map((program) => `--allow-run=${program}`),
  ];
  // Where links lead, nobody can list: they are held by our code alone.
  if (options.followSymlinks) {
    return { flags: [...flags, "--allow-read"], cwd: null };
  }
  // SECURITY: a comma separates two paths, and what stands for one differs from
  // version to version (`,,` until 2.8). Half a path must not be permitted.
  if (files.some(hasComma)) return null;
  if (!hasComma(path)) {
    const read = `--allow-read=${[path, ...files].join(",")}`;
    return { flags: [...flags, read], cwd: null };
  }
  // A folder can be named without its name by being in it. What is in it is
  // none of the program's configuration.
  if (files.length > 0) return null;
  return { flags: [...flags, "--allow-read=."], cwd: path };
}

function hasComma(path: string): boolean {
  return path.includes(",");
}

/**
 * Names the files that are read besides what is shared.
 *
 * @param options What the user asked for.
 * @returns Paths as they were written.
 *
 * @example Usage
 * ```ts
 * import { filesOf } from "./grants.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   filesOf({ authFile: "users", tlsCert: null, tlsKey: null }),
 *   ["users"],
 * );
 * ```
 */
export function filesOf(
  options: Pick<CommandOptions, "authFile" | "tlsCert" | "tlsKey">,
): string[] {
  return [options.authFile, options.tlsCert, options.tlsKey]
    .filter((path) => path !== null);
}
