/**
 * The command with its log in a state of the caller's choice: read, not read
 * for a while, joined with the output to a reader that goes away, or on a
 * full disk.
 *
 * @module
 */

import type { LogFormat } from "../../../lib/options.ts";
import { denoArgs, freePort, memoryOf } from "../../_support/cli.ts";
import type { Address } from "../../_support/raw.ts";

/** How to start the command. */
export interface StartOptions {
  readonly directory: string;
  readonly format: LogFormat;
  /** Where its log goes: to us, through `2>&1 | head -1`, or to `/dev/full`. */
  readonly log: "read" | "head" | "full";
}

/** A running command. */
export interface LoggingServer extends AsyncDisposable {
  readonly address: Address;
  /** What was printed on standard output so far. */
  output(): string;
  /** The lines of the log that were read so far. */
  log(): string[];
  /** Whether the process lives. */
  isAlive(): boolean;
  /** Resident memory now, in bytes. */
  memory(): number;
  /** Stops and continues the reading of the log. */
  readLog(state: "off" | "on"): void;
  /** Ends it as an operator does; resolves when its log is read to the end. */
  stop(): Promise<Deno.CommandStatus>;
}

/** `$0` and `$@` are the command; its process id is that of the shell. */
const SCRIPTS: Readonly<Record<StartOptions["log"], string>> = {
  read: 'exec "$0" "$@"',
  head: 'exec "$0" "$@" > >(exec head -1) 2>&1',
  full: 'exec "$0" "$@" 2>/dev/full',
};

const DEADLINE_MS = 20_000;

/** Starts the command and waits until it listens. */
export async function startLogging(
  { directory, format, log }: StartOptions,
): Promise<LoggingServer> {
  const port = freePort();
  const child = new Deno.Command("bash", {
    args: [
      "-c",
      SCRIPTS[log],
      Deno.execPath(),
      ...denoArgs({ directory, args: ["--log-format", format] }, port),
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  let isAlive = true;
  const status = child.status.then((status) => {
    isAlive = false;
    return status;
  });
  const output = collect(child.stdout);
  const lines = collect(child.stderr);
  const server: LoggingServer = {
    address: { hostname: "127.0.0.1", port },
    output: output.text,
    log: () => lines.text().split("\n").slice(0, -1),
    isAlive: () => isAlive,
    memory: () => memoryOf(child.pid).now,
    readLog: lines.read,
    async stop() {
      if (isAlive) child.kill("SIGTERM");
      const ended = await status;
      lines.read("on");
      await Promise.all([output.done, lines.done]);
      return ended;
    },
    async [Symbol.asyncDispose]() {
      if (isAlive) child.kill("SIGKILL");
      await this.stop();
    },
  };
  await until(() => !isAlive || /^Serving HTTP.*\n/m.test(output.text()));
  if (isAlive) return server;
  await server.stop();
  throw new Error(`The server did not start: ${output.text()}${lines.text()}`);
}

/** Waits for a condition, with a deadline. */
export async function until(isMet: () => boolean): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!isMet()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${isMet}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Collected {
  readonly text: () => string;
  readonly read: (state: "off" | "on") => void;
  readonly done: Promise<void>;
}

function collect(stream: ReadableStream<Uint8Array>): Collected {
  const decoder = new TextDecoder();
  let text = "";
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  const done = (async () => {
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
      await gate.promise;
    }
  })();
  return {
    text: () => text,
    read(state) {
      gate.resolve();
      if (state === "off") gate = Promise.withResolvers();
    },
    done,
  };
}
