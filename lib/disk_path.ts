/**
 * Paths of the disk, as the system writes them that this runs on.
 *
 * The functions are the standard library's. Its own choice between the systems
 * asks `process` first, which loads the runtime's part for Node programs: more
 * than half as long as the runtime itself takes to start.
 *
 * @module
 */

import { basename as posixBasename } from "@std/path/posix/basename";
import { dirname as posixDirname } from "@std/path/posix/dirname";
import { isAbsolute as isPosixAbsolute } from "@std/path/posix/is-absolute";
import { join as posixJoin } from "@std/path/posix/join";
import { relative as posixRelative } from "@std/path/posix/relative";
import { resolve as posixResolve } from "@std/path/posix/resolve";
import { basename as windowsBasename } from "@std/path/windows/basename";
import { dirname as windowsDirname } from "@std/path/windows/dirname";
import { isAbsolute as isWindowsAbsolute } from "@std/path/windows/is-absolute";
import { join as windowsJoin } from "@std/path/windows/join";
import { relative as windowsRelative } from "@std/path/windows/relative";
import { resolve as windowsResolve } from "@std/path/windows/resolve";

const IS_WINDOWS = Deno.build.os === "windows";

/** What stands between two names. */
export const SEPARATOR: "/" | "\\" = IS_WINDOWS ? "\\" : "/";

/**
 * Gives the last name of a path.
 *
 * @param path Path of this system.
 * @returns The name, empty for a root.
 *
 * @example Usage
 * ```ts
 * import { basename } from "./disk_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(basename("/srv/www/"), "www");
 * ```
 */
export function basename(path: string): string {
  return IS_WINDOWS ? windowsBasename(path) : posixBasename(path);
}

/**
 * Gives the folder that a path is in.
 *
 * @param path Path of this system.
 * @returns The folder; of a root, the root.
 *
 * @example Usage
 * ```ts
 * import { dirname } from "./disk_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(dirname("/srv/www"), "/srv");
 * ```
 */
export function dirname(path: string): string {
  return IS_WINDOWS ? windowsDirname(path) : posixDirname(path);
}

/**
 * Tells whether a path means the same from every folder.
 *
 * @param path Path of this system.
 * @returns Whether it begins at a root.
 *
 * @example Usage
 * ```ts
 * import { isAbsolute } from "./disk_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isAbsolute("/srv"), true);
 * assertEquals(isAbsolute("./srv"), false);
 * ```
 */
export function isAbsolute(path: string): boolean {
  return IS_WINDOWS ? isWindowsAbsolute(path) : isPosixAbsolute(path);
}

/**
 * Puts names after a path.
 *
 * @param path Path of this system.
 * @param names Names below it.
 * @returns The path without `.`, `..` and separators too many.
 *
 * @example Usage
 * ```ts
 * import { join, SEPARATOR } from "./disk_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(join("a", "b"), `a${SEPARATOR}b`);
 * ```
 */
export function join(path: string, ...names: string[]): string {
  return IS_WINDOWS ? windowsJoin(path, ...names) : posixJoin(path, ...names);
}

/**
 * Gives the way from one path to another.
 *
 * @param from Absolute path.
 * @param to Absolute path.
 * @returns The way, empty where they are the same.
 *
 * @example Usage
 * ```ts
 * import { join, relative } from "./disk_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(relative("/srv", "/srv/www/a"), join("www", "a"));
 * ```
 */
export function relative(from: string, to: string): string {
  return IS_WINDOWS ? windowsRelative(from, to) : posixRelative(from, to);
}

/**
 * Makes a path absolute.
 *
 * @param path Path of this system, from the working directory.
 * @returns The path from a root, without `.` and `..`.
 *
 * @example Usage
 * ```ts
 * import { join, resolve } from "./disk_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(resolve("./a/../b"), join(Deno.cwd(), "b"));
 * ```
 */
export function resolve(path: string): string {
  // The library would ask `process` for the working directory as well. Without
  // need nobody asks: it may be gone.
  const way = isAbsolute(path) ? [path] : [Deno.cwd(), path];
  return IS_WINDOWS ? windowsResolve(...way) : posixResolve(...way);
}
