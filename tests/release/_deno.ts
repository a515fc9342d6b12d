/**
 * The runtime as somebody has it who does not have this repository: in another
 * folder, with a JSR and a cache of its own.
 *
 * @module
 */

/** Where and with what the runtime starts. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** When all that runs is ended. */
  readonly signal: AbortSignal;
  /** The runtime, the one that runs the test unless told. */
  readonly deno?: string;
}

/** A program that runs until its block ends. */
export interface Running extends AsyncDisposable {
  readonly pid: number;
  /** Port that it said it listens on. */
  readonly port: number;
}

/** Runs `deno` to its end. */
export async function runDeno(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<{ success: boolean; stdout: string; output: string }> {
  const { success, stdout, stderr } = await command(args, surroundings)
    .output();
  const decoder = new TextDecoder();
  const text = decoder.decode(stdout);
  return { success, stdout: text, output: text + decoder.decode(stderr) };
}

/** Starts `deno` and waits until it says where it listens. */
export function startDeno(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<Running> {
  return startProgram(Deno.execPath(), args, surroundings);
}

/** Starts a program and waits until it says where it listens. */
export async function startProgram(
  program: string,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<Running> {
  const child = command(args, { ...surroundings, deno: program }).spawn();
  const said = Promise.withResolvers<number | null>();
  const outputs = [child.stdout, child.stderr].map((stream) =>
    readPort(stream, said.resolve)
  );
  const texts = Promise.all(outputs);
  texts.then(() => said.resolve(null));
  const port = await said.promise;
  if (port === null) {
    await child.status;
    throw new Error(`Did not listen: ${(await texts).join("")}`);
  }
  return {
    pid: child.pid,
    port,
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGTERM");
      } catch { /* has ended already */ }
      await child.status;
      await texts;
    },
  };
}

function command(
  args: readonly string[],
  { cwd, env, signal, deno = Deno.execPath() }: Surroundings,
): Deno.Command {
  return new Deno.Command(deno, {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal,
  });
}

/** Reads to the end, and tells the port of the first address on the way. */
async function readPort(
  stream: ReadableStream<Uint8Array>,
  tell: (port: number) => void,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    const [, port] =
      /^(?:Serving HTTP|(?:deno serve: )?Listening) .*:(\d+)\/.*\n/m.exec(
        text,
      ) ?? [];
    if (port !== undefined) tell(Number(port));
  }
  return text;
}
