/**
 * Executables, made as `deno task compile` makes them, by the compiler that
 * `DENO_COMPILE` names: `.ci/denort.sh` brings one where the ordinary download
 * of its runtime is out of reach.
 *
 * @module
 */

import { join } from "@std/path";

import { bundle, compile, copyFolder, ownTarget } from "../../.ci/compile.ts";
import { MAIN } from "../_support/cli.ts";

/** The program that compiles, or `undefined`. */
export const COMPILER: string | undefined = Deno.env.get("DENO_COMPILE");

/** Ends the name of a test that has nothing to compile with. */
export const WHY_IGNORED: string = COMPILER === undefined
  ? " (ignored: DENO_COMPILE is not set, see .ci/denort.sh)"
  : "";

/** An executable in a folder that is removed when its block ends. */
export interface Executable extends AsyncDisposable {
  readonly path: string;
  /** Version of the runtime in it. */
  readonly deno: string;
}

/** What differs from the ordinary executable. */
export interface BuildOptions {
  /** Module to start, the command unless told. */
  readonly entry?: string;
  /** Folder that is put into it, as the site to serve. */
  readonly site?: string;
  readonly name?: string;
  /** What it may do. */
  readonly flags?: readonly string[];
}

/** Makes an executable. */
export async function build(
  { entry = MAIN, site, name = "serve", flags }: BuildOptions = {},
): Promise<Executable> {
  const folder = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "serve_executable_" }),
  );
  const bundled = join(folder, "bundle");
  const output = join(folder, name);
  const compiler = COMPILER ?? "";
  const main = await bundle(entry, bundled);
  if (site !== undefined) await copyFolder(site, join(bundled, "public"));
  await compile({
    folder: bundled,
    entry: main,
    include: site === undefined ? [] : ["public"],
    output,
    target: ownTarget(),
    compiler,
    ...(flags === undefined ? {} : { flags }),
  });
  // Nothing of it is needed any more.
  await Deno.remove(bundled, { recursive: true });
  return {
    path: output,
    deno: await versionOf(compiler),
    async [Symbol.asyncDispose]() {
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function versionOf(deno: string): Promise<string> {
  const { stdout } = await new Deno.Command(deno, {
    args: ["--version"],
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout);
  return /^deno (\S+)/.exec(text)?.[1] ?? "";
}

/** What a program that ended said. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an executable to its end, with nothing of this environment. */
export async function runAlone(
  path: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string> },
): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(path, {
    args: [...args],
    cwd: options.cwd,
    clearEnv: true,
    env: { PATH: "", HOME: options.cwd, NO_COLOR: "1", ...options.env },
    stdin: "null",
    signal: AbortSignal.timeout(20_000),
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}
