/**
 * The gentle end: answers under way finish, and the log is handed over.
 *
 * @module
 */

import type { CommandLog } from "../server/command_log.ts";
import { DRAIN_MS, waitAtMost } from "../server/stop.ts";

/** How long the end of the process may wait for the log. */
export const FLUSH_MS = 1_000;

/** What is to be ended. */
export interface Serving {
  /** How many requests are being answered now. */
  readonly requestsUnderWay: number;
  /** Stops accepting; resolves when the answers under way have finished. */
  stop(): Promise<void>;
}

/**
 * Stops serving: waits for downloads under way, though not for ever.
 *
 * @param serving What is to be ended.
 * @param log Log whose last lines are to be handed over.
 * @returns Resolves when the process may end.
 *
 * @example Usage
 * ```ts ignore
 * import { stopServing } from "./stop_serving.ts";
 *
 * await stopServing(supervisor, log);
 * ```
 */
export async function stopServing(
  serving: Serving,
  log: Pick<CommandLog, "flush">,
): Promise<void> {
  const drained = serving.stop();
  const count = serving.requestsUnderWay;
  if (count > 0 && Deno.stdout.isTerminal()) {
    const downloads = count === 1 ? "1 download" : `${count} downloads`;
    const line =
      `Stopping, ${downloads} under way (Ctrl-C again to stop now)\n`;
    // Asynchronous: a terminal that stands still must not hold the end up.
    Deno.stdout.write(new TextEncoder().encode(line)).catch(() => {
      // The terminal is gone, and nobody reads the line.
    });
  }
  await waitAtMost(drained, DRAIN_MS);
  await log.flush(FLUSH_MS);
}
