/**
 * One of the servers that follow one another on an address: what is under way
 * on it, and its end, of which there are two kinds. `drain` closes all
 * connections but those with a request under way, and nothing can end these any
 * more; `cut` closes all. The runtime allows one of the two: the second one
 * throws where nobody can catch it.
 *
 * @module
 */

import type { Handler } from "../answer.ts";
import type { HttpServer } from "./listen.ts";

/** Why a server does not accept connections any more. */
export type ListeningEnd =
  | { readonly kind: "failed"; readonly error: unknown }
  /** By `drain` or `cut`. */
  | { readonly kind: "ended" }
  /** By something else. */
  | { readonly kind: "stopped" };

/** A server and what is under way on it. */
export class Generation {
  /** Answers the requests, and counts them. */
  readonly handler: Handler;
  readonly #onIdle: () => void;
  readonly #controller = new AbortController();
  readonly #ended = Promise.withResolvers<ListeningEnd>();
  #server: HttpServer | null = null;
  #underWay = 0;
  #isEnded = false;

  /**
   * Prepares a server.
   *
   * @param handler Answers the requests.
   * @param onIdle Is told each time that a request has ended.
   *
   * @example Usage
   * ```ts
   * import { Generation } from "./generation.ts";
   * import { assertEquals } from "@std/assert";
   *
   * const generation = new Generation(() => Promise.reject(), () => {});
   *
   * assertEquals(generation.underWay, 0);
   * assertEquals(generation.signal.aborted, false);
   * ```
   */
  constructor(handler: Handler, onIdle: () => void) {
    this.#onIdle = onIdle;
    const done = () => {
      this.#underWay--;
      this.#onIdle();
    };
    this.handler = (request, info) => {
      const response = handler(request, info);
      // What is answered at once is in the runtime's hands already.
      if (!(response instanceof Promise)) return response;
      this.#underWay++;
      info.completed.then(done, done);
      return response;
    };
  }

  /** What the server is to be started with. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** How many requests are being answered now. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Whether it was drained or cut. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /**
   * Takes the server that was started with the handler and the signal.
   *
   * @param server Server that listens.
   * @returns Resolves when it accepts connections no more. Never rejects.
   *
   * @example Usage
   * ```ts ignore
   * const end = await generation.watch(server);
   * ```
   */
  watch(server: HttpServer): Promise<ListeningEnd> {
    this.#server = server;
    const finished = server.finished.then(
      (): ListeningEnd => ({ kind: this.#isEnded ? "ended" : "stopped" }),
      (error): ListeningEnd => ({ kind: "failed", error }),
    );
    return Promise.race([this.#ended.promise, finished]);
  }

  /**
   * Closes every connection without a request under way, and lets the rest
   * finish.
   *
   * @returns Resolves when it has, however long that takes.
   *
   * @example Usage
   * ```ts ignore
   * await generation.drain();
   * ```
   */
  async drain(): Promise<void> {
    if (this.#server === null || !this.#end()) return;
    try {
      await this.#server.shutdown();
    } catch {
      // Its listener failed already: there is nothing left to stop.
    }
  }

  /**
   * Closes every connection at once.
   *
   * @example Usage
   * ```ts ignore
   * generation.cut();
   * ```
   */
  cut(): void {
    if (this.#server === null || !this.#end()) return;
    this.#controller.abort();
  }

  /** Whether this is the first end. */
  #end(): boolean {
    if (this.#isEnded) return false;
    this.#isEnded = true;
    this.#ended.resolve({ kind: "ended" });
    return true;
  }
}
