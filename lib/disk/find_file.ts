/**
 * Resolving and opening as one step: what was resolved may be another file by
 * the time it is opened, and then it is resolved again.
 *
 * @module
 */

import type { Target } from "../target.ts";
import type { Opened, OpenFile } from "./open_file.ts";

/** What a path leads to, with its file open. */
export type FoundFile =
  | { readonly kind: "open"; readonly file: OpenFile }
  /** It is written to without a pause: later, perhaps. */
  | { readonly kind: "unstable" }
  | Exclude<Target, { kind: "file" }>;

/** The two steps, with everything they depend on but the path. */
export interface FindSteps {
  readonly resolve: () => Promise<Target>;
  readonly open: (target: Extract<Target, { kind: "file" }>) => Promise<Opened>;
}

/**
 * A file that is replaced in a loop is met again and again between the two
 * steps; eight times in a row it is an attack or not worth waiting for.
 */
export const ATTEMPTS_MAX = 8;

/**
 * Resolves a path and opens the file that it leads to.
 *
 * @param steps How to resolve the path, and how to open what is found.
 * @returns The open file, which the caller frees, or what else there is.
 *
 * @example Usage
 * ```ts
 * import { findFile } from "./find_file.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const found = await findFile({
 *   resolve: () => Promise.resolve({ kind: "not-found", reason: "missing" }),
 *   open: () => Promise.resolve({ kind: "swapped" }),
 * });
 *
 * assertEquals(found.kind, "not-found");
 * ```
 */
export async function findFile(steps: FindSteps): Promise<FoundFile> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const target = await steps.resolve();
    if (target.kind !== "file") return target;
    const opened = await steps.open(target);
    if (opened.kind === "open" || opened.kind === "unstable") return opened;
    if (opened.kind === "refused" && opened.error === "unreadable") {
      return { kind: "forbidden" };
    }
    if (opened.kind === "refused" && opened.error === "exhausted") {
      return { kind: "exhausted" };
    }
  }
  return { kind: "not-found", reason: "missing" };
}
