/**
 * Versions of a file that can be told apart: by every byte of the content, by
 * the modification time and, where the way of writing allows it, by the size.
 *
 * @module
 */

import { OLD } from "../../_support/tree.ts";

/** How a file is given a new version. */
export type Way = "rename" | "truncate" | "rewrite-settled" | "rewrite-tight";

/** Files that change, with the size of version 0. */
export const FILES: Readonly<Record<string, number>> = {
  "small.txt": 2000,
  "medium.bin": 300_000,
  "large.bin": 5_000_000,
};

/** Versions until they repeat; the byte of the content is the number. */
const CYCLE = 251;

/** What is true of one version. */
export interface Version {
  /** Value of every byte. */
  readonly byte: number;
  readonly size: number;
  /** Milliseconds; whole seconds, and far enough in the past. */
  readonly modified: number;
}

/** The version of a file with this number. */
export function versionOf(name: string, number: number, way: Way): Version {
  const byte = number % CYCLE;
  return {
    byte,
    size: (FILES[name] ?? 0) + (way === "rename" ? byte : 0),
    modified: OLD.getTime() + byte * 10_000,
  };
}
