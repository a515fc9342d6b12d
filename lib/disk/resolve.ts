/**
 * Names of a request → what they lead to on the disk. Here, and nowhere else,
 * is decided what can be seen: dotfiles, links, special files, index, slashes.
 *
 * @module
 */

import { dirname, join, SEPARATOR } from "../disk_path.ts";
import { formatPath } from "../http/path.ts";
import type { FileRules } from "../options.ts";
import type { FileFacts, Target, VisiblePath } from "../target.ts";
import { diskErrorOf } from "./error_kind.ts";
import { factsOf } from "./facts.ts";
import { PATIENT_DISKS, type QuickDisks } from "./quick_disks.ts";
import { look, realPathOf, UNKNOWN_DISK } from "./quick_look.ts";
import type { Root } from "./root.ts";

/** A path that was parsed, and whether its folder page was asked for. */
export interface Wanted {
  readonly segments: readonly string[];
  readonly isFolder: boolean;
  /** Shows the folder page in the place of an index. */
  readonly wantsListing: boolean;
}

/** What one path on the disk is, after links. */
export type Found =
  | FoundEntry<"file">
  | FoundEntry<"directory">
  | Extract<Target, { kind: "not-found" | "forbidden" | "exhausted" }>;

/** Something that may be seen. */
export interface FoundEntry<Kind extends "file" | "directory"> {
  readonly kind: Kind;
  readonly path: VisiblePath;
  readonly facts: FileFacts;
  /** Whether it lies in the root itself, with no folder on the way to it. */
  readonly isDirect: boolean;
}

const INDEX_NAMES = ["index.html", "index.htm"];

const MISSING = notFound("missing");
const HIDDEN = notFound("hidden");
const OUTSIDE = notFound("outside");
const NOT_REGULAR = notFound("not-regular");
const LISTING_OFF = notFound("listing-off");
const FORBIDDEN = Object.freeze({ kind: "forbidden" } as const);
const EXHAUSTED = Object.freeze({ kind: "exhausted" } as const);

/**
 * Resolves a path of a request.
 *
 * @param root What is shared.
 * @param wanted What was asked for.
 * @param rules What can be seen.
 * @param disks What may be looked at without waiting.
 * @returns A file or folder below the root, a redirect to the right spelling,
 * or why there is nothing.
 *
 * @example Usage
 * ```ts
 * import { DEFAULTS } from "../options.ts";
 * import { resolveTarget } from "./resolve.ts";
 * import { openRoot } from "./root.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const root = await openRoot(".");
 * const wanted = { segments: [".git"], isFolder: true, wantsListing: false };
 *
 * assertEquals(await resolveTarget(root, wanted, DEFAULTS), {
 *   kind: "not-found",
 *   reason: "hidden",
 * });
 * ```
 */
export async function resolveTarget(
  root: Root,
  wanted: Wanted,
  rules: FileRules,
  disks: QuickDisks = PATIENT_DISKS,
): Promise<Target> {
  const { segments, isFolder } = wanted;
  if (root.kind === "file") return await resolveSingle(root, wanted);
  if (!segments.every((name) => isNameVisible(name, rules))) return HIDDEN;
  const asked = join(root.path, ...segments);
  const found = await findVisible(root, asked, rules, disks);
  if (found.kind === "file") {
    return isFolder
      ? { kind: "redirect", location: formatPath(segments, false) }
      : toFile(found, segments.at(-1) ?? "", asked);
  }
  if (found.kind !== "directory") return found;
  if (!isFolder) {
    return { kind: "redirect", location: formatPath(segments, true) };
  }
  const wantsListing = wanted.wantsListing && rules.listing;
  const index = rules.index && !wantsListing
    ? await findIndex(root, { path: found.path, asked }, rules, disks)
    : undefined;
  if (index !== undefined) return index;
  return rules.listing ? { ...found, kind: "directory", asked } : LISTING_OFF;
}

/**
 * Tells whether a name may be shown and asked for.
 *
 * @param name Name of a file or folder.
 * @param rules What can be seen.
 * @returns `false` for dotfiles, unless they are switched on. `.well-known` is
 * always served (RFC 8615).
 *
 * @example Usage
 * ```ts
 * import { DEFAULTS } from "../options.ts";
 * import { isNameVisible } from "./resolve.ts";
 * import { assert } from "@std/assert";
 *
 * assert(isNameVisible("a.txt", DEFAULTS));
 * assert(!isNameVisible(".env", DEFAULTS));
 * ```
 */
export function isNameVisible(
  name: string,
  rules: Pick<FileRules, "dotfiles">,
): boolean {
  return rules.dotfiles || !name.startsWith(".") || name === ".well-known";
}

/**
 * Finds out what one path is, after links, and whether it lies inside.
 *
 * @param root What is shared.
 * @param path Path below the root; nothing in it is canonical yet.
 * @param rules What can be seen.
 * @param disks What may be looked at without waiting.
 * @returns A regular file or a folder, or why there is none.
 *
 * @example Usage
 * ```ts
 * import { DEFAULTS } from "../options.ts";
 * import { findVisible } from "./resolve.ts";
 * import { openRoot } from "./root.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const root = await openRoot(".");
 * const found = await findVisible(root, `${root.path}/deno.json`, DEFAULTS);
 *
 * assertEquals(found.kind, "file");
 * ```
 */
export async function findVisible(
  root: Root,
  path: string,
  rules: Pick<FileRules, "followSymlinks">,
  disks: QuickDisks = PATIENT_DISKS,
): Promise<Found> {
  try {
    // A link may lead to a disk that does not answer, and so may a folder that
    // another disk is mounted on: this first look shows both, and waits.
    const { isSymlink, dev } = await Deno.lstat(path);
    const disk = isSymlink ? UNKNOWN_DISK : await disks.ask(dev, path);
    const real = await realPathOf(path, disk);
    // SECURITY: the runtime's permission to read a folder does not hold back
    // links that lead out of it.
    if (!rules.followSymlinks && !isInside(root.path, real)) return OUTSIDE;
    // lstat: what became a link since it was resolved is judged again.
    const info = await look(
      disk,
      () => Deno.lstatSync(real),
      () => Deno.lstat(real),
    );
    if (!info.isFile && !info.isDirectory) return NOT_REGULAR;
    // SECURITY: a folder on the way that was swapped for a link between the two
    // looks: the facts are of something else.
    const isDirect = real === root.path || dirname(real) === root.path;
    if (!isDirect && await realPathOf(real, disk) !== real) return MISSING;
    return {
      kind: info.isFile ? "file" : "directory",
      path: real as VisiblePath,
      facts: factsOf(info),
      isDirect,
    };
  } catch (error) {
    const kind = diskErrorOf(error);
    if (kind === "missing") return MISSING;
    return kind === "unreadable" ? FORBIDDEN : EXHAUSTED;
  }
}

/** SECURITY: with a separator, else `/srv/www` would hold `/srv/www-secret`. */
function isInside(root: string, path: string): boolean {
  if (path === root) return true;
  return path.startsWith(root.endsWith(SEPARATOR) ? root : root + SEPARATOR);
}

/** One shared file: it alone is there, and `/` leads to it. */
async function resolveSingle(root: Root, wanted: Wanted): Promise<Target> {
  const { segments, isFolder } = wanted;
  const location = formatPath([root.name], false);
  if (segments.length === 0) return { kind: "redirect", location };
  if (segments.length > 1 || segments[0] !== root.name) return MISSING;
  if (isFolder) return { kind: "redirect", location };
  const found = await findVisible(root, root.path, { followSymlinks: false });
  if (found.kind === "directory") return NOT_REGULAR;
  return found.kind === "file" ? toFile(found, root.name, root.path) : found;
}

async function findIndex(
  root: Root,
  folder: { readonly path: VisiblePath; readonly asked: string },
  rules: FileRules,
  disks: QuickDisks,
): Promise<Target | undefined> {
  for (const name of INDEX_NAMES) {
    const path = join(folder.path, name);
    const found = await findVisible(root, path, rules, disks);
    if (found.kind === "file") {
      const isFirst = name === INDEX_NAMES[0];
      return toFile(found, name, isFirst ? join(folder.asked, name) : null);
    }
    // Unreadable is not absent: a page of entries would be a surprise.
    if (found.kind === "forbidden" || found.kind === "exhausted") return found;
  }
  return undefined;
}

function toFile(
  found: FoundEntry<"file">,
  name: string,
  asked: string | null,
): Extract<Target, { kind: "file" }> {
  const { path, facts, isDirect } = found;
  return { kind: "file", path, asked, name, facts, isDirect };
}

function notFound(
  reason: Extract<Target, { kind: "not-found" }>["reason"],
): Extract<Target, { kind: "not-found" }> {
  return Object.freeze({ kind: "not-found", reason });
}
