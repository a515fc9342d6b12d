/**
 * How a folder is named to the person who shares it, and which folders are
 * worth a warning. Paths of any system are understood on every system.
 *
 * @module
 */

/** Roots of a file system: `/`, `C:\`, `C:`. */
const ROOT = /^([a-z]:)?[\\/]*$/i;

/** Home folders by their usual place, and the folders of all homes. */
const HOME =
  /^(\/root|\/var\/root|\/home(\/[^/]+)?|([a-z]:)?[\\/]Users([\\/][^\\/]+)?)$/i;

/**
 * Shortens a path for the eye: a home folder becomes `~`.
 *
 * @param path Absolute path.
 * @param home Home folder, or `null` where it is not known.
 * @returns The path as it is shown.
 *
 * @example Usage
 * ```ts
 * import { displayPath } from "./display_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(displayPath("/home/ann/site", "/home/ann"), "~/site");
 * assertEquals(displayPath("/home/anna", "/home/ann"), "/home/anna");
 * ```
 */
export function displayPath(path: string, home: string | null): string {
  const base = withoutEnd(home ?? "");
  if (base === "") return path;
  if (withoutEnd(path) === base) return "~";
  const isBelow = path.startsWith(base) &&
    /^[\\/]/.test(path.slice(base.length));
  return isBelow ? `~${path.slice(base.length)}` : path;
}

/**
 * Tells whether sharing a folder shows more than most people mean to show: a
 * whole disk, a home folder, or what contains one.
 *
 * @param path Absolute path.
 * @param home Home folder, or `null` where it is not known: then the usual
 * places of home folders count.
 * @returns Whether it is worth a warning.
 *
 * @example Usage
 * ```ts
 * import { isRisky } from "./display_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isRisky("/", null), true);
 * assertEquals(isRisky("/home/ann/", null), true);
 * assertEquals(isRisky("/home/ann/site", "/home/ann"), false);
 * ```
 */
export function isRisky(path: string, home: string | null): boolean {
  if (ROOT.test(path)) return true;
  const folder = withoutEnd(path);
  const base = withoutEnd(home ?? "");
  const containsHome = base !== "" &&
    (base === folder ||
      base.startsWith(folder) && /^[\\/]/.test(base.slice(folder.length)));
  return containsHome || HOME.test(folder);
}

/** Without the separators at the end, so that equal folders are equal. */
function withoutEnd(path: string): string {
  return path.replace(/[\\/]+$/, "");
}
