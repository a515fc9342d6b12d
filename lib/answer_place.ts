/**
 * What a request holds while its answer is under way, and when it is given
 * back.
 *
 * @module
 */

import type { InFlight, Place } from "./in_flight.ts";
import type { ByteSource } from "./reply.ts";

/** A request that has to wait for its answer. */
export interface UnderWay {
  readonly place: Place | null;
  /** Resolves when the runtime has nothing more to do for the client. */
  readonly completed: Promise<void>;
}

/**
 * Takes a place for as long as the runtime has something to do for a client.
 *
 * @param inFlight The requests under way.
 * @param remote Address of the client.
 * @param completed Resolves when nothing more is to be done.
 * @returns The place, or `null` where none is free.
 *
 * @example Usage
 * ```ts ignore
 * import { takePlace } from "./answer_place.ts";
 *
 * const place = takePlace(inFlight, context.remote, info.completed);
 * ```
 */
export function takePlace(
  inFlight: InFlight,
  remote: string,
  completed: Promise<void>,
): Place | null {
  const entry = inFlight.enter(remote);
  if (entry.kind !== "entered") return null;
  completed.then(entry.place.leave, entry.place.leave);
  return entry.place;
}

/**
 * Frees the last bytes of a body, which its stream cannot know to be sent.
 *
 * @param completed Resolves when they are.
 * @param source Where the body came from.
 *
 * @example Usage
 * ```ts ignore
 * import { freeAfter } from "./answer_place.ts";
 *
 * freeAfter(info.completed, reply.body.source);
 * ```
 */
export function freeAfter(completed: Promise<void>, source: ByteSource): void {
  const free = () => source.free?.();
  completed.then(free, free);
}
