/**
 * The line that tells the operator how to allow a host name that was refused.
 *
 * @module
 */

import { checkAllowedHost } from "../access_checks.ts";

/**
 * How many names are told: enough for somebody who sets a server up, and too
 * few for a stranger to fill a disk with.
 */
const NAMES_TOLD = 10;

/** Longest host name that the DNS knows (RFC 1035 section 2.3.4). */
const NAME_LENGTH = 253;

/**
 * Makes the function that tells of refused names: each once, and after ten
 * names nothing more, since whoever sends requests chooses the names.
 *
 * @param note Writes a line for the operator, and escapes what is in it.
 * @returns A function to be called with each refused host.
 *
 * @example Usage
 * ```ts
 * import { createHostHint } from "./host_hint.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const notes: string[] = [];
 * const hint = createHostHint((message) => void notes.push(message));
 * hint("files.example.com");
 * hint("files.example.com");
 *
 * assertEquals(notes, [
 *   "refused Host files.example.com: " +
 *   "allow it with --allow-host files.example.com",
 * ]);
 * ```
 */
export function createHostHint(
  note: (message: string) => void,
): (host: string) => void {
  const told = new Set<string>();
  let isSilent = false;
  return (host) => {
    const name = host.slice(0, NAME_LENGTH);
    if (isSilent || told.has(name) || !isName(name)) return;
    if (told.size === NAMES_TOLD) {
      isSilent = true;
      told.clear();
      note("refused more Hosts: further names are not reported");
      return;
    }
    told.add(name);
    note(`refused Host ${name}: allow it with --allow-host ${name}`);
  };
}

/** The flag takes no other, and `127.1` would be taken for an address. */
function isName(host: string): boolean {
  return checkAllowedHost(host) === undefined && !host.startsWith(".") &&
    !/(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$/i.test(host);
}
