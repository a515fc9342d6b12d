/**
 * Sinks in every state, a clock that is set by hand, and a record to vary.
 *
 * @module
 */

import type { LogSink, Schedule } from "../../../lib/log/delivery.ts";
import { createLogWriter, type LogWriter } from "../../../lib/log/writer.ts";
import type { LogRecord } from "../../../lib/record.ts";

/** An ordinary answer. */
export const RECORD: LogRecord = Object.freeze({
  remote: "127.0.0.1",
  user: null,
  time: Date.UTC(2026, 10, 21, 10, 11, 12, 345),
  method: "GET",
  target: "/a.txt?b=1",
  protocol: "HTTP/1.1",
  status: 200,
  bytes: 12,
  durationMs: 0.4567,
  referrer: "http://localhost/",
  userAgent: "curl/8.5.0",
  aborted: false,
  error: null,
});

/** What a sink does with one write: takes bytes, fails, or waits. */
export type Step = number | Error | Promise<number>;

/** A sink that remembers what it took. */
export interface FakeSink extends LogSink {
  /** Everything that it took so far. */
  text(): string;
  /** How often it was asked to write. */
  readonly writes: number;
  /** The largest number of writes that were pending at once. */
  readonly mostPending: number;
}

/** Makes a sink; `step` decides about each write, all is taken where it is absent. */
export function fakeSink(
  step: (bytes: Uint8Array, index: number) => Step = (bytes) => bytes.length,
): FakeSink {
  const decoder = new TextDecoder();
  let text = "";
  let writes = 0;
  let pending = 0;
  let mostPending = 0;
  return {
    text: () => text,
    get writes() {
      return writes;
    },
    get mostPending() {
      return mostPending;
    },
    async write(bytes) {
      mostPending = Math.max(mostPending, ++pending);
      try {
        const outcome = step(bytes, writes++);
        if (outcome instanceof Error) throw outcome;
        const count = await outcome;
        text += decoder.decode(bytes.subarray(0, count), { stream: true });
        return count;
      } finally {
        pending--;
      }
    },
  };
}

/** An error as the runtime makes it. */
export function systemError(code: string, name = "Error"): Error {
  return Object.assign(new Error(`${code} (os error)`), { code, name });
}

/** A clock that stands still until it is told to go. */
export interface FakeClock {
  readonly schedule: Schedule;
  /** Timers that are armed. */
  readonly armed: number;
  /** Lets time pass, and what follows from it happen. */
  pass(ms: number): Promise<void>;
}

/** Makes a clock. */
export function fakeClock(): FakeClock {
  const timers = new Map<() => void, number>();
  let now = 0;
  return {
    schedule(callback, delayMs) {
      const fire = () => callback();
      timers.set(fire, now + delayMs);
      return () => timers.delete(fire);
    },
    get armed() {
      return timers.size;
    },
    async pass(ms) {
      const end = now + ms;
      await turn();
      while (now < end) {
        now = Math.min(end, ...timers.values());
        for (const [fire, time] of timers) {
          if (time > now) continue;
          timers.delete(fire);
          fire();
        }
        await turn();
      }
    },
  };
}

/** Lets all that is ready run. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** A writer, and what it has to do with. */
export interface WriterSetup {
  readonly sink: FakeSink;
  readonly clock: FakeClock;
  /** What was reported. */
  readonly reports: string[];
  readonly writer: LogWriter;
}

/** Makes a writer to a fake sink, with a fake clock. */
export function setUpWriter(
  step?: (bytes: Uint8Array, index: number) => Step,
): WriterSetup {
  const sink = fakeSink(step);
  const clock = fakeClock();
  const reports: string[] = [];
  const writer = createLogWriter(sink, {
    formatLoss: (lost) => `lost ${lost}`,
    report: (message) => reports.push(message),
    schedule: clock.schedule,
  });
  return { sink, clock, reports, writer };
}
