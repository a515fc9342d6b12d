/**
 * Code in a process of its own: with other permissions, or as a user whom file
 * modes hold back.
 *
 * @module
 */

import { join } from "@std/path";

import { REPOSITORY } from "../../_support/cli.ts";

/** How a child is started. */
export interface ChildOptions {
  /** Permissions, as flags of `deno run`. */
  readonly flags?: readonly string[];
  readonly cwd?: string;
  /** Command in front of `deno`, such as {@linkcode PLAIN_USER}. */
  readonly prefix?: readonly string[];
}

// Root without these is held back by file modes like anybody else, and can
// still read what the runtime has cached for it.
const WITHOUT_OVERRIDE = [
  "setpriv",
  "--bounding-set=-dac_override,-dac_read_search",
  "--inh-caps=-all",
];

/** What makes a child obey file modes, or `null` where nothing can. */
export const PLAIN_USER: readonly string[] | null = findPlainUser();

/** URL of a file of the program, for an import in a child's code. */
export function libUrl(path: string): string {
  return new URL(`../../../lib/${path}`, import.meta.url).href;
}

/** Starts a child that runs a module. */
export async function startModule(
  code: string,
  options: ChildOptions = {},
): Promise<Deno.ChildProcess> {
  const [program = "", ...args] = [
    ...options.prefix ?? [],
    Deno.execPath(),
    "run",
    "--no-prompt",
    `--config=${join(REPOSITORY, "deno.json")}`,
    ...options.flags ?? ["-A"],
    "-",
  ];
  const child = new Deno.Command(program, {
    args,
    cwd: options.cwd ?? REPOSITORY,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(code));
  await writer.close();
  return child;
}

/** Runs a module to its end and gives the JSON that it printed. */
export async function runModule(
  code: string,
  options: ChildOptions = {},
): Promise<unknown> {
  const child = await startModule(code, options);
  const { stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  const text = decoder.decode(stdout);
  if (text === "") throw new Error(`No result: ${decoder.decode(stderr)}`);
  return JSON.parse(text);
}

/**
 * Registers a test that needs a user who cannot read everything. Where there
 * is none it is ignored, and its name says why.
 */
export function plainUserTest(
  name: string,
  fn: (run: (code: string) => Promise<unknown>) => Promise<void>,
): void {
  const prefix = PLAIN_USER;
  Deno.test({
    name: prefix === null ? `${name} (ignored: root reads everything)` : name,
    ignore: prefix === null,
    fn: () => fn((code) => runModule(code, { prefix: prefix ?? [] })),
  });
}

function findPlainUser(): readonly string[] | null {
  if (Deno.uid() !== 0) return [];
  try {
    const [program = "", ...args] = [...WITHOUT_OVERRIDE, "true"];
    const { success } = new Deno.Command(program, { args }).outputSync();
    return success ? WITHOUT_OVERRIDE : null;
  } catch {
    return null; // not installed
  }
}
