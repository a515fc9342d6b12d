/**
 * The disks below the shared folder, each with one measure of how much it may
 * be looked at without waiting, however many ask.
 *
 * @module
 */

import type { Pulse } from "./pulse.ts";
import { type QuickDisk, withinBudget } from "./quick_look.ts";

/** The disks, by the numbers of their devices. */
export interface QuickDisks {
  /**
   * Gives a disk, and asks it first where it is not known whether it is quick.
   *
   * @param device Number of the device.
   * @param path Something on it that is no link.
   */
  ask(device: number, path: string): QuickDisk | Promise<QuickDisk>;
  /**
   * Gives a disk as it is known.
   *
   * @param device Number of the device.
   * @param path Something on it that is no link.
   */
  get(device: number, path: string): QuickDisk;
}

/** Whoever puts more disks than this below one folder can wait. */
const DISKS_MAX = 100;

/**
 * Makes the disks.
 *
 * @param pulse Whether a device is quick.
 * @returns The disks.
 *
 * @example Usage
 * ```ts
 * import { createPulse } from "./pulse.ts";
 * import { createQuickDisks } from "./quick_disks.ts";
 * import { LOOKS } from "./seen.ts";
 * import { assert } from "@std/assert";
 *
 * const disks = createQuickDisks(createPulse(LOOKS));
 * const { dev } = await Deno.lstat("deno.json");
 *
 * assert((await disks.ask(dev, "deno.json")).isQuick());
 * ```
 */
export function createQuickDisks(pulse: Pulse): QuickDisks {
  const disks = new Map<number, QuickDisk>();

  function get(device: number, path: string): QuickDisk {
    let disk = disks.get(device);
    if (disk === undefined) {
      if (disks.size >= DISKS_MAX) disks.clear();
      disk = withinBudget({
        isQuick: () => pulse.isQuick(device, path) === true,
        onLook: (ms) => pulse.took(device, ms),
      }, () => performance.now());
      disks.set(device, disk);
    }
    return disk;
  }

  return {
    ask(device, path) {
      const disk = get(device, path);
      const quick = pulse.isQuick(device, path);
      return typeof quick === "boolean" ? disk : quick.then(() => disk);
    },
    get,
  };
}

/** Where nothing is looked at without waiting. */
export const PATIENT_DISKS: QuickDisks = createQuickDisks({
  isQuick: () => false,
  took: () => {},
});
