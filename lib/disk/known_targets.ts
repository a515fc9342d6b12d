/**
 * What paths led to, for files that are too large to be kept in memory: found
 * again after one look, and read without waiting while their disk is quick.
 *
 * @module
 */

import { ByteMemory } from "../byte_memory.ts";
import type { Seen, Target } from "../target.ts";
import type { QuickDisk } from "./quick_look.ts";
import type { QuickDisks } from "./quick_disks.ts";
import type { SeenCheck } from "./seen_check.ts";

/** A file that was found before. */
export interface KnownTarget {
  readonly target: FileTarget;
  /** The disk that it is on. */
  readonly disk: QuickDisk;
}

type FileTarget = Extract<Target, { kind: "file" }>;

/** Files that were found before. */
export interface KnownTargets {
  /**
   * Finds what a path led to.
   *
   * @param key The path, in one spelling.
   * @returns What it still leads to; `undefined` where that is not known.
   */
  find(
    key: string,
  ): KnownTarget | undefined | Promise<KnownTarget | undefined>;
  /**
   * Keeps what a path led to.
   *
   * @param key The path.
   * @param target What it led to.
   * @param seen What to look at to know that it still does.
   */
  keep(key: string, target: FileTarget, seen: Seen): void;
}

/** Some 1 KB each. */
const TARGETS_MAX = 2_000;

/**
 * Makes the memory of such files.
 *
 * @param check Whether something is as it was.
 * @param disks What is known of the disks.
 * @returns The memory, empty.
 *
 * @example Usage
 * ```ts
 * import { createKnownTargets } from "./known_targets.ts";
 * import { PATIENT_DISKS } from "./quick_disks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const known = createKnownTargets(() => true, PATIENT_DISKS);
 *
 * assertEquals(await known.find("/a.iso"), undefined);
 * ```
 */
export function createKnownTargets(
  check: SeenCheck,
  disks: QuickDisks,
): KnownTargets {
  const all = new ByteMemory<KnownTarget & { readonly seen: Seen }>(
    TARGETS_MAX,
  );

  return {
    find(key) {
      const known = all.get(key);
      if (known === undefined) return undefined;
      const isSame = check([known.seen]);
      if (isSame instanceof Promise) {
        return isSame.then((same) => same ? known : undefined);
      }
      return isSame ? known : undefined;
    },
    keep(key, target, seen) {
      const disk = disks.get(seen.facts.device, seen.path);
      all.set(key, { target, seen, disk }, 1);
    },
  };
}
