/**
 * Stopping by a signal: once gently, twice at once.
 *
 * @module
 */

/** What is to happen. */
export interface StopSteps {
  /** Called at the first signal; the process ends when it resolves. */
  readonly stop: () => Promise<void>;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/** How long answers under way may take to finish. */
export const DRAIN_MS = 10_000;

const INTERRUPTED = 128 + 2;
const TERMINATED = 128 + 15;

/**
 * Gives the signals that stop the server, and the exit code that the second
 * one of a kind leads to.
 *
 * @param os Operating system.
 * @returns Signal and code. A terminal that was closed (SIGHUP) counts as
 * SIGTERM; Windows has two signals only.
 *
 * @example Usage
 * ```ts
 * import { stopSignals } from "./stop.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(stopSignals("linux").get("SIGINT"), 130);
 * assertEquals([...stopSignals("windows").keys()], ["SIGINT", "SIGBREAK"]);
 * ```
 */
export function stopSignals(
  os: typeof Deno.build.os,
): ReadonlyMap<Deno.Signal, number> {
  return os === "windows"
    ? new Map([["SIGINT", INTERRUPTED], ["SIGBREAK", TERMINATED]])
    : new Map([
      ["SIGINT", INTERRUPTED],
      ["SIGTERM", TERMINATED],
      ["SIGHUP", TERMINATED],
    ]);
}

/** Calls back at each signal; from the system, or handed on by a parent. */
export type SignalSource = (onSignal: (signal: Deno.Signal) => void) => void;

/**
 * Receives the signals that the system sends to this process.
 *
 * @param onSignal Called at each of {@linkcode stopSignals}.
 *
 * @example Usage
 * ```ts ignore
 * import { ownSignals } from "./stop.ts";
 *
 * ownSignals((signal) => console.log(signal));
 * ```
 */
export function ownSignals(onSignal: (signal: Deno.Signal) => void): void {
  for (const signal of stopSignals(Deno.build.os).keys()) {
    Deno.addSignalListener(signal, () => onSignal(signal));
  }
}

/**
 * Stops at the first signal, and ends at once at the second one of a source.
 * Ctrl-C reaches a process and its parent, which hands it on: that is one
 * signal, so each source is counted by itself.
 *
 * @param steps What is to happen.
 * @param sources Where signals come from.
 *
 * @example Usage
 * ```ts ignore
 * import { stopOnSignals } from "./stop.ts";
 *
 * stopOnSignals({ stop: () => server.shutdown(), exit: Deno.exit });
 * ```
 */
export function stopOnSignals(
  steps: StopSteps,
  sources: readonly SignalSource[] = [ownSignals],
): void {
  const codes = stopSignals(Deno.build.os);
  let isStopping = false;
  for (const source of sources) {
    let isSecond = false;
    source((signal) => {
      if (isSecond) return steps.exit(codes.get(signal) ?? TERMINATED);
      isSecond = true;
      if (isStopping) return;
      isStopping = true;
      steps.stop().then(() => steps.exit(0), () => steps.exit(0));
    });
  }
}

/**
 * Waits for something, but not for ever.
 *
 * @param work What is waited for.
 * @param deadlineMs Milliseconds until it is waited for no more.
 * @returns Resolves when the work has settled or the time is over.
 *
 * @example Usage
 * ```ts
 * import { waitAtMost } from "./stop.ts";
 *
 * await waitAtMost(new Promise(() => {}), 1);
 * ```
 */
export async function waitAtMost(
  work: Promise<unknown>,
  deadlineMs: number,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadlineMs);
  });
  await Promise.race([work.then(() => {}, () => {}), deadline]);
  clearTimeout(timer);
}
