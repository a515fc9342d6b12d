/**
 * How long it takes from the start of a server to its first answer.
 *
 * @module
 */

import { writeAll } from "../_support/raw.ts";
import { waitForRefusal } from "../cli/_command.ts";

/** How a server is started. */
export interface Start {
  readonly command: readonly string[];
  /** Port that it listens on, on loopback. */
  readonly port: number;
  /** Target of the request. */
  readonly target: string;
  /** Folder that it is started in. */
  readonly cwd?: string;
}

const DEADLINE_MS = 30_000;
const POLL_MS = 1;

/** Milliseconds from the start to the first bytes of an answer; then it ends. */
export async function timeToFirstAnswer(
  { command: [program = "", ...args], port, target, cwd }: Start,
): Promise<number> {
  const before = performance.now();
  const child = new Deno.Command(program, {
    args,
    ...(cwd === undefined ? {} : { cwd }),
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    await firstAnswer(port, target);
    return performance.now() - before;
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await waitForRefusal({ hostname: "127.0.0.1", port });
  }
}

async function firstAnswer(port: number, target: string): Promise<void> {
  const request =
    `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`;
  const deadline = performance.now() + DEADLINE_MS;
  while (performance.now() < deadline) {
    try {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port });
      await writeAll(connection, new TextEncoder().encode(request));
      const head = new Uint8Array(12);
      await connection.read(head);
      const status = new TextDecoder().decode(head.subarray(9));
      if (status === "200") return;
      throw new Error(`The first answer has status ${status}`);
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error("No answer");
}
