/**
 * Keeps a server listening. The runtime has no timeouts and ends its listener
 * when accepting fails, as it does when descriptors run out: then a new one
 * takes its place at once, and the old one lets go of every connection that has
 * not sent a whole request, while downloads under way go on.
 *
 * @module
 */

import type { Handler } from "../answer.ts";
import type { HttpServer } from "./listen.ts";

/** What a supervisor needs from its caller. */
export interface SupervisorOptions {
  /** Listens again where the first server did. May throw. */
  readonly listenAgain: (handler: Handler) => HttpServer;
  /** Tells the operator something, in one line. */
  readonly report: (message: string) => void;
  /** Is told when listening again can never succeed. */
  readonly onHopeless: (error: unknown) => void | Promise<void>;
}

// At first a descriptor may be free any moment; later it is no use to hurry.
const HURRY_MS = 20;
const HURRIED_ATTEMPTS = 50;
const PATIENCE_MS = 500;

// One line a minute tells the operator as much as thousands.
const REPORT_INTERVAL_MS = 60_000;

/** Servers that follow one another on one address. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  /** Old servers that still send something. */
  readonly #draining = new Set<Promise<void>>();
  #server: HttpServer | null = null;
  #isStopping = false;
  #underWay = 0;
  #reportedAt = -Infinity;

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
   * });
   *
   * assertEquals(supervisor.requestsUnderWay, 0);
   * ```
   */
  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** How many requests are being answered now. */
  get requestsUnderWay(): number {
    return this.#underWay;
  }

  /**
   * Wraps a handler so that its requests are counted.
   *
   * @param handler Answers the requests.
   * @returns The handler to give to every server of this supervisor.
   *
   * @example Usage
   * ```ts ignore
   * const counted = supervisor.count(handler);
   * ```
   */
  count(handler: Handler): Handler {
    return (request, info) => {
      this.#underWay++;
      const done = () => void this.#underWay--;
      info.completed.then(done, done);
      return handler(request, info);
    };
  }

  /**
   * Watches over a server until {@linkcode Supervisor.stop} is called.
   *
   * @param first Server that listens.
   * @param handler What a server in its place answers requests with.
   * @returns Resolves when no server listens any more. Never rejects.
   *
   * @example Usage
   * ```ts ignore
   * await supervisor.watch(server, handler);
   * ```
   */
  async watch(first: HttpServer, handler: Handler): Promise<void> {
    this.#server = first;
    while (this.#server !== null && !this.#isStopping) {
      const server: HttpServer = this.#server;
      try {
        await server.finished;
        return;
      } catch (error) {
        if (this.#isStopping) return;
        this.#report(`accepting connections failed (${toLine(error)})`);
        // Before listening again: it is what frees descriptors.
        this.#drain(server);
        this.#server = await this.#listenAgain(handler);
      }
    }
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
    if (this.#server !== null) this.#drain(this.#server);
    await Promise.all(this.#draining);
  }

  #drain(server: HttpServer): void {
    // `shutdown`, never `abort`: it closes what has not sent a whole request
    // and lets the rest finish.
    const drained = server.shutdown().catch(() => {
      // Its listener failed already: there is nothing left to stop.
    }).finally(() => this.#draining.delete(drained));
    this.#draining.add(drained);
  }

  async #listenAgain(handler: Handler): Promise<HttpServer | null> {
    for (let attempt = 1; !this.#isStopping; attempt++) {
      try {
        return this.#options.listenAgain(handler);
      } catch (error) {
        if (error instanceof Deno.errors.NotCapable) {
          this.#options.onHopeless(error);
          return null;
        }
        if (attempt === HURRIED_ATTEMPTS) {
          this.#options.report(`listening again failed (${toLine(error)})`);
        }
      }
      const pause = attempt < HURRIED_ATTEMPTS ? HURRY_MS : PATIENCE_MS;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return null;
  }

  #report(message: string): void {
    const now = performance.now();
    if (now - this.#reportedAt < REPORT_INTERVAL_MS) return;
    this.#reportedAt = now;
    this.#options.report(`${message}; listening again`);
  }
}

function toLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\s+/g, " ");
}
