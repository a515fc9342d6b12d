/**
 * The command with its access log on, for so long that nobody could keep what
 * it writes: the lines are counted as they come, and dropped.
 *
 * @module
 */

import { denoArgs, freePort } from "../../_support/cli.ts";
import type { Address } from "../../_support/raw.ts";
import { waitUntil } from "./_wait.ts";

/** What the log said so far. */
export interface LogCount {
  /** How often each status was logged. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Answers that their client did not wait for. */
  readonly aborted: number;
  /** Lines that the log itself told as lost. */
  readonly lost: number;
  /** All that is no line of an answer; the first ones. */
  readonly notes: readonly string[];
}

/** A running command. */
export interface CountedServer extends AsyncDisposable {
  readonly address: Address;
  readonly pid: number;
  readonly log: LogCount;
  /** Whether the process lives. */
  isAlive(): boolean;
  /** Ends it as an operator does; resolves when its log is read to the end. */
  stop(): Promise<Deno.CommandStatus>;
}

const ANSWER = /" (\d{3}) (?:\d+|-)( aborted)?$/;
const LOSS = /^# (\d+) log lines? lost/;
const NOTES_KEPT = 20;

/** Starts the command with the least permissions and waits until it listens. */
export async function startCounted(
  directory: string,
  args: readonly string[],
): Promise<CountedServer> {
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: denoArgs({ directory, args }, port),
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
  let output = "";
  const counter = new LogCounter();
  const read = Promise.all([
    eachText(child.stdout, (text) => output += text),
    eachText(child.stderr, (text) => counter.add(text)),
  ]);
  const server: CountedServer = {
    address: { hostname: "127.0.0.1", port },
    pid: child.pid,
    log: counter,
    isAlive: () => isAlive,
    async stop() {
      if (isAlive) child.kill("SIGTERM");
      const ended = await status;
      await read;
      return ended;
    },
    async [Symbol.asyncDispose]() {
      if (isAlive) child.kill("SIGKILL");
      await this.stop();
    },
  };
  await waitUntil(() => !isAlive || /^Serving HTTP.*\n/m.test(output), 20_000);
  if (isAlive) return server;
  await server.stop();
  throw new Error(`The server did not start: ${counter.notes.join(" ")}`);
}

class LogCounter implements LogCount {
  readonly statuses = new Map<number, number>();
  readonly notes: string[] = [];
  aborted = 0;
  lost = 0;
  #rest = "";

  add(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#count(line);
  }

  #count(line: string): void {
    const answer = ANSWER.exec(line);
    if (answer !== null) {
      const status = Number(answer[1]);
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      if (answer[2] !== undefined) this.aborted++;
      return;
    }
    const loss = LOSS.exec(line);
    if (loss !== null) this.lost += Number(loss[1]);
    else if (this.notes.length < NOTES_KEPT) this.notes.push(line);
  }
}

async function eachText(
  stream: ReadableStream<Uint8Array>,
  take: (text: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    take(decoder.decode(chunk, { stream: true }));
  }
}
