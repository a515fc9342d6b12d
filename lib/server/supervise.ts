/**
 * Keeps a server listening. The runtime has no timeouts and ends its listener
 * when accepting fails, as it does when descriptors run out: then a new one
 * takes its place at once. What becomes of the old one is decided where the
 * descriptors are freed, in `retired_servers.ts`.
 *
 * @module
 */

import type { Handler } from "../answer.ts";
import { Generation } from "./generation.ts";
import {
  createIncidentReport,
  type IncidentReport,
} from "./incident_report.ts";
import type { HttpServer } from "./listen.ts";
import { Retired, type Traffic } from "./retired_servers.ts";

/** What a supervisor needs from its caller. */
export interface SupervisorOptions {
  /** Listens again where the first server did. May throw. */
  readonly listenAgain: (handler: Handler, signal: AbortSignal) => HttpServer;
  /** Tells the operator something, in one line. */
  readonly report: (message: string) => void;
  /** Is told when listening again can never succeed. */
  readonly onHopeless: (error: unknown) => void | Promise<void>;
  /** All requests under way. */
  readonly traffic: Traffic;
}

// At first a descriptor may be free any moment; later it is no use to hurry.
const HURRY_MS = 20;
const QUICK_ATTEMPTS = 5;
const HURRIED_ATTEMPTS = 50;
const PATIENCE_MS = 500;

// To listen anew costs milliseconds; clients come back every second.
const EXHAUSTED_INTERVAL_MS = 500;

/** Servers that follow one another on one address. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #retired: Retired;
  readonly #report: IncidentReport;
  #handler: Handler | null = null;
  /** The one that listens. */
  #current: Generation | null = null;
  #isStopping = false;
  #failedAt = -Infinity;
  #exhaustedAt = -Infinity;

  /**
   * Creates a supervisor without a server.
   *
   * @param options What it needs from its caller.
   *
   * @example Usage
   * ```ts
   * import { Supervisor } from "./supervise.ts";
   * import { assertEquals } from "@std/assert";
   *
   * const supervisor = new Supervisor({
   *   listenAgain: () => {
   *     throw new Error("never called here");
   *   },
   *   report: () => {},
   *   onHopeless: () => {},
   *   traffic: { underWay: 0, movedSince: () => 0 },
   * });
   *
   * assertEquals(supervisor.requestsUnderWay, 0);
   * ```
   */
  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#retired = new Retired(options.traffic);
    this.#report = createIncidentReport(options.report);
  }

  /** How many requests are being answered now. */
  get requestsUnderWay(): number {
    return (this.#listening?.underWay ?? 0) + this.#retired.underWay;
  }

  /**
   * Prepares the first server.
   *
   * @param handler Answers the requests of every server.
   * @returns What to start it with.
   *
   * @example Usage
   * ```ts ignore
   * const { handler, signal } = supervisor.prepare(answer);
   * const server = listen(address, handler, { signal });
   * await supervisor.watch(server);
   * ```
   */
  prepare(
    handler: Handler,
  ): { readonly handler: Handler; readonly signal: AbortSignal } {
    this.#handler = handler;
    this.#current = this.#createGeneration(handler);
    return this.#current;
  }

  /**
   * Watches over the first server and those after it until
   * {@linkcode Supervisor.stop} is called.
   *
   * @param first Server that listens, started with what was prepared.
   * @returns Resolves when no server listens any more. Never rejects.
   *
   * @example Usage
   * ```ts ignore
   * await supervisor.watch(server);
   * ```
   */
  async watch(first: HttpServer): Promise<void> {
    let server: HttpServer | null = first;
    while (server !== null && this.#current !== null && !this.#isStopping) {
      const generation: Generation = this.#current;
      const end = await generation.watch(server);
      if (this.#isStopping || end.kind === "stopped") return;
      this.#current = null;
      if (end.kind === "failed") {
        this.#report.accepting(end.error);
        // Before listening again: it is what frees descriptors.
        this.#retired.add(generation);
        await this.#afterFailure();
      }
      server = await this.#listenAgain();
    }
  }

  /**
   * Listens once more, as after a change of what `listenAgain` reads. Downloads
   * under way go on; nothing is done while no server listens anyhow.
   *
   * @example Usage
   * ```ts ignore
   * supervisor.replaceServer();
   * ```
   */
  replaceServer(): void {
    const listening = this.#listening;
    if (listening !== null) this.#retired.drain(listening);
  }

  /**
   * Ends all that is under way, for the sake of those who wait, and listens
   * again.
   *
   * @example Usage
   * ```ts ignore
   * supervisor.cut();
   * ```
   */
  cut(): void {
    if (this.#isStopping) return;
    const listening = this.#listening;
    this.#report.cut(this.#retired.cut(listening === null ? [] : [listening]));
  }

  /**
   * Hears that a file could not be opened because descriptors ran out. The
   * listener may go on accepting meanwhile, where just one or two are free.
   *
   * @example Usage
   * ```ts ignore
   * supervisor.exhausted();
   * ```
   */
  exhausted(): void {
    const now = performance.now();
    const listening = this.#listening;
    if (listening === null || this.#isStopping) return;
    if (now - this.#exhaustedAt < EXHAUSTED_INTERVAL_MS) return;
    this.#exhaustedAt = now;
    this.#report.cut(this.#retired.relieve(now, listening));
  }

  /**
   * Stops accepting connections and lets answers under way finish.
   *
   * @returns Resolves when they have, however long that takes.
   *
   * @example Usage
   * ```ts ignore
   * await supervisor.stop();
   * ```
   */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#listening !== null) this.#retired.drain(this.#listening);
    await this.#retired.drainAll();
  }

  /** The current one, unless it was told to end just now. */
  get #listening(): Generation | null {
    return this.#current?.isEnded === false ? this.#current : null;
  }

  #createGeneration(handler: Handler): Generation {
    return new Generation(handler, () => this.#retired.drainIdle());
  }

  async #listenAgain(): Promise<HttpServer | null> {
    const handler = this.#handler;
    for (let attempt = 1; handler !== null && !this.#isStopping; attempt++) {
      const generation = this.#createGeneration(handler);
      try {
        const server = this.#options.listenAgain(
          generation.handler,
          generation.signal,
        );
        this.#current = generation;
        return server;
      } catch (error) {
        if (error instanceof Deno.errors.NotCapable) {
          this.#options.onHopeless(error);
          return null;
        }
        if (attempt === HURRIED_ATTEMPTS) this.#report.listening(error);
        // An address in use does not come free by cutting downloads.
        if (!(error instanceof Deno.errors.AddrInUse)) this.#relieve();
      }
      const wait = attempt < HURRIED_ATTEMPTS ? HURRY_MS : PATIENCE_MS;
      // An old listener is closed within a turn or two of the event loop.
      await pause(attempt <= QUICK_ATTEMPTS ? 1 : wait);
    }
    return null;
  }

  #relieve(): void {
    this.#report.cut(this.#retired.relieve(performance.now(), null));
  }

  /** A listener that fails at once, time after time, must not take a core. */
  async #afterFailure(): Promise<void> {
    this.#relieve();
    const now = performance.now();
    const isRepeated = now - this.#failedAt < HURRY_MS;
    this.#failedAt = now;
    if (isRepeated) await pause(HURRY_MS);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
