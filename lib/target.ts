/**
 * What a path leads to on the disk. It depends on path, rules and disk alone,
 * never on the headers of a request.
 *
 * @module
 */

declare const rooted: unique symbol;

/**
 * Canonical path of something that may be seen. Only `disk/resolve.ts` makes
 * one, so nothing can be opened that was not judged there.
 */
export type VisiblePath = string & { readonly [rooted]: true };

/** What the disk says of a file or folder. */
export interface FileFacts {
  /** Bytes. */
  readonly size: number;
  /** Modification time in milliseconds since the epoch, `null` if unknown. */
  readonly modified: number | null;
  /** Device, to tell a file from another one; 0 where there is none. */
  readonly device: number;
  /** Inode, `null` where the platform has none. */
  readonly inode: number | null;
  /**
   * When anything about it changed last (`ctime`), in milliseconds since the
   * epoch; `null` where the platform does not tell.
   */
  readonly changed: number | null;
}

/** Something that was looked at on the disk, so that a change can be seen. */
export interface Seen {
  /** Path as it was asked for: links in it are not resolved. */
  readonly path: string;
  /**
   * Canonical path that it has to lead to; `null` where `path` is that itself
   * and lies in the root, so that no folder on the way can be another.
   */
  readonly real: string | null;
  readonly facts: FileFacts;
}

/** Why something is not there for a client. For the operator only. */
export type Absence =
  | "missing"
  | "hidden"
  | "outside"
  | "not-regular"
  | "listing-off";

/** What a path leads to. */
export type Target =
  | {
    readonly kind: "file";
    readonly path: VisiblePath;
    /**
     * Path below the root that led to it, with links not resolved; `null` where
     * what it leads to also depends on other names.
     */
    readonly asked: string | null;
    /** Name that the client knows it by. */
    readonly name: string;
    readonly facts: FileFacts;
    /** Whether it lies in the root itself, with no folder on the way to it. */
    readonly isDirect: boolean;
  }
  | {
    readonly kind: "directory";
    readonly path: VisiblePath;
    /** Path below the root that led to it, with links not resolved. */
    readonly asked: string;
    /** Whether it is the root, or lies in the root itself. */
    readonly isDirect: boolean;
  }
  | { readonly kind: "redirect"; readonly location: string }
  | { readonly kind: "not-found"; readonly reason: Absence }
  | { readonly kind: "forbidden" }
  | { readonly kind: "exhausted" };
