/**
 * Whether the disk answers quickly now. A synchronous look costs a tenth of an
 * asynchronous one, and holds up every request where the disk does not answer:
 * a network share that is gone, a drive that spins up. So one is made only while
 * an asynchronous look at the same device has come back in time a moment ago.
 *
 * Nothing is looked at while no request comes in.
 *
 * @module
 */

import { callLater } from "../call_later.ts";

/** How long one asynchronous look is trusted. */
const TRUST_MS = 250;

/** A look that takes longer is late. */
const LATE_MS = 50;

/** A synchronous look that took longer was not quick. */
const SLOW_MS = 10;

/** For so many times as long as a slow look took, none is made. */
const REST_FACTOR = 20;

/** But not for longer than this. */
const REST_MAX_MS = 60_000;

/** What a pulse needs from its caller. */
export interface PulseDeps {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Looks at a path and resolves however that comes out. */
  readonly look: (path: string) => Promise<unknown>;
}

/** What is known of one device. */
interface Device {
  /** When a look last came back in time. */
  goodAt: number;
  /** Until when no synchronous look is made. */
  restUntil: number;
  /** When the look under way began. */
  since: number;
  /** The look under way: whether it came back in time. */
  underWay: Promise<boolean> | null;
}

/** Tells whether devices answer quickly. */
export interface Pulse {
  /**
   * Tells whether a synchronous look may be made at something on a device.
   *
   * @param device Number of the device.
   * @param path Something on it, to be looked at where it is not known.
   * @param time What the clock says, where that is known.
   * @returns `true` or `false` where it is known, else a promise of it, which
   * takes 50 ms at most.
   */
  isQuick(
    device: number,
    path: string,
    time?: number,
  ): boolean | Promise<boolean>;
  /**
   * Tells how long a synchronous look has taken.
   *
   * @param device Number of the device.
   * @param ms Milliseconds.
   */
  took(device: number, ms: number): void;
}

/** A folder may have files of many devices below it, but not of so many. */
const DEVICES_MAX = 100;

/**
 * Makes a pulse.
 *
 * @param deps Clock, and how a look is made.
 * @returns The pulse.
 *
 * @example Usage
 * ```ts
 * import { createPulse } from "./pulse.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pulse = createPulse({
 *   now: () => performance.now(),
 *   look: (path) => Deno.lstat(path),
 * });
 *
 * assertEquals(await pulse.isQuick(1, "."), true);
 * assertEquals(pulse.isQuick(1, "."), true);
 * pulse.took(1, 5_000);
 * assertEquals(pulse.isQuick(1, "."), false);
 * ```
 */
export function createPulse(deps: PulseDeps): Pulse {
  const { now } = deps;
  const devices = new Map<number, Device>();
  let last: { readonly id: number; readonly device: Device } | null = null;

  function deviceOf(id: number): Device {
    if (last !== null && last.id === id) return last.device;
    let device = devices.get(id);
    if (device === undefined) {
      const never = -Infinity;
      if (devices.size >= DEVICES_MAX) devices.clear();
      device = {
        goodAt: never,
        restUntil: never,
        since: never,
        underWay: null,
      };
      devices.set(id, device);
    }
    last = { id, device };
    return device;
  }

  /** Resolves when the look has come back, or when it is late. */
  function probe(device: Device, path: string): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const callOff = callLater(() => resolve(false), LATE_MS);
    device.since = now();
    const end = () => {
      const time = now();
      const isInTime = time - device.since <= LATE_MS;
      if (isInTime) device.goodAt = time;
      device.underWay = null;
      callOff();
      resolve(isInTime);
    };
    deps.look(path).then(end, end);
    return promise;
  }

  return {
    isQuick(id, path, time = now()) {
      const device = deviceOf(id);
      if (time < device.restUntil) return false;
      if (time - device.goodAt <= TRUST_MS) return true;
      if (device.underWay !== null && time - device.since > LATE_MS) {
        return false;
      }
      return device.underWay ??= probe(device, path);
    },
    took(id, ms) {
      if (ms <= SLOW_MS) return;
      const device = deviceOf(id);
      device.restUntil = now() + Math.min(REST_FACTOR * ms, REST_MAX_MS);
      // And then it is asked again first.
      device.goodAt = -Infinity;
    },
  };
}
