/**
 * Looks at the disk that tell whether something is still as it was.
 *
 * @module
 */

import { timeWorth, YOUNG_MS } from "../http/etag.ts";
import type { FileFacts, Seen } from "../target.ts";
import { factsOf } from "./facts.ts";

/** How the disk is looked at again; a test can put another disk there. */
export interface Looks {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Looks at a path, to see how long that takes. */
  readonly look: (path: string) => Promise<unknown>;
  readonly isAsSeenNow: typeof isAsSeenNow;
  readonly isAsSeen: typeof isAsSeen;
}

/** The disk as it is. */
export const LOOKS: Looks = Object.freeze({
  now: () => performance.now(),
  look: (path: string) => Deno.lstat(path),
  isAsSeenNow,
  isAsSeen,
});

/** Where something was found. */
export interface FoundPlace {
  /** Path as it was asked for, or `null` where it does not settle it. */
  readonly asked: string | null;
  /** Canonical path. */
  readonly path: string;
  /** Whether it lies in the root itself, with no folder on the way to it. */
  readonly isDirect: boolean;
}

/**
 * Gives what to look at later, where a change after this moment is sure to
 * show: in one of the times, which are whole seconds at worst.
 *
 * @param place Where it was found.
 * @param facts What is there.
 * @param now Milliseconds since the epoch.
 * @returns Path and facts; `null` for what changed in the last two seconds or
 * claims to be from the future, and where the platform tells only when the
 * bytes changed and that time means nothing.
 *
 * @example Usage
 * ```ts
 * import { seenOf } from "./seen.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const times = { modified: 5_000, changed: 9_000 };
 * const facts = { size: 1, device: 1, inode: 2, ...times };
 * const place = { asked: "/srv/a", path: "/srv/a", isDirect: true };
 *
 * assert(seenOf(place, facts, 11_000));
 * assertEquals(seenOf(place, facts, 10_000), null);
 * ```
 */
export function seenOf(
  { asked, path, isDirect }: FoundPlace,
  facts: FileFacts,
  now: number,
): Seen | null {
  const { modified, changed } = facts;
  if (asked === null || modified === null) return null;
  if (changed === null && timeWorth(modified, now) !== "good") return null;
  if (Math.max(modified, changed ?? 0) > now - YOUNG_MS) return null;
  // One string for both where they are the same: there are many of them.
  if (asked !== path) return { path: asked, real: path, facts };
  return { path, real: isDirect ? null : path, facts };
}

/**
 * Tells whether two looks saw the same thing in the same state.
 *
 * @param a What one look saw.
 * @param b What another one saw.
 * @returns Whether nothing about it has changed.
 *
 * @example Usage
 * ```ts
 * import { isSameState } from "./seen.ts";
 * import { assert } from "@std/assert";
 *
 * const times = { modified: 5_000, changed: 9_000 };
 * const facts = { size: 1, device: 1, inode: 2, ...times };
 *
 * assert(isSameState(facts, { ...facts }));
 * assert(!isSameState(facts, { ...facts, changed: 10_000 }));
 * ```
 */
export function isSameState(a: FileFacts, b: FileFacts): boolean {
  return a.size === b.size && a.modified === b.modified &&
    a.changed === b.changed && a.inode === b.inode && a.device === b.device;
}

/**
 * Looks whether something is as it was, and waits for the disk meanwhile.
 *
 * @param seen What was there.
 * @returns Whether it is there and nothing about it has changed.
 *
 * @example Usage
 * ```ts
 * import { factsOf } from "./facts.ts";
 * import { isAsSeenNow } from "./seen.ts";
 * import { assert } from "@std/assert";
 *
 * const facts = factsOf(await Deno.lstat("deno.json"));
 *
 * assert(isAsSeenNow({ path: "deno.json", real: null, facts }));
 * ```
 */
export function isAsSeenNow({ path, real, facts }: Seen): boolean {
  try {
    // SECURITY: a folder on the way that was moved to the outside, with a link
    // left in its place, still leads to the same unchanged file.
    return isSameState(factsOf(Deno.lstatSync(real ?? path)), facts) &&
      (real === null || Deno.realPathSync(path) === real);
  } catch {
    // Whatever is wrong with it, it is not as it was.
    return false;
  }
}

/**
 * Looks whether something is as it was, while other work goes on.
 *
 * @param seen What was there.
 * @returns Whether it is there and nothing about it has changed. Never rejects.
 *
 * @example Usage
 * ```ts
 * import { factsOf } from "./facts.ts";
 * import { isAsSeen } from "./seen.ts";
 * import { assert } from "@std/assert";
 *
 * const facts = factsOf(await Deno.lstat("deno.json"));
 *
 * assert(await isAsSeen({ path: "deno.json", real: null, facts }));
 * ```
 */
export async function isAsSeen({ path, real, facts }: Seen): Promise<boolean> {
  try {
    return isSameState(factsOf(await Deno.lstat(real ?? path)), facts) &&
      (real === null || await Deno.realPath(path) === real);
  } catch {
    // Whatever is wrong with it, it is not as it was.
    return false;
  }
}
