/**
 * The command with exactly the permissions given, until it listens or ends.
 *
 * @module
 */

import { MAIN } from "../../_support/cli.ts";

/** What is started. */
export interface Run {
  readonly grants: readonly string[];
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A command that listens, or has ended. */
export interface Outcome extends AsyncDisposable {
  /** Exit code; `null` while it listens. */
  readonly code: number | null;
  readonly stdout: string;
  stderr(): string;
}

const DEADLINE_MS = 20_000;

/** Starts the command and waits until it listens or has ended. */
export async function run({ grants, args, env = {} }: Run): Promise<Outcome> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...grants, MAIN, ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1", ...env },
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), DEADLINE_MS);
  let stderr = "";
  const errors = eachText(child.stderr, (text) => stderr += text);
  let stdout = "";
  const { promise: listening, resolve } = Promise.withResolvers<null>();
  const output = eachText(child.stdout, (text) => {
    stdout += text;
    // The start page is printed at once.
    if (/^Serving HTTPS? .*\n/.test(stdout)) resolve(null);
  });
  const ended = child.status.then(async ({ code }) => {
    await Promise.all([output, errors]);
    return code;
  });
  const code = await Promise.race([listening, ended]);
  clearTimeout(timer);
  return {
    code,
    stdout,
    stderr: () => stderr,
    async [Symbol.asyncDispose]() {
      if (code === null) child.kill("SIGKILL");
      await ended;
    },
  };
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
