/**
 * Whether what was seen is still so, at the least cost that cannot hold up the
 * event loop.
 *
 * @module
 */

import type { Seen } from "../target.ts";
import type { Pulse } from "./pulse.ts";
import type { Looks } from "./seen.ts";

/**
 * Tells whether all of something is as it was seen: at once where the disk is
 * known to be quick.
 */
export type SeenCheck = (all: readonly Seen[]) => boolean | Promise<boolean>;

/**
 * Makes the check.
 *
 * @param looks How the disk is looked at.
 * @param pulse Whether it is quick.
 * @returns The check. Its promise never rejects.
 *
 * @example Usage
 * ```ts
 * import { createPulse } from "./pulse.ts";
 * import { LOOKS } from "./seen.ts";
 * import { createSeenCheck } from "./seen_check.ts";
 * import { assert } from "@std/assert";
 *
 * const check = createSeenCheck(LOOKS, createPulse(LOOKS));
 *
 * assert(await check([]));
 * ```
 */
export function createSeenCheck(looks: Looks, pulse: Pulse): SeenCheck {
  function check(all: readonly Seen[]): boolean | Promise<boolean> {
    for (const seen of all) {
      const { device } = seen.facts;
      const start = looks.now();
      // What a link is on may be another disk, of which nothing is known.
      const isPlain = seen.real === null || seen.real === seen.path;
      const isQuick = isPlain && pulse.isQuick(device, seen.path, start);
      if (isQuick !== true) return checkLater(all, isQuick);
      const isSame = looks.isAsSeenNow(seen);
      pulse.took(device, looks.now() - start);
      if (!isSame) return false;
    }
    return true;
  }

  async function checkLater(
    all: readonly Seen[],
    isQuick: boolean | Promise<boolean>,
  ): Promise<boolean> {
    // The disk was not asked for a while: it may be as quick as ever.
    if (await isQuick) return await check(all);
    const found = await Promise.all(all.map(looks.isAsSeen));
    return found.every((isSame) => isSame);
  }

  return check;
}
