/**
 * The command as a real process, with the permissions that the README shows.
 *
 * @module
 */

import { fromFileUrl, join } from "@std/path";

/** Folder of the repository. */
export const REPOSITORY: string = fromFileUrl(
  new URL("../../", import.meta.url),
);
/** The program. */
export const MAIN: string = join(REPOSITORY, "main.ts");

/**
 * The executable that is tested in the place of the program, if there is one.
 * What it may do was decided when it was made.
 */
const EXECUTABLE = Deno.env.get("SERVE_EXECUTABLE");

/** Whether an executable is tested. */
export const IS_EXECUTABLE: boolean = EXECUTABLE !== undefined;

/**
 * Registers a test about what the command is permitted, or about the runtime
 * that the tests run on: for an executable, both are another matter.
 */
export function programTest(
  name: string,
  fn: () => void | Promise<void>,
): void {
  if (IS_EXECUTABLE) Deno.test.ignore(`${name} (not of an executable)`, fn);
  else Deno.test(name, fn);
}

/** The program and its arguments that start the command. */
export function commandLine(
  denoFlags: readonly string[],
  args: readonly string[],
  main: string = MAIN,
): [program: string, ...args: string[]] {
  return EXECUTABLE === undefined
    ? [Deno.execPath(), "run", "--no-prompt", ...denoFlags, main, ...args]
    : [EXECUTABLE, ...args];
}

/** How to start the command. */
export interface StartOptions {
  /** Folder to share; the least read permission is for it. */
  readonly directory: string;
  /** Further arguments. */
  readonly args?: readonly string[];
  /** `least` (the default) grants one folder and one port; `all` is `-A`. */
  readonly permissions?: "least" | "all";
  /** Files that the least permissions let it read besides the folder. */
  readonly reads?: readonly string[];
  /** Address, 127.0.0.1 unless told. */
  readonly bind?: string;
  /** `null` (the default) keeps it for {@linkcode Server.log}. */
  readonly stderr?: "piped" | "null" | "inherit";
  /** Prefix of the command, such as `["prlimit", "--nofile=256:256"]`. */
  readonly prefix?: readonly string[];
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly uid?: number;
  /** The runtime, the one that runs the test unless told. */
  readonly deno?: string;
  /** An executable to start in the place of the runtime and the program. */
  readonly executable?: string;
}

/** A running server. */
export interface Server extends AsyncDisposable {
  readonly hostname: string;
  readonly port: number;
  /** `http://127.0.0.1:PORT` (or `https`) without a final slash. */
  readonly origin: string;
  readonly pid: number;
  /** Standard output so far. */
  stdout(): string;
  /** Standard error so far (with `stderr: "piped"`). */
  stderr(): string;
  /** Sends a signal. */
  kill(signal?: Deno.Signal): void;
  /** Resolves when the process has ended. */
  readonly status: Promise<Deno.CommandStatus>;
}

/** A port that was free a moment ago. */
export function freePort(hostname = "127.0.0.1"): number {
  using listener = Deno.listen({ hostname, port: 0 });
  return listener.addr.port;
}

/** The arguments of `deno` that start the command. */
export function denoArgs(options: StartOptions, port: number): string[] {
  const { directory, bind = "127.0.0.1", permissions = "least" } = options;
  const host = bind.includes(":") ? `[${bind}]` : bind;
  const grants = permissions === "all" ? ["-A"] : [
    `--allow-net=${host}:${port}`,
    `--allow-read=${[directory, ...options.reads ?? []].join(",")}`,
  ];
  return [
    "run",
    "--no-prompt",
    ...grants,
    MAIN,
    "--bind",
    bind,
    String(port),
    directory,
    ...options.args ?? [],
  ];
}

function startLine(options: StartOptions, port: number): string[] {
  const { deno, executable = deno === undefined ? EXECUTABLE : undefined } =
    options;
  const args = denoArgs(options, port);
  return executable === undefined
    ? [deno ?? Deno.execPath(), ...args]
    : [executable, ...args.slice(args.indexOf(MAIN) + 1)];
}

/** Starts the command and waits until it says that it listens. */
export async function startServer(options: StartOptions): Promise<Server> {
  const { bind = "127.0.0.1" } = options;
  const port = freePort(bind);
  const [program = "", ...args] = [
    ...options.prefix ?? [],
    ...startLine(options, port),
  ];
  const child = new Deno.Command(program, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: options.stderr ?? "piped",
    env: { NO_COLOR: "1", ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined
      ? {}
      : { uid: options.uid, gid: options.uid }),
  }).spawn();
  const out = collect(child.stdout);
  const err = (options.stderr ?? "piped") === "piped"
    ? collect(child.stderr)
    : {
      text: () => "",
      done: Promise.resolve(),
      changed: () => Promise.resolve(),
    };
  const ended = child.status.then(() => true);
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(true), 30_000);
  while (!/^Serving HTTP.*\n/m.test(out.text())) {
    const isOver = await Promise.race([out.changed(), ended, late.promise]);
    if (isOver === true) {
      clearTimeout(timer);
      try {
        child.kill("SIGKILL");
      } catch { /* has ended already */ }
      await Promise.all([child.status, out.done, err.done]);
      throw new Error(`The server did not start: ${out.text()}${err.text()}`);
    }
  }
  clearTimeout(timer);
  const host = bind.includes(":") ? `[${bind}]` : bind;
  const scheme = /^Serving HTTPS/m.test(out.text()) ? "https" : "http";
  return {
    hostname: bind,
    port,
    origin: `${scheme}://${host}:${port}`,
    pid: child.pid,
    stdout: out.text,
    stderr: err.text,
    kill: (signal = "SIGTERM") => child.kill(signal),
    status: child.status,
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch { /* has ended already */ }
      await child.status;
      await Promise.all([out.done, err.done]);
    },
  };
}

/** What a command that ended said. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command to its end, with the deno arguments given. */
export async function runMain(
  denoFlags: readonly string[],
  args: readonly string[],
  options: Deno.CommandOptions = {},
): Promise<Ended> {
  const [program, ...programArgs] = commandLine(denoFlags, args);
  const output = await new Deno.Command(program, {
    args: programArgs,
    stdin: "null",
    ...options,
    env: { NO_COLOR: "1", ...options.env },
    signal: options.signal ?? AbortSignal.timeout(20_000),
  }).output();
  const decoder = new TextDecoder();
  return {
    code: output.code,
    stdout: decoder.decode(output.stdout),
    stderr: decoder.decode(output.stderr),
  };
}

/** Open descriptors of a process. */
export function countDescriptors(pid: number): number {
  return [...Deno.readDirSync(`/proc/${pid}/fd`)].length;
}

/** Resident memory of a process in bytes: now, and at its highest. */
export function memoryOf(pid: number): { now: number; peak: number } {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  const field = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1024;
  return { now: field("VmRSS"), peak: field("VmHWM") };
}

function collect(stream: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder();
  let text = "";
  let signal = Promise.withResolvers<void>();
  const done = (async () => {
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
      signal.resolve();
      signal = Promise.withResolvers<void>();
    }
    signal.resolve();
    // Nothing changes any more: whoever waits must not spin.
    signal = Promise.withResolvers<void>();
  })();
  return { text: () => text, done, changed: () => signal.promise };
}
