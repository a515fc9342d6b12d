/**
 * Whether to start the program once more, with fewer permissions. Apart from
 * how that is done: a program with few permissions need not load it.
 *
 * @module
 */

import type { CommandOptions } from "../options.ts";
import { isGranted } from "../server/permissions.ts";

/**
 * Tells whether the program has more permissions than it needs, and the one to
 * do something about it.
 *
 * @param options Whether it is wanted.
 * @returns Whether to call `startAgain`.
 *
 * @example Usage
 * ```ts
 * import { canStartAgain } from "./can_start_again.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(canStartAgain({ sandbox: false }), false);
 * ```
 */
export function canStartAgain(
  options: Pick<CommandOptions, "sandbox">,
): boolean {
  // An executable has its permissions from when it was made.
  return options.sandbox && !Deno.build.standalone &&
    isGranted({ name: "run", command: Deno.execPath() });
}
