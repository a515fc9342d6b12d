/**
 * A change to the disk, and what a server must answer after it; one after the
 * other on one server.
 *
 * @module
 */

import type { Finding } from "../../_support/acceptance.ts";
import type { Server } from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";

/** A change and the statuses that follow from it. */
export interface Step {
  readonly title: string;
  readonly act?: () => unknown;
  readonly wanted: Readonly<Record<string, number>>;
}

/** Walks through the steps and says which of them were answered wrongly. */
export async function walk(
  server: Server,
  steps: readonly Step[],
  secret: string,
): Promise<Finding> {
  const faults: string[] = [];
  let answers = 0;
  for (const { title, act, wanted } of steps) {
    await act?.();
    for (const [target, status] of Object.entries(wanted)) {
      for (const method of ["GET", "HEAD"]) {
        const answer = await rawRequest(server, target, { method });
        answers++;
        if (answer.status !== status) {
          faults.push(
            `${title}: ${method} ${target} is ${answer.status}, not ${status}`,
          );
        }
        if (new TextDecoder().decode(answer.body).includes(secret)) {
          faults.push(`${title}: ${method} ${target} leaks`);
        }
      }
    }
  }
  const lines = server.stderr().split("\n").filter((line) =>
    /^error|Uncaught|\bat /.test(line)
  );
  return {
    holds: faults.length === 0 && lines.length === 0,
    figure: [
      `${answers} answers after ${steps.length} changes`,
      ...faults.slice(0, 8),
      ...lines.slice(0, 3),
    ].join("; "),
  };
}
