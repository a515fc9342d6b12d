/**
 * The file of `--auth-file`: opened once at start, and why it could not be
 * used. What its lines mean is decided in `auth/user_lines.ts`.
 *
 * @module
 */

import { parseUserLines } from "../auth/user_lines.ts";
import { resolve } from "../disk_path.ts";
import type { User } from "../options.ts";
import { isGranted } from "./permissions.ts";

/** The users of a file, or why there are none. */
export type AuthFileResult =
  | {
    readonly kind: "users";
    readonly users: readonly User[];
    /** Where the file really is: it had better not be shared itself. */
    readonly path: string;
    /** Lines for the start page, such as that others can read the file. */
    readonly warnings: readonly string[];
  }
  | {
    readonly kind: "failed";
    /** One line without `error: ` in front, and without any hash. */
    readonly message: string;
    /** Whether the command was wrong, rather than the machine. */
    readonly isUsage: boolean;
  };

/** Room for 6,000 users; a file that is larger is another one. */
const LIMIT_BYTES = 1024 * 1024;

/** Permission bits for others than the owner and the group. */
const OTHERS_READ = 0o004;

/**
 * Reads a file of users.
 *
 * @param file Path as the user wrote it.
 * @returns The users, or one line that says what is wrong and what to do.
 *
 * @example Usage
 * ```ts
 * import { readAuthFile } from "./auth_file.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await readAuthFile("no-such-file"), {
 *   kind: "failed",
 *   message: 'Cannot find "no-such-file": give a file of users that exists',
 *   isUsage: true,
 * });
 * ```
 */
export async function readAuthFile(file: string): Promise<AuthFileResult> {
  const quoted = JSON.stringify(file);
  const written = resolve(file);
  if (!isGranted({ name: "read", path: written })) {
    return failed(`Cannot read ${quoted}: run with --allow-read=${written}`);
  }
  try {
    const path = await Deno.realPath(written);
    if (!isGranted({ name: "read", path })) {
      return failed(
        `Cannot read ${quoted}: it leads to ${path}; ` +
          `run with --allow-read=${path} and give ${path}`,
      );
    }
    return await readUsers(path, file);
  } catch (error) {
    return explain(error, quoted);
  }
}

async function readUsers(path: string, file: string): Promise<AuthFileResult> {
  const quoted = JSON.stringify(file);
  const { isFile, size, mode } = await Deno.stat(path);
  // Opening a pipe would wait for somebody who writes.
  if (!isFile) return usage(`Cannot read ${quoted}: give a regular file`);
  if (size > LIMIT_BYTES) {
    return usage(
      `Cannot use ${quoted} as a file of users: it is larger than 1 MiB`,
    );
  }
  const text = decode(await Deno.readFile(path));
  if (text === undefined) {
    return usage(
      `Cannot use ${quoted} as a file of users: it is not UTF-8 text`,
    );
  }
  const parsed = parseUserLines(text);
  if (parsed.kind === "malformed") {
    const where = parsed.line === 0 ? "" : `line ${parsed.line} of `;
    return usage(`Cannot use ${where}${quoted}: ${parsed.reason}`);
  }
  const warnings = (mode ?? 0) & OTHERS_READ
    ? [`other users of this machine can read ${file}: chmod 600 ${file}`]
    : [];
  return { kind: "users", users: parsed.users, path, warnings };
}

function explain(error: unknown, quoted: string): AuthFileResult {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (
    error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.FilesystemLoop ||
    code === "ENAMETOOLONG"
  ) {
    return usage(`Cannot find ${quoted}: give a file of users that exists`);
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return failed(`Cannot read ${quoted}: this user may not open it`);
  }
  // Files such as those of /proc: no flag for reading grants them.
  if (error instanceof Deno.errors.NotCapable) {
    return failed(
      `Cannot read ${quoted}: the runtime keeps files of the system from ` +
        "programs that do not have all permissions; give another file",
    );
  }
  throw error;
}

/** `undefined` where the bytes are not UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function failed(message: string): AuthFileResult {
  return { kind: "failed", message, isUsage: false };
}

function usage(message: string): AuthFileResult {
  return { kind: "failed", message, isUsage: true };
}
