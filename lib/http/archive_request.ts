/**
 * Whether a request asks for a folder as one archive, in which form, and of
 * which of its entries.
 *
 * @module
 */

/** Form of an archive. */
export type ArchiveFormat = "zip" | "tar" | "tar.gz";

/** What is asked for as an archive. */
export interface ArchiveRequest {
  readonly format: ArchiveFormat;
  /** Names of the entries that are wanted; `null` for the whole folder. */
  readonly names: readonly string[] | null;
}

const FORMATS: readonly ArchiveFormat[] = ["zip", "tar", "tar.gz"];

/**
 * Reads from a query whether and how an archive is asked for.
 *
 * @param search Query with its `?`, or the empty string.
 * @returns What is asked for; `undefined` where `archive` is not exactly one of
 * the forms, which means nothing. Of several, the first one counts.
 *
 * @example Usage
 * ```ts
 * import { parseArchiveRequest } from "./archive_request.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseArchiveRequest("?archive=zip&name=a&name=b+c"), {
 *   format: "zip",
 *   names: ["a", "b c"],
 * });
 * assertEquals(parseArchiveRequest("?archive=rar"), undefined);
 * ```
 */
export function parseArchiveRequest(
  search: string,
): ArchiveRequest | undefined {
  if (search === "") return undefined;
  const query = new URLSearchParams(search);
  const value = query.get("archive");
  const format = FORMATS.find((known) => known === value);
  if (format === undefined) return undefined;
  const names = query.getAll("name");
  return { format, names: names.length === 0 ? null : [...new Set(names)] };
}

/**
 * Tells whether a name can be that of an entry of a folder, and of nothing
 * further down or up.
 *
 * @param name Name as a client wrote it.
 * @returns `false` for what is empty, `.` or `..`, or holds a slash or NUL.
 *
 * @example Usage
 * ```ts
 * import { isEntryName } from "./archive_request.ts";
 * import { assert } from "@std/assert";
 *
 * assert(isEntryName("a b.txt"));
 * assert(!isEntryName("../a"));
 * ```
 */
export function isEntryName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !/[/\0]/.test(name);
}
