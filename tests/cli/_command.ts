/**
 * The command with any permissions and arguments, and what tests of it wait
 * for.
 *
 * @module
 */

import { commandLine } from "../_support/cli.ts";

/** How to start the command. */
export interface CommandOptions {
  /** Flags of `deno run`, such as grants. */
  readonly denoFlags: readonly string[];
  /** Arguments of the command itself. */
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** Another copy of the program. */
  readonly main?: string;
  /** Runs it on a pseudo-terminal, where both outputs are one. */
  readonly isOnTerminal?: boolean;
}

/** The command while it runs. */
export interface Command extends AsyncDisposable {
  readonly pid: number;
  /** Standard output so far. */
  stdout(): string;
  /** Standard error so far. */
  stderr(): string;
  /** Types something, on a pseudo-terminal. */
  type(text: string): Promise<void>;
  /** Sends a signal. */
  kill(signal: Deno.Signal): void;
  /** Resolves when the process has ended. */
  readonly status: Promise<Deno.CommandStatus>;
}

/** Starts it on a pseudo-terminal, with the least permissions for a folder. */
export function startOnTerminal(directory: string, port: number): Command {
  return startCommand({
    denoFlags: [
      `--allow-net=127.0.0.1:${port}`,
      `--allow-read=${directory}`,
    ],
    args: ["-b127.0.0.1", String(port), directory],
    isOnTerminal: true,
  });
}

/** Starts the command without waiting for anything. */
export function startCommand(options: CommandOptions): Command {
  const line = commandLine(options.denoFlags, options.args, options.main);
  const { program, programArgs } = options.isOnTerminal
    ? {
      program: "script",
      programArgs: [
        "-qec",
        // A shell left in between gets the Ctrl-C too, and some then say 130.
        "exec " + line.map(quote).join(" "),
        "/dev/null",
      ],
    }
    : { program: line[0], programArgs: line.slice(1) };
  const child = new Deno.Command(program, {
    args: programArgs,
    stdin: options.isOnTerminal ? "piped" : "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1", ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  }).spawn();
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  const input = options.isOnTerminal ? child.stdin.getWriter() : null;
  return {
    pid: child.pid,
    stdout: out.text,
    stderr: err.text,
    type: async (text) => await input?.write(new TextEncoder().encode(text)),
    kill: (signal) => child.kill(signal),
    status: child.status,
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch { /* has ended already */ }
      await child.status;
      await input?.close().catch(() => {/* its reader has ended */});
      await Promise.all([out.done, err.done]);
    },
  };
}

/** Whether a pseudo-terminal can be had here. */
export async function hasTerminal(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command("script", {
      args: ["-qec", "true", "/dev/null"],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch {
    return false; // there is no such program
  }
}

/** Polls until something is there; fails with what was seen instead. */
export async function waitFor<T>(
  find: () => T | null | undefined | Promise<T | null | undefined>,
  describe: () => string = () => "nothing",
  deadlineMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  while (true) {
    const found = await find();
    if (found !== null && found !== undefined) return found;
    if (Date.now() > deadline) {
      throw new Error(`Waited in vain; there was ${describe()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until the command says that it listens, and gives its port. */
export async function waitForPort(command: Command): Promise<number> {
  const first = await waitForOutput(
    command,
    /^Serving HTTP on .* port (\d+) .*\r?\n/m,
  );
  return Number(first[1]);
}

/** Waits until one of the outputs matches. */
export async function waitForOutput(
  command: Command,
  pattern: RegExp,
): Promise<RegExpExecArray> {
  let hasEnded = false;
  command.status.then(() => hasEnded = true);
  return await waitFor(
    () => {
      const found = pattern.exec(command.stdout()) ??
        pattern.exec(command.stderr());
      if (found === null && hasEnded) throw new Error(seenOf(command));
      return found;
    },
    () => seenOf(command),
  );
}

/** Resolves once nobody accepts connections there any more. */
export async function waitForRefusal(
  address: { hostname: string; port: number },
): Promise<void> {
  await waitFor(async () => {
    try {
      (await Deno.connect(address)).close();
    } catch (error) {
      if (error instanceof Deno.errors.ConnectionRefused) return true;
      if (error instanceof Deno.errors.ConnectionReset) return true;
      throw error;
    }
  }, () => "still a listener");
}

function seenOf(command: Command): string {
  return `stdout ${JSON.stringify(command.stdout())}, ` +
    `stderr ${JSON.stringify(command.stderr())}`;
}

function quote(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

function collect(stream: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder();
  let text = "";
  const done = (async () => {
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
    }
  })();
  return { text: () => text, done };
}
