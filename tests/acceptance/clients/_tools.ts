/**
 * Programs of others that the acceptance programs drive.
 *
 * @module
 */

/** What a program that ended said. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a program. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Seconds until it is ended, 600 unless told. */
  readonly limitSeconds?: number;
}

/** Keeps the programs away from proxies, translations and prompts. */
const ENVIRONMENT = {
  LC_ALL: "C.UTF-8",
  // deno-lint-ignore camelcase -- some programs read only this spelling
  no_proxy: "127.0.0.1",
  NO_PROXY: "127.0.0.1",
  GIT_TERMINAL_PROMPT: "0",
};

/**
 * Checks that programs are installed.
 *
 * @throws {Error} If one is missing; the message names all that are.
 */
export function checkTools(...names: readonly string[]): void {
  const missing = names.filter((name) => findProgram(name) === null);
  if (missing.length > 0) {
    throw new Error(`Not installed: ${missing.join(", ")}`);
  }
}

/** Finds a program on PATH, or gives `null`. */
export function findProgram(name: string): string | null {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    if (folder !== "" && isExecutable(`${folder}/${name}`)) {
      return `${folder}/${name}`;
    }
  }
  return null;
}

/** Runs a program to its end, whatever its exit code. */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  const { limitSeconds = 600, cwd, env } = options;
  const output = await new Deno.Command(program, {
    args: [...args],
    stdin: "null",
    env: { ...ENVIRONMENT, ...env },
    signal: AbortSignal.timeout(limitSeconds * 1000),
    ...(cwd === undefined ? {} : { cwd }),
  }).output();
  const decoder = new TextDecoder();
  return {
    code: output.code,
    stdout: decoder.decode(output.stdout),
    stderr: decoder.decode(output.stderr),
  };
}

/**
 * Runs a program that has to succeed.
 *
 * @returns Its standard output.
 * @throws {Error} If it ends with another code than 0.
 */
export async function runWell(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, options);
  if (code !== 0) {
    const said = (stderr + stdout).trim().split("\n").slice(-5).join("\n");
    throw new Error(`${program} ended with ${code}: ${said}`);
  }
  return stdout;
}

/** Names of the entries of a folder. */
export async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) names.push(name);
  return names;
}

/** SHA-256 of a file, in hexadecimal. */
export async function sha256Of(path: string): Promise<string> {
  return (await runWell("sha256sum", ["--", path])).replace(/^\\/, "")
    .slice(0, 64);
}

function isExecutable(path: string): boolean {
  try {
    const { isFile, mode } = Deno.statSync(path);
    return isFile && ((mode ?? 0o111) & 0o111) !== 0;
  } catch {
    // Not there, or not ours to see: not a program that we can run.
    return false;
  }
}
