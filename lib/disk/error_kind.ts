/**
 * What an error of the disk means for a request: the one table.
 *
 * @module
 */

/** What an error comes to. */
export type DiskError = "missing" | "unreadable" | "exhausted";

const BY_CODE: ReadonlyMap<string, DiskError> = new Map([
  ["ENOENT", "missing"],
  ["ENOTDIR", "missing"],
  ["EISDIR", "missing"],
  ["ELOOP", "missing"],
  ["ENAMETOOLONG", "missing"],
  // A name that the file system cannot hold, such as one with a NUL.
  ["EINVAL", "missing"],
  ["EILSEQ", "missing"],
  // A socket (on macOS, the next two) or a device without a driver.
  ["ENXIO", "missing"],
  ["EOPNOTSUPP", "missing"],
  ["ENOTSUP", "missing"],
  ["ENODEV", "missing"],
  // A file that went away on a network disk.
  ["ESTALE", "missing"],
  ["EACCES", "unreadable"],
  ["EPERM", "unreadable"],
  ["EBUSY", "unreadable"],
  ["EMFILE", "exhausted"],
  ["ENFILE", "exhausted"],
  ["ENOMEM", "exhausted"],
]);

/**
 * Tells what an error of the disk means.
 *
 * @param error What a file function of Deno threw.
 * @returns `missing`, `unreadable` or `exhausted` (out of descriptors).
 * @throws The error itself where it is none of these: a bug, or a broken disk.
 *
 * @example Usage
 * ```ts
 * import { diskErrorOf } from "./error_kind.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(diskErrorOf(new Deno.errors.NotFound()), "missing");
 * ```
 */
export function diskErrorOf(error: unknown): DiskError {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const kind = typeof code === "string" ? BY_CODE.get(code) : undefined;
  if (kind !== undefined) return kind;
  if (
    error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.IsADirectory ||
    error instanceof Deno.errors.FilesystemLoop ||
    // What the process may not read is not shared, so it is not there.
    error instanceof Deno.errors.NotCapable
  ) return "missing";
  if (
    error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.Busy
  ) return "unreadable";
  throw error;
}
