/**
 * The command line that permits no more than is needed.
 *
 * @module
 */

import { spellOut } from "./arguments.ts";

/** What the command line is made of. */
export interface CommandParts {
  /** Module that was started, as a URL. */
  readonly module: string;
  /** Working directory. */
  readonly cwd: string;
  /** Host and port as `--allow-net` wants them. */
  readonly host: string;
  /** Port to ask for. */
  readonly port: number;
  /** Canonical path of what is shared. */
  readonly path: string;
  /** Files that are read besides. */
  readonly files: readonly string[];
  /** Flags of the runtime for what can be done without. */
  readonly grants: readonly string[];
  /** Arguments as they were given. */
  readonly args: readonly string[];
}

/** Flags that the line writes itself, from what they came to. */
const RESOLVED = /^--(?:port|directory)(?:=|$)|^--no-sandbox$/;

/** A password as an argument: it is shown to nobody. */
const PASSWORD = /^(--auth=[^:]*:).*$/s;

/**
 * Writes the command line that starts the same server with the least
 * permissions.
 *
 * @param parts What it is made of.
 * @returns A line for a POSIX shell, passwords left out; `null` where no flag
 * of the runtime can name a path, as with a comma, which separates two.
 *
 * @example Usage
 * ```ts
 * import { narrowCommand } from "./narrow_command.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const line = narrowCommand({
 *   module: "file:///srv/serve/main.ts",
 *   cwd: "/srv/serve",
 *   host: "0.0.0.0:8000",
 *   port: 8000,
 *   path: "/srv/my site",
 *   files: [],
 *   grants: [],
 *   args: ["--quiet", "./link"],
 * });
 *
 * assertEquals(
 *   line,
 *   "deno run --allow-net=0.0.0.0:8000 '--allow-read=/srv/my site' " +
 *     "main.ts --quiet 8000 '/srv/my site'",
 * );
 * ```
 */
export function narrowCommand(parts: CommandParts): string | null {
  const paths = [parts.path, ...parts.files];
  if (paths.some((path) => path.includes(","))) return null;
  const spelt = spellOut(parts.args);
  const flags = spelt.slice(0, spelt.indexOf("--"))
    .filter((flag) => !RESOLVED.test(flag))
    .map((flag) => flag.replace(PASSWORD, "$1PASSWORD"));
  const words = [
    "deno",
    "run",
    `--allow-net=${parts.host}`,
    `--allow-read=${paths.join(",")}`,
    ...parts.grants,
    toModule(parts),
    ...flags,
    String(parts.port),
    parts.path,
  ];
  return words.map(quote).join(" ");
}

function toModule({ module, cwd }: CommandParts): string {
  if (!module.startsWith("file:")) return module;
  const path = decodeURIComponent(new URL(module).pathname)
    // On Windows, a drive comes first in the path of a URL too.
    .replace(/^\/(?=[a-z]:\/)/i, "");
  const folder = `${cwd.replaceAll("\\", "/").replace(/\/$/, "")}/`;
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}

function quote(word: string): string {
  return /^[\w@%+=:,./[\]-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
}
