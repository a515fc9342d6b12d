/**
 * What tells that there is still nothing: the nearest folder above it, which
 * changes when something is put into it.
 *
 * @module
 */

import { join } from "../disk_path.ts";
import type { FileFacts, Seen } from "../target.ts";
import { factsOf } from "./facts.ts";
import type { Root } from "./root.ts";
import { type FoundPlace, seenOf } from "./seen.ts";

/**
 * Finds the folder in which the first name of a path is missing.
 *
 * @param root What is shared.
 * @param segments Names from the root downwards, found to lead to nothing.
 * @param now Milliseconds since the epoch.
 * @returns What to look at to know that there is still nothing; `null` where no
 * look can tell that: the folder has changed a moment ago, or what is missing
 * is the end of a link.
 *
 * @example Usage
 * ```ts
 * import { seenAbsence } from "./absence.ts";
 * import { openRoot } from "./root.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const root = await openRoot(".");
 * const later = Date.now() + 10_000;
 * const seen = await seenAbsence(root, ["lib", "none", "a.txt"], later);
 *
 * assertEquals(seen?.path, `${root.path}/lib`);
 * ```
 */
export async function seenAbsence(
  root: Root,
  segments: readonly string[],
  now: number,
): Promise<Seen | null> {
  let folder = root.path;
  for (const name of segments) {
    // Before the name is looked at: what is added meanwhile shows later.
    const found = await findFolder(folder);
    if (found === null) return null;
    const path = join(folder, name);
    if (await isMissing(path)) {
      return seenOf(found.place, found.facts, now);
    }
    folder = path;
  }
  return null;
}

/** A link that leads to nothing is something. */
async function isMissing(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return false;
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
}

async function findFolder(
  asked: string,
): Promise<{ readonly place: FoundPlace; readonly facts: FileFacts } | null> {
  try {
    const info = await Deno.stat(asked);
    if (!info.isDirectory) return null;
    const path = await Deno.realPath(asked);
    // What is missing in it is missing wherever it lies.
    return { place: { asked, path, isDirect: true }, facts: factsOf(info) };
  } catch {
    // It cannot be looked at, now or later.
    return null;
  }
}

/**
 * Finds what tells that nothing has come into a folder.
 *
 * @param asked Path of the folder, with links not resolved.
 * @param now Milliseconds since the epoch.
 * @returns What to look at; `null` where no look can tell that.
 *
 * @example Usage
 * ```ts
 * import { seenFolder } from "./absence.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.realPath("lib");
 * const seen = await seenFolder(path, Date.now() + 10_000);
 *
 * assertEquals(seen?.path, path);
 * ```
 */
export async function seenFolder(
  asked: string,
  now: number,
): Promise<Seen | null> {
  const found = await findFolder(asked);
  return found && seenOf(found.place, found.facts, now);
}
