/**
 * Looks into the server's access log.
 *
 * @module
 */

import type { Server } from "../../_support/cli.ts";

/** An answer is logged when it has ended, and written a little later. */
const LIMIT_MS = 5000;

/**
 * Counts the lines that match, and waits until there is one.
 *
 * @returns The number; 0 where none came in time.
 */
export async function countLogged(
  server: Server,
  line: RegExp,
): Promise<number> {
  const deadline = Date.now() + LIMIT_MS;
  while (true) {
    const lines = server.stderr().split("\n");
    const count = lines.filter((text) => line.test(text)).length;
    if (count > 0 || Date.now() > deadline) return count;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
