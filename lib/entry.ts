/**
 * One entry of a folder, and the orders in which entries can be shown.
 *
 * @module
 */

/** A file or folder as the folder page and its JSON form show it. */
export interface Entry {
  /** Name as it is on the disk. */
  readonly name: string;
  /** What it is, after links. */
  readonly kind: "directory" | "file";
  /** Bytes of a file; `null` for a folder. */
  readonly size: number | null;
  /** Modification time in milliseconds since the epoch, where it is known. */
  readonly modified: number | null;
}

/** What entries are sorted by; folders always come first. */
export type SortKey = "name" | "size" | "modified";

/** Direction of the order. */
export type SortOrder = "asc" | "desc";
