/**
 * The files of the repository, as the rules look at them.
 *
 * @module
 */

import { join } from "@std/path";

import { REPOSITORY } from "../_support/cli.ts";

/**
 * Paths of all files that are or will be tracked: those that are new and not
 * ignored count, those that were removed do not.
 */
export async function repositoryFiles(): Promise<string[]> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args,
    cwd: REPOSITORY,
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`git: ${decoder.decode(stderr)}`);
  const paths = decoder.decode(stdout).split("\0").filter((path) => path);
  const there = await Promise.all(paths.map(isThere));
  return [...new Set(paths.filter((_, i) => there[i]))].toSorted();
}

/** Text of a file. */
export function readSource(path: string): Promise<string> {
  return Deno.readTextFile(join(REPOSITORY, path));
}

/** A source without its comments, which may name what the code may not. */
export function withoutComments(source: string): string {
  return source
    .replaceAll(/^[ \t]*\/\*[^]*?\*\//gm, "")
    .replaceAll(/^[ \t]*\/\/.*$/gm, "")
    .replaceAll(/[ \t]\/\/ .*$/gm, "");
}

/** Runs `deno` in the repository. */
export async function runDeno(
  args: readonly string[],
): Promise<{ success: boolean; stdout: string; output: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: REPOSITORY,
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(120_000),
  }).output();
  const decoder = new TextDecoder();
  const text = decoder.decode(stdout);
  return { success, stdout: text, output: text + decoder.decode(stderr) };
}

async function isThere(path: string): Promise<boolean> {
  try {
    return !(await Deno.lstat(join(REPOSITORY, path))).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
