/**
 * How bytes get to the reader of the log: partial writes are continued, what
 * fails for now is tried again, and a reader that has gone is left alone.
 *
 * @module
 */

/** Where the bytes go, such as `Deno.stderr`. */
export interface LogSink {
  /** Takes some of the bytes, at best all, and resolves with their number. */
  write(bytes: Uint8Array): Promise<number>;
}

/**
 * Calls back once after some milliseconds; what it returns prevents that. The
 * timer should not keep the process alive.
 */
export type Schedule = (callback: () => void, delayMs: number) => () => void;

/** What a delivery needs from its caller. */
export interface DeliveryOptions {
  /** Is told why the log cannot be written, once until it can be again. */
  readonly report: (message: string) => void;
  /** Waits before the next attempt. */
  readonly schedule: Schedule;
  /** Is called each time an attempt has failed for longer than a moment. */
  readonly onFailure: () => void;
}

/** Between attempts to write to a full disk, which seldom has room soon. */
const RETRY_MS = 1_000;

/** Between attempts where the reader is merely busy. */
const BUSY_MS = 50;

/** Errors, by name or code, after which no write can ever succeed. */
const GONE: ReadonlySet<string> = new Set([
  "BrokenPipe",
  "ConnectionReset",
  "BadResource",
  "EBADF",
]);

/** A descriptor that another process has set to not wait is full for now. */
const BUSY: ReadonlySet<string> = new Set(["WouldBlock", "Interrupted"]);

/** The one way to a sink, which remembers whether it works. */
export class Delivery {
  readonly #sink: LogSink;
  readonly #options: DeliveryOptions;
  #isOver = false;
  #isFailing = false;
  /** Ends the pause before the next attempt. */
  #endPause: (() => void) | null = null;

  /**
   * Creates the way to a sink.
   *
   * @param sink Where the bytes go.
   * @param options What the delivery needs from its caller.
   *
   * @example Usage
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Delivery } from "./delivery.ts";
   *
   * const taken: number[] = [];
   * const sink = {
   *   write(bytes: Uint8Array) {
   *     taken.push(bytes.length);
   *     return Promise.resolve(Math.min(2, bytes.length));
   *   },
   * };
   * const delivery = new Delivery(sink, {
   *   report: () => {},
   *   schedule: () => () => {},
   *   onFailure: () => {},
   * });
   *
   * await delivery.deliver(new Uint8Array(5));
   *
   * assertEquals(taken, [5, 3, 1]);
   * ```
   */
  constructor(sink: LogSink, options: DeliveryOptions) {
    this.#sink = sink;
    this.#options = options;
  }

  /** Whether nothing can be delivered any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /**
   * Delivers bytes, however long that takes. Never rejects.
   *
   * @param bytes What to write.
   * @returns Resolves when all is written, or nothing can be any more.
   */
  async deliver(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    while (rest.length > 0 && !this.#isOver) {
      rest = rest.subarray(await this.#attempt(rest));
    }
    this.#isFailing = false;
  }

  /** Tries again now instead of after the pause. */
  hurry(): void {
    this.#endPause?.();
  }

  /** Ends all delivery; a write under way is not waited for. */
  stop(): void {
    this.#isOver = true;
    this.#endPause?.();
  }

  /** Resolves with the number of bytes that are written; with 0 after a pause. */
  async #attempt(bytes: Uint8Array): Promise<number> {
    try {
      const written = await this.#sink.write(bytes);
      if (written === 0) await this.#pause(BUSY_MS);
      return written;
    } catch (error) {
      await this.#recover(error);
      return 0;
    }
  }

  async #recover(error: unknown): Promise<void> {
    if (isOneOf(error, BUSY)) return await this.#pause(BUSY_MS);
    const isGone = isOneOf(error, GONE);
    if (!this.#isFailing || isGone) this.#report(toReport(error, isGone));
    this.#isFailing = true;
    this.#options.onFailure();
    if (isGone) this.stop();
    else await this.#pause(RETRY_MS);
  }

  #pause(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.schedule(resolve, delayMs);
    this.#endPause = () => {
      cancel();
      resolve();
    };
    return promise;
  }

  #report(message: string): void {
    try {
      this.#options.report(message);
    } catch { /* there is no third place to say it, and the server goes on */ }
  }
}

function isOneOf(error: unknown, kinds: ReadonlySet<string>): boolean {
  if (!(error instanceof Error)) return false;
  return kinds.has(error.name) || "code" in error && kinds.has(`${error.code}`);
}

function toReport(error: unknown, isGone: boolean): string {
  if (isGone) return "The access log has ended: its reader has gone";
  const reason = error instanceof Error ? error.message : String(error);
  return `Cannot write the access log, trying again every second: ${reason}`;
}
