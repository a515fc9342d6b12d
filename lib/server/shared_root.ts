/**
 * What is to be shared, or why it cannot be.
 *
 * @module
 */

import { openRoot, type Root } from "../disk/root.ts";
import { resolve } from "../disk_path.ts";
import { isGranted } from "./permissions.ts";

/** A shared folder that may be read, or why it cannot be shared. */
export type RootResult =
  | { readonly kind: "root"; readonly root: Root }
  | {
    readonly kind: "failed";
    /** One line without `error: ` in front. */
    readonly message: string;
    /** Whether the command was wrong, rather than the machine. */
    readonly isUsage: boolean;
  };

/**
 * Finds what is to be shared and checks that it may be read.
 *
 * @param directory Folder or file as the user wrote it.
 * @returns The folder, or one line that says what to do.
 *
 * @example Usage
 * ```ts
 * import { findRoot } from "./shared_root.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals((await findRoot(".")).kind, "root");
 * assertEquals((await findRoot("./no-such-folder")).kind, "failed");
 * ```
 */
export async function findRoot(directory: string): Promise<RootResult> {
  const written = resolve(directory);
  if (!isGranted({ name: "read", path: directory })) {
    return failed(
      `Cannot read ${written}: run with --allow-read=${written} ` +
        "(for a link: of the folder that it leads to, given as the directory)",
    );
  }
  try {
    const real = await Deno.realPath(directory);
    if (!isGranted({ name: "read", path: real })) {
      return failed(
        `Cannot read ${written}: it leads to ${real}; ` +
          `run with --allow-read=${real} and with ${real} as the directory`,
      );
    }
    const root = await openRoot(directory);
    // What may be seen and not read would fail at every request.
    if (root.kind === "directory") await lookInto(root.path);
    else (await Deno.open(root.path)).close();
    return { kind: "root", root };
  } catch (error) {
    return explainRootError(error, directory);
  }
}

async function lookInto(directory: string): Promise<void> {
  for await (const _ of Deno.readDir(directory)) return;
}

/**
 * Says why something cannot be shared.
 *
 * @param error What opening it threw.
 * @param directory Folder or file as the user wrote it.
 * @returns One line that says what to do.
 * @throws The error itself where nobody foresaw it.
 *
 * @example Usage
 * ```ts
 * import { explainRootError } from "./shared_root.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(explainRootError(new Deno.errors.NotFound(), "x"), {
 *   kind: "failed",
 *   message: 'Cannot find "x": give a folder or file that exists',
 *   isUsage: true,
 * });
 * ```
 */
export function explainRootError(
  error: unknown,
  directory: string,
): Extract<RootResult, { kind: "failed" }> {
  const quoted = JSON.stringify(directory);
  if (
    error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.FilesystemLoop
  ) {
    return usage(`Cannot find ${quoted}: give a folder or file that exists`);
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return failed(`Cannot read ${quoted}: this user may not open it`);
  }
  // Folders such as /dev and /proc: no flag for reading grants them.
  if (error instanceof Deno.errors.NotCapable) {
    return failed(
      `Cannot share ${quoted}: the runtime keeps folders of the system from ` +
        "programs that do not have all permissions; give another folder, or " +
        "run with -A and --no-sandbox",
    );
  }
  if (error instanceof TypeError) return usage(error.message);
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ENAMETOOLONG") {
    return usage(`Cannot find ${quoted}: the name is too long`);
  }
  throw error;
}

function failed(message: string): Extract<RootResult, { kind: "failed" }> {
  return { kind: "failed", message, isUsage: false };
}

function usage(message: string): Extract<RootResult, { kind: "failed" }> {
  return { kind: "failed", message, isUsage: true };
}
