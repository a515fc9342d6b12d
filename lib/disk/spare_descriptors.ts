/**
 * Whether there are descriptors left for more than the next step.
 *
 * @module
 */

import { diskErrorOf } from "./error_kind.ts";

/** Loading takes one or two. To take more here would turn clients away. */
const SPARE = 3;

/**
 * Tells whether a part of the program may be loaded now. The runtime opens
 * files for that, and where it can open none it does not report an error but
 * ends the process (Deno 2.9).
 *
 * @param path Something that may be read, such as what is shared.
 * @returns `false` where descriptors have run out.
 *
 * @example Usage
 * ```ts
 * import { hasSpareDescriptors } from "./spare_descriptors.ts";
 * import { assert } from "@std/assert";
 *
 * assert(await hasSpareDescriptors("."));
 * ```
 */
export async function hasSpareDescriptors(path: string): Promise<boolean> {
  const opened: Deno.FsFile[] = [];
  try {
    while (opened.length < SPARE) opened.push(await Deno.open(path));
    return true;
  } catch (error) {
    return !isExhausted(error);
  } finally {
    for (const file of opened) file.close();
  }
}

/** Nothing else matters here: Windows, for one, opens no folders. */
function isExhausted(error: unknown): boolean {
  try {
    return diskErrorOf(error) === "exhausted";
  } catch {
    return false; // an error that has no kind
  }
}
