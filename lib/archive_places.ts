/**
 * How many archives may be under way, in all and for each client.
 *
 * @module
 */

import { clientKey } from "./client_key.ts";

/** How much is too much. */
export interface ArchiveLimits {
  /** Archives in all. */
  readonly whole: number;
  /** Archives of one client. */
  readonly perAddress: number;
  /** Milliseconds without a sign of life until an archive gives its place up. */
  readonly stalledMs: number;
  /** The same before it has begun: others may have their turn meanwhile. */
  readonly waitMs: number;
}

/** The place of one archive. */
export interface ArchivePlace {
  /** Tells whether it has neither been left nor given to another one. */
  isHeld(): boolean;
  /** Its client took something, or it was read for it. */
  progress(): void;
  /**
   * Says what ends the archive.
   *
   * @param end Called where another one needs the place.
   */
  onStalled(end: () => void): void;
  /** It has ended. What comes after the first call does nothing. */
  readonly leave: () => void;
}

/** The archives under way. */
export interface ArchivePlaces {
  /**
   * Takes a place.
   *
   * @param remote Address of the client.
   * @returns The place, or `null` where none is free.
   */
  enter(remote: string): ArchivePlace | null;
}

interface Holder {
  readonly key: string;
  readonly place: ArchivePlace;
  movedAt: number;
  /** What ends it, once it has begun. */
  end: (() => void) | null;
}

/**
 * Makes the places.
 *
 * @param limits How much is too much.
 * @param now Milliseconds of a clock that never goes back.
 * @returns The places, all free.
 *
 * @example Usage
 * ```ts
 * import { createArchivePlaces } from "./archive_places.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const limits = { whole: 4, perAddress: 1, stalledMs: 30_000, waitMs: 60_000 };
 * const places = createArchivePlaces(limits, () => performance.now());
 *
 * const first = places.enter("192.0.2.1");
 * assertEquals(places.enter("192.0.2.1"), null);
 *
 * first?.leave();
 * assertEquals(places.enter("192.0.2.1")?.isHeld(), true);
 * ```
 */
export function createArchivePlaces(
  limits: ArchiveLimits,
  now: () => number,
): ArchivePlaces {
  const holders = new Set<Holder>();

  function isFull(key: string): boolean {
    if (holders.size >= limits.whole) return true;
    let count = 0;
    for (const holder of holders) if (holder.key === key) count++;
    return count >= limits.perAddress;
  }

  /** A client that reads nothing keeps its connection, and not its place. */
  function endStalled(): void {
    const time = now();
    for (const { movedAt, end, place } of [...holders]) {
      const ms = end === null ? limits.waitMs : limits.stalledMs;
      if (time - movedAt < ms) continue;
      end?.();
      place.leave();
    }
  }

  function createHolder(key: string): Holder {
    const holder: Holder = {
      key,
      movedAt: now(),
      end: null,
      place: {
        isHeld: () => holders.has(holder),
        progress: () => void (holder.movedAt = now()),
        onStalled: (end) => void (holder.end = end),
        leave: () => void holders.delete(holder),
      },
    };
    return holder;
  }

  return {
    enter(remote) {
      const key = clientKey(remote);
      if (isFull(key)) endStalled();
      if (isFull(key)) return null;
      const holder = createHolder(key);
      holders.add(holder);
      return holder.place;
    },
  };
}
