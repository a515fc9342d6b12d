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

interface GraphModule {
  readonly specifier: string;
  readonly dependencies?: readonly {
    readonly specifier: string;
    readonly isDynamic?: boolean;
    readonly code?: { readonly specifier?: string };
  }[];
}

/**
 * Everything that a module imports before it runs, and they in turn: from the
 * URL of each to its name where it is imported. What is imported by a name that
 * is not followed is there itself, and nothing of what it imports.
 */
export async function staticImports(
  path: string,
  isFollowed: (name: string) => boolean = () => true,
): Promise<Map<string, string>> {
  const { stdout } = await runDeno(["info", "--json", path]);
  const { modules, roots }: { modules: GraphModule[]; roots: string[] } = JSON
    .parse(stdout);
  const byName = new Map(modules.map((each) => [each.specifier, each]));
  const found = new Map(roots.map((root) => [root, `./${path}`]));
  for (const [url, name] of found) {
    if (!isFollowed(name)) continue;
    for (const each of byName.get(url)?.dependencies ?? []) {
      if (each.isDynamic || each.code === undefined) continue;
      const to = each.code.specifier ?? each.specifier;
      if (!found.has(to)) found.set(to, each.specifier);
    }
  }
  return found;
}

async function isThere(path: string): Promise<boolean> {
  try {
    return !(await Deno.lstat(join(REPOSITORY, path))).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
