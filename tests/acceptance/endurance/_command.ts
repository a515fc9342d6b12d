/**
 * The command started with exactly the words of its user: no address, no port
 * and no permission is added.
 *
 * @module
 */

import { MAIN } from "../../_support/cli.ts";
import { waitUntil } from "./_wait.ts";

/** A command that listens. */
export interface Command extends AsyncDisposable {
  /** Standard error so far. */
  stderr(): string;
  /** Sends a signal. */
  kill(signal: Deno.Signal): void;
}

/** Starts the command and waits until it says that it listens. */
export async function startCommand(
  denoFlags: readonly string[],
  args: readonly string[],
): Promise<Command> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...denoFlags, MAIN, ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  const printed = { stdout: "", stderr: "" };
  const collecting = Promise.all([collect("stdout"), collect("stderr")]);
  async function end(): Promise<void> {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
    await child.status;
    await collecting;
  }
  if (
    !await waitUntil(() => /^Serving HTTP.*\n/.test(printed.stdout), 20_000)
  ) {
    await end();
    throw new Error(`The server did not start: ${printed.stderr}`);
  }
  return {
    stderr: () => printed.stderr,
    kill: (signal) => child.kill(signal),
    [Symbol.asyncDispose]: end,
  };

  async function collect(name: "stdout" | "stderr"): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of child[name]) {
      printed[name] += decoder.decode(chunk, { stream: true });
    }
  }
}
