/**
 * Raw request target → names, or why it is refused. The target is judged once,
 * in its raw form and before the disk is touched; the first rule that applies
 * decides. `URL.pathname` is of no use here: it resolves `..` and `%2e%2e`
 * silently.
 *
 * @module
 */

import { encodeSegment } from "../segment.ts";

/** What the path of a request target says. */
export type RequestPath =
  | {
    readonly kind: "path";
    /** Decoded names from the shared folder downwards. */
    readonly segments: readonly string[];
    /** Whether the path ends with a slash, as that of a folder does. */
    readonly isFolder: boolean;
  }
  | { readonly kind: "redirect"; readonly location: string }
  | { readonly kind: "malformed" };

/** What the rules depend on. */
export interface PathRules {
  /** Whether names follow the rules of Windows. */
  readonly isWindows: boolean;
}

const MALFORMED: RequestPath = Object.freeze({ kind: "malformed" });

// Device names of Windows, with any extension: learn.microsoft.com "Naming
// files, paths, and namespaces". The superscript digits count as digits there.
const DEVICE_NAME =
  /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;

// SECURITY: the second name that Windows gives to every file with a long one,
// such as `ENV~1` to `.env`: by it, what is hidden would be found.
const SHORT_NAME = /^(?=[^.]{1,8}(?:\.|$))[^.]*~\d+(?:\.[^.]{0,3})?$/;

/**
 * Parses the path of a request target.
 *
 * @param path Path as it came over the wire, beginning with `/`, without query.
 * @param rules What the platform calls a name.
 * @returns The names; a redirect to the resolved path (without the query)
 * where `.`, `..` or an empty segment was written plainly; or `malformed`.
 *
 * @example Usage
 * ```ts
 * import { parsePath } from "./path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const rules = { isWindows: false };
 *
 * assertEquals(parsePath("/a%20b/", rules), {
 *   kind: "path",
 *   segments: ["a b"],
 *   isFolder: true,
 * });
 * assertEquals(parsePath("/a/../b", rules), {
 *   kind: "redirect",
 *   location: "/b",
 * });
 * assertEquals(parsePath("/%2e%2e/b", rules), { kind: "malformed" });
 * ```
 */
export function parsePath(path: string, rules: PathRules): RequestPath {
  if (!path.startsWith("/") || /[\\\0]/.test(path)) return MALFORMED;
  const spelt = path.slice(1).split("/");
  const names: string[] = [];
  for (const segment of spelt) {
    const name = decodeSegment(segment);
    if (name === undefined) return MALFORMED;
    names.push(name);
  }
  if (names.some((name, i) => isDots(name) && name !== spelt[i])) {
    return MALFORMED;
  }
  const isFolder = names.at(-1) === "";
  if (isFolder) names.pop();
  if (names.some((name) => name === "" || isDots(name))) {
    return { kind: "redirect", location: resolveDots(names, isFolder) };
  }
  if (rules.isWindows && !names.every(isWindowsName)) return MALFORMED;
  return { kind: "path", segments: names, isFolder };
}

/**
 * Writes names as the path of a URL.
 *
 * @param segments Names from the shared folder downwards.
 * @param isFolder Whether the path ends with a slash.
 * @returns A path that begins with exactly one slash, ASCII only.
 *
 * @example Usage
 * ```ts
 * import { formatPath } from "./path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatPath(["a b", "c"], true), "/a%20b/c/");
 * assertEquals(formatPath([], true), "/");
 * ```
 */
export function formatPath(
  segments: readonly string[],
  isFolder: boolean,
): string {
  const path = segments.map((name) => `/${encodeSegment(name)}`).join("");
  return isFolder ? `${path}/` : path;
}

/** Decodes once; NUL and an encoded slash cannot be part of a name. */
function decodeSegment(segment: string): string | undefined {
  if (!segment.includes("%")) return segment;
  let name: string;
  try {
    name = decodeURIComponent(segment);
  } catch {
    // A malformed escape, or escapes that are not UTF-8: the only throw there is.
    return undefined;
  }
  return name.includes("\0") || name.includes("/") ? undefined : name;
}

function isDots(name: string): boolean {
  return name === "." || name === "..";
}

/** RFC 3986 section 5.2.4, never above the root; empty segments go as well. */
function resolveDots(names: readonly string[], isFolder: boolean): string {
  const resolved: string[] = [];
  for (const name of names) {
    if (name === "..") resolved.pop();
    else if (name !== "" && name !== ".") resolved.push(name);
  }
  return formatPath(resolved, isFolder || isDots(names.at(-1) ?? ""));
}

function isWindowsName(name: string): boolean {
  // deno-lint-ignore no-control-regex -- control characters are what it looks for
  return !/[\\:\u0000-\u001f]|[. ]$/.test(name) && !DEVICE_NAME.test(name) &&
    !SHORT_NAME.test(name);
}
