/**
 * What becomes of servers when descriptors run out, which is what makes a
 * listener fail.
 *
 * To shut one down closes every connection that has not sent a whole request,
 * and lets downloads go on; but nothing can end these any more, and clients who
 * ask for much and read nothing would hold their descriptors for ever. So that
 * is done at once only where few requests are under way. Otherwise the server
 * is kept as it is, still answering on its connections, until few are left,
 * until its clients are seen to read, or until nobody else has been answered
 * for so long that its downloads have to be cut.
 *
 * @module
 */

import {
  DRAINING_MAX,
  DRAINING_MOVING_MAX,
  EXHAUSTED_MS,
  FULL_MS,
  LISTEN_FAILURES,
  MOVING_MS,
} from "../http/limits.ts";
import type { Generation } from "./generation.ts";

/** All requests under way. */
export interface Traffic {
  /** How many there are. */
  readonly underWay: number;
  /** Counts those that began or took something at a time or later. */
  readonly movedSince: (time: number) => number;
}

/** Servers that were current once. */
export class Retired {
  readonly #traffic: Traffic;
  /** Those that can still be ended either way. */
  readonly #kept = new Map<Generation, { readonly since: number }>();
  /** Those that were shut down and still send something. */
  readonly #draining = new Map<Generation, Promise<void>>();
  /** Failures since one is kept, or else of this series. */
  #failures = 0;
  /** First and last of the failures that followed one another closely. */
  #series = { first: -Infinity, last: -Infinity };

  /**
   * Creates an empty set.
   *
   * @param traffic All requests under way.
   *
   * @example Usage
   * ```ts
   * import { Retired } from "./retired_servers.ts";
   * import { assertEquals } from "@std/assert";
   *
   * const retired = new Retired({ underWay: 0, movedSince: () => 0 });
   *
   * assertEquals(retired.underWay, 0);
   * ```
   */
  constructor(traffic: Traffic) {
    this.#traffic = traffic;
  }

  /** How many requests are being answered by these servers. */
  get underWay(): number {
    return countOf(this.#kept.keys()) + countOf(this.#draining.keys());
  }

  /**
   * Takes a server whose listener has failed.
   *
   * @param generation The server.
   *
   * @example Usage
   * ```ts ignore
   * retired.add(generation);
   * ```
   */
  add(generation: Generation): void {
    if (this.#kept.size === 0) this.#failures = 0;
    this.#kept.set(generation, { since: performance.now() });
    this.drainIdle();
  }

  /**
   * Shuts a server down, whatever is under way on it.
   *
   * @param generation The server.
   *
   * @example Usage
   * ```ts ignore
   * retired.drain(generation);
   * ```
   */
  drain(generation: Generation): void {
    this.#kept.delete(generation);
    const drained = generation.drain()
      .finally(() => this.#draining.delete(generation));
    this.#draining.set(generation, drained);
  }

  /**
   * Shuts down all servers.
   *
   * @returns Resolves when all is sent.
   *
   * @example Usage
   * ```ts ignore
   * await retired.drainAll();
   * ```
   */
  async drainAll(): Promise<void> {
    for (const generation of this.#kept.keys()) this.drain(generation);
    await Promise.all(this.#draining.values());
  }

  /**
   * Shuts down the servers that were kept, as soon as few requests are left.
   *
   * @example Usage
   * ```ts ignore
   * retired.drainIdle();
   * ```
   */
  drainIdle(): void {
    if (this.#kept.size > 0 && this.underWay <= DRAINING_MAX) {
      for (const generation of this.#kept.keys()) this.drain(generation);
    }
  }

  /**
   * Hears that descriptors ran out, and frees some where that has gone on for
   * too long.
   *
   * @param now Time, by the clock of `performance.now`.
   * @param current The server that listens: it still accepts connections, but
   * cannot open files. `null` where listening or accepting has failed.
   * @returns How many downloads were cut.
   *
   * @example Usage
   * ```ts ignore
   * const count = retired.relieve(performance.now(), null);
   * ```
   */
  relieve(now: number, current: Generation | null): number {
    this.#countFailure(now);
    const others = current === null ? [] : [current];
    const underWay = this.underWay + countOf(others);
    if (current !== null && underWay <= DRAINING_MAX) {
      this.drain(current);
      return 0;
    }
    if (!this.#isLasting(now)) return 0;
    if (!this.#isMoving(now)) return this.cut(others);
    const failingMs = now - this.#series.first;
    // Honest clients, and more of them than there are descriptors.
    if (failingMs >= FULL_MS) return this.cut(others);
    if (failingMs >= EXHAUSTED_MS && underWay <= DRAINING_MOVING_MAX) {
      for (const generation of others) this.drain(generation);
      this.drainAll();
    }
    return 0;
  }

  /**
   * Ends the servers that can be ended.
   *
   * @param others Further servers that are to end.
   * @returns How many requests were under way on them.
   *
   * @example Usage
   * ```ts ignore
   * const count = retired.cut();
   * ```
   */
  cut(others: readonly Generation[] = []): number {
    const generations = [...this.#kept.keys(), ...others];
    this.#kept.clear();
    const count = countOf(generations);
    for (const generation of generations) generation.cut();
    return count;
  }

  #countFailure(now: number): void {
    const { first, last } = this.#series;
    const isClose = now - last <= EXHAUSTED_MS;
    this.#series = { first: isClose ? first : now, last: now };
    if (!isClose && this.#kept.size === 0) this.#failures = 0;
    this.#failures++;
  }

  #isLasting(now: number): boolean {
    const [oldest] = this.#kept.values();
    const since = oldest?.since ?? this.#series.first;
    return this.#failures >= LISTEN_FAILURES && now - since >= EXHAUSTED_MS;
  }

  /** Whether at least half of the clients read. */
  #isMoving(now: number): boolean {
    const moved = this.#traffic.movedSince(now - MOVING_MS);
    return moved * 2 >= this.#traffic.underWay;
  }
}

function countOf(generations: Iterable<Generation>): number {
  let sum = 0;
  for (const { underWay } of generations) sum += underWay;
  return sum;
}
