/**
 * The way of the log's lines out of the process: a bounded queue, emptied by
 * one asynchronous write at a time.
 *
 * Whoever reads the log may be slow, stand still or go away, and a disk may be
 * full: that costs lines, which are counted, and never an answer. A writer that
 * waits for its reader would hold up every request of the process.
 *
 * @module
 */

import { Delivery, type LogSink, type Schedule } from "./delivery.ts";
import { LineQueue } from "./line_queue.ts";

/** What a writer needs from its caller. */
export interface LogWriterOptions {
  /** Writes the line, without newline, that stands where lines were lost. */
  readonly formatLoss: (lost: number) => string;
  /** Is told why the log cannot be written, once until it can be again. */
  readonly report: (message: string) => void;
  /** Starts the writer's timers. */
  readonly schedule: Schedule;
}

/** A log that can be written to at any time, in any state of its reader. */
export interface LogWriter extends AsyncDisposable {
  /** Adds a line, given without newline. Never waits and never throws. */
  write(line: string): void;
  /**
   * Hands over what is queued, and resolves when that is done, cannot be done,
   * or has taken `deadlineMs`. The write under way may then still be pending,
   * and holds a process up that does not end by `Deno.exit`.
   */
  flush(deadlineMs: number): Promise<void>;
  /** Flushes for a second at most; later lines are dropped. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Some 10,000 lines: a second of a busy server, and no burden on its memory. */
const QUEUE_BYTES = 1_048_576;

/** Half of the 100 ms in which a line has to be on its way: timers are late. */
const GATHER_MS = 50;

/** How long the end of a program may wait for its log. */
const DISPOSE_MS = 1_000;

/**
 * Creates a writer that never holds its caller up.
 *
 * Lines are gathered for at most 50 ms, or until they fill a write. When 1 MiB
 * of them waits, further ones are dropped and counted, and `formatLoss` writes
 * the number as soon as the reader reads again. After a reader has gone nothing
 * is written any more; after another error the same bytes are tried again every
 * second.
 *
 * @param sink Where the lines go.
 * @param options What the writer needs from its caller.
 * @returns The writer.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createLogWriter } from "./writer.ts";
 *
 * let text = "";
 * const sink = {
 *   write(bytes: Uint8Array) {
 *     text += new TextDecoder().decode(bytes);
 *     return Promise.resolve(bytes.length);
 *   },
 * };
 * const writer = createLogWriter(sink, {
 *   formatLoss: (lost) => `# ${lost} lines lost`,
 *   report: () => {},
 *   schedule: (callback, delayMs) => {
 *     const timer = setTimeout(callback, delayMs);
 *     return () => clearTimeout(timer);
 *   },
 * });
 *
 * writer.write("one");
 * writer.write("two");
 * await writer.flush(1_000);
 *
 * assertEquals(text, "one\ntwo\n");
 * ```
 */
export function createLogWriter(
  sink: LogSink,
  options: LogWriterOptions,
): LogWriter {
  return new QueuedWriter(sink, options);
}

class QueuedWriter implements LogWriter {
  readonly #options: LogWriterOptions;
  readonly #delivery: Delivery;
  readonly #queue = new LineQueue(QUEUE_BYTES);
  /** Lines that were dropped and not yet told of. */
  #lost = 0;
  #isWriting = false;
  /** Prevents the write that is due when lines have been gathered. */
  #cancelGathering: (() => void) | null = null;
  /** What resolves the flushes under way. */
  readonly #flushes: Set<() => void> = new Set();

  constructor(sink: LogSink, options: LogWriterOptions) {
    this.#options = options;
    this.#delivery = new Delivery(sink, {
      report: options.report,
      schedule: options.schedule,
      onFailure: () => this.#endFlushes(),
    });
  }

  write(line: string): void {
    if (this.#delivery.isOver) return;
    // Once a line is lost so are the next, until the reader takes something:
    // one notice for many lines instead of one for each.
    if (this.#lost > 0 || !this.#queue.push(line)) this.#lost++;
    if (this.#isWriting) return;
    this.#announceLoss();
    if (this.#queue.isPressing) this.#start();
    else this.#gather();
  }

  async flush(deadlineMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.schedule(resolve, deadlineMs);
    this.#flushes.add(resolve);
    this.#delivery.hurry();
    this.#start();
    await promise;
    cancel();
    this.#flushes.delete(resolve);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush(DISPOSE_MS);
    this.#cancelGathering?.();
    this.#delivery.stop();
  }

  #gather(): void {
    this.#cancelGathering ??= this.#options.schedule(
      () => this.#start(),
      GATHER_MS,
    );
  }

  #start(): void {
    this.#cancelGathering?.();
    this.#cancelGathering = null;
    if (this.#isWriting) return;
    this.#isWriting = true;
    this.#handOver().then(() => this.#settle());
  }

  /** Hands over what waits now; what comes meanwhile gathers, unless it presses. */
  async #handOver(): Promise<void> {
    let dueBytes = this.#queue.bytes;
    while (dueBytes > 0 || this.#queue.isPressing) {
      const piece = this.#queue.take();
      dueBytes -= piece.length;
      await this.#delivery.deliver(piece);
      this.#announceLoss();
    }
  }

  /** Decides what comes after the writes of one turn. */
  #settle(): void {
    this.#isWriting = false;
    if (this.#queue.bytes === 0) this.#endFlushes();
    else if (this.#flushes.size > 0) this.#start();
    else this.#gather();
  }

  #announceLoss(): void {
    if (this.#lost === 0) return;
    if (this.#queue.push(this.#options.formatLoss(this.#lost))) this.#lost = 0;
  }

  #endFlushes(): void {
    for (const resolve of this.#flushes) resolve();
  }
}
