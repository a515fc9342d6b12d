/**
 * What the start page tells: where the server is reached, what it may do, and
 * what is worth a warning.
 *
 * @module
 */

import { addressUrls, type ListenAddress } from "../cli/address_urls.ts";
import { displayPath, isRisky } from "../cli/display_path.ts";
import { narrowCommand } from "../cli/narrow_command.ts";
import type { StartFacts } from "../cli/start_page.ts";
import type { Root } from "../disk/root.ts";
import { isAbsolute, relative, resolve } from "../disk_path.ts";
import { isLoopback } from "../http/loopback.ts";
import type { CommandOptions } from "../options.ts";
import { embeddedSite } from "../server/embedded_site.ts";
import { describeExcess } from "../server/excess_permissions.ts";
import { openerOf } from "../server/opener.ts";
import { formatHost, isGranted } from "../server/permissions.ts";
import type { Access } from "./access.ts";
import type { Machine } from "./machine.ts";

/** A site within an executable lies on no disk. */
const EMBEDDED_NAME = "the site within this executable";

/** What is known once the server listens. */
export interface Started {
  /** What is shared. */
  readonly root: Root;
  /** Where the server listens. */
  readonly address: ListenAddress;
  /** Ports that were tried before and are taken. */
  readonly taken: readonly number[];
  /** What is known about the machine. */
  readonly machine: Machine;
  /** Who may look and over what. */
  readonly access: Access;
}

/**
 * Collects what the start page tells.
 *
 * @param started What is known once the server listens.
 * @param options What the user asked for.
 * @returns The facts.
 *
 * @example Usage
 * ```ts
 * import { startFacts } from "./start_facts.ts";
 * import { COMMAND_DEFAULTS } from "../options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const facts = startFacts({
 *   access: {
 *     users: null,
 *     hosts: [],
 *     certificate: null,
 *     renewal: null,
 *     files: [],
 *     warnings: [],
 *   },
 *   root: { kind: "directory", path: "/home/ann/site", name: "" },
 *   address: { scheme: "http", bind: "127.0.0.1", port: 8000 },
 *   taken: [],
 *   machine: { home: "/home/ann", hostName: null, interfaces: null },
 * }, COMMAND_DEFAULTS);
 *
 * assertEquals(facts.folder, "~/site");
 * assertEquals(facts.localUrl, "http://localhost:8000/");
 * ```
 */
export function startFacts(
  started: Started,
  options: CommandOptions,
): StartFacts {
  const { root, address, machine, access } = started;
  const files = access.files.map((file) =>
    displayPath(resolve(file), machine.home)
  );
  const folder = root.path === embeddedSite()
    ? EMBEDDED_NAME
    : displayPath(root.path, machine.home);
  const isTerminal = Deno.stdout.isTerminal();
  const more = describeExcess(root, address);
  return {
    ...address,
    ...addressUrls(address, machine.interfaces),
    shared: root.kind === "file" ? "file" : "folder",
    folder,
    isTerminal,
    color: isTerminal && !Deno.noColor,
    fingerprint: access.renewal?.kind === "self-signed"
      ? access.certificate?.fingerprint ?? null
      : null,
    asksPassword: access.users !== null,
    allowed: [
      ...[folder, ...files].map((path) => `read ${path}`),
      `listen on port ${address.port}`,
    ],
    more,
    narrowCommand: more.length === 0 ? null : narrowerLine(started, options),
    isHeldByCodeAlone: Deno.build.standalone && isGranted({ name: "read" }),
    warnings: warningsOf(started),
    qr: null,
  };
}

/** The same server with less, where a line of arguments can say so. */
function narrowerLine(
  { root, address, access }: Started,
  options: CommandOptions,
): string | null {
  // An executable cannot be narrowed, and where links lead nobody can list.
  if (Deno.build.standalone || options.followSymlinks) return null;
  const port = options.port === 0 ? 0 : address.port;
  return narrowCommand({
    module: Deno.mainModule,
    cwd: Deno.cwd(),
    host: formatHost({ bind: address.bind, port }),
    port,
    path: root.path,
    files: access.files.map((file) => resolve(file)),
    grants: [
      ...options.qr ? ["--allow-sys=networkInterfaces"] : [],
      ...options.open ? [`--allow-run=${openerOf(Deno.build.os).program}`] : [],
    ],
    args: Deno.args,
  });
}

function warningsOf(started: Started): string[] {
  const { root, address, taken, machine, access } = started;
  const warnings = [...takenLines(taken, address.port), ...access.warnings];
  for (const file of access.files.filter((each) => isInside(root, each))) {
    const shown = displayPath(resolve(file), machine.home);
    warnings.push(`${shown} is shared: move it elsewhere`);
  }
  const isPlain = access.users !== null && address.scheme === "http";
  if (isPlain && !isLoopback(address.bind)) {
    warnings.push("passwords travel unencrypted: add --tls");
  }
  if (isRisky(root.path, machine.home)) {
    const shown = displayPath(root.path, machine.home);
    warnings.push(`all of ${shown} is shared: give a folder to share less`);
  }
  return warnings;
}

/**
 * Says which ports were taken.
 *
 * @param taken Ports that were tried before and are taken.
 * @param port Port that was found.
 * @returns One line, or none.
 *
 * @example Usage
 * ```ts
 * import { takenLines } from "./start_facts.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(takenLines([8000], 8001), [
 *   "port 8000 is taken, so this is port 8001",
 * ]);
 * ```
 */
export function takenLines(taken: readonly number[], port: number): string[] {
  const [first, ...others] = taken;
  if (first === undefined) return [];
  const last = others.at(-1);
  const ports = last === undefined
    ? `port ${first} is taken`
    : `ports ${first} to ${last} are taken`;
  return [`${ports}, so this is port ${port}`];
}

/** Whoever shares the folder would share its passwords and keys. */
function isInside(root: Root, file: string): boolean {
  const way = relative(root.path, resolve(file));
  // For a single file that is shared: the very same, and an empty way.
  if (root.kind === "file") return way === "";
  return !isAbsolute(way) && way.split(/[/\\]/, 1)[0] !== "..";
}

/**
 * Gives what the page of {@linkcode startFacts} says to a person alone, for the
 * log where nobody looks on.
 *
 * @param facts What the start page tells.
 * @returns One line each.
 *
 * @example Usage
 * ```ts ignore
 * import { noticesOf } from "./start_facts.ts";
 *
 * noticesOf(facts).forEach(log.note);
 * ```
 */
export function noticesOf(
  { warnings, fingerprint }: Pick<StartFacts, "warnings" | "fingerprint">,
): string[] {
  return fingerprint === null
    ? [...warnings]
    : [...warnings, `certificate SHA-256 ${fingerprint}`];
}
