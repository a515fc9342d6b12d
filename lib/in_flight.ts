/**
 * Counts the requests under way, in all and for each client, and refuses what
 * is too much. It ends none: the runtime cannot. It tells when the places have
 * been taken for long by clients that read nothing.
 *
 * @module
 */

import { clientKey } from "./client_key.ts";

/** How much is too much. */
export interface InFlightLimits {
  /** Requests in all. */
  readonly whole: number;
  /** Requests of one client. */
  readonly perAddress: number;
  /** Milliseconds until full places that do not move count as stuck. */
  readonly fullMs: number;
}

/** What the counting needs besides its limits. */
export interface InFlightDeps {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Is told, at a refusal, that the places are stuck. */
  readonly onStuck: () => void;
}

/** The place of one request. */
export interface Place {
  /** Its client took something. */
  progress(): void;
  /** Its answer has ended. What comes after the first call does nothing. */
  leave(): void;
}

/** What becomes of a request. */
export type Entry =
  | { readonly kind: "entered"; readonly place: Place }
  | { readonly kind: "whole-full" }
  | { readonly kind: "address-full" };

/** The requests under way. */
export interface InFlight {
  /** How many there are. */
  readonly underWay: number;
  /** Tells whether a request from an address would get a place now. */
  hasRoom(remote: string): boolean;
  /** Takes a place for a request from an address. */
  enter(remote: string): Entry;
  /** Counts those that began or took something at a time or later. */
  movedSince(time: number): number;
}

const WHOLE_FULL: Entry = Object.freeze({ kind: "whole-full" });
const ADDRESS_FULL: Entry = Object.freeze({ kind: "address-full" });

/** How often a crowd that is refused makes us look at every place. */
const LOOK_MS = 1_000;

/**
 * Makes the counter. It holds nothing for a client without a request under way,
 * so that its size has the same limit as the requests.
 *
 * @param limits How much is too much.
 * @param deps Clock, and who is told that the places are stuck: they have been
 * full for long, and most of their clients took nothing in that time. "Most",
 * since one that reads a little must not keep the others locked out.
 * @returns The counter.
 *
 * @example Usage
 * ```ts
 * import { createInFlight } from "./in_flight.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const inFlight = createInFlight(
 *   { whole: 4, perAddress: 1, fullMs: 30_000 },
 *   { now: performance.now.bind(performance), onStuck: () => {} },
 * );
 *
 * const first = inFlight.enter("192.0.2.1");
 * assertEquals(inFlight.enter("192.0.2.1").kind, "address-full");
 * assertEquals(inFlight.enter("192.0.2.2").kind, "entered");
 *
 * if (first.kind === "entered") first.place.leave();
 * assertEquals(inFlight.enter("192.0.2.1").kind, "entered");
 * ```
 */
export function createInFlight(
  limits: InFlightLimits,
  deps: InFlightDeps,
): InFlight {
  const { whole, perAddress, fullMs } = limits;
  const { now, onStuck } = deps;
  const places = new Set<{ movedAt: number }>();
  const counts = new Map<string, number>();
  /** Since when there has been no room worth speaking of. */
  let fullSince: number | null = null;
  let lookedAt = -Infinity;

  function movedSince(time: number): number {
    let moved = 0;
    for (const { movedAt } of places) if (movedAt >= time) moved++;
    return moved;
  }

  function lookWhetherStuck(): void {
    const time = now();
    if (fullSince === null || time - fullSince < fullMs) return;
    if (time - lookedAt < LOOK_MS) return;
    lookedAt = time;
    if (movedSince(time - fullMs) * 2 < places.size) onStuck();
  }

  function takePlace(key: string): Place {
    const place = { movedAt: now() };
    places.add(place);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (places.size >= whole) fullSince ??= place.movedAt;
    return {
      progress: () => void (place.movedAt = now()),
      leave() {
        if (!places.delete(place)) return;
        const left = (counts.get(key) ?? 0) - 1;
        if (left > 0) counts.set(key, left);
        else counts.delete(key);
        // One place that goes from hand to hand is still full.
        if (places.size < whole * 7 / 8) fullSince = null;
      },
    };
  }

  return {
    get underWay() {
      return places.size;
    },
    movedSince,
    hasRoom(remote) {
      // Too few for any one to have too many: there is nothing to count.
      if (places.size < Math.min(whole, perAddress)) return true;
      if (places.size < whole) {
        return (counts.get(clientKey(remote)) ?? 0) < perAddress;
      }
      lookWhetherStuck();
      return false;
    },
    enter(remote) {
      if (places.size >= whole) {
        lookWhetherStuck();
        return WHOLE_FULL;
      }
      const key = clientKey(remote);
      return (counts.get(key) ?? 0) >= perAddress
        ? ADDRESS_FULL
        : { kind: "entered", place: takePlace(key) };
    },
  };
}
