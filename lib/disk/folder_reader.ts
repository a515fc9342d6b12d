/**
 * Reads and sorts folders for many at once: those who wait for the same folder
 * in the same order share one reading, and few readings run at a time, so that
 * a crowd before a huge folder costs the memory of one.
 *
 * @module
 */

import type { SortKey, SortOrder } from "../entry.ts";
import { FOLDER_READINGS_MAX } from "../http/limits.ts";
import type { FileRules } from "../options.ts";
import type { VisiblePath } from "../target.ts";
import { type EntriesResult, readEntries } from "./entries.ts";
import type { Pulse } from "./pulse.ts";
import type { Root } from "./root.ts";
import { sortEntries } from "./sort.ts";

/** Reads one folder in an order. */
export type FolderReader = (
  path: VisiblePath,
  sort: SortKey,
  order: SortOrder,
) => Promise<EntriesResult>;

interface Job {
  readonly key: string;
  /** Folder: one reading of each at a time, so that others have a place. */
  readonly path: VisiblePath;
  readonly result: PromiseWithResolvers<EntriesResult>;
  readonly read: () => Promise<EntriesResult>;
}

/**
 * Makes a reader.
 *
 * @param root What is shared.
 * @param rules What can be seen.
 * @param pulse Tells while the disk answers quickly; without it, nothing is
 * looked at synchronously.
 * @returns A function that reads a folder and sorts its entries. What it gives
 * was read after it was called, never before.
 *
 * @example Usage
 * ```ts
 * import { DEFAULTS } from "../options.ts";
 * import { createFolderReader } from "./folder_reader.ts";
 * import { findVisible } from "./resolve.ts";
 * import { openRoot } from "./root.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const root = await openRoot("lib");
 * const found = await findVisible(root, root.path, DEFAULTS);
 * const read = createFolderReader(root, DEFAULTS);
 *
 * assert(found.kind === "directory");
 * assertEquals((await read(found.path, "name", "asc")).kind, "entries");
 * ```
 */
export function createFolderReader(
  root: Root,
  rules: FileRules,
  pulse?: Pulse,
): FolderReader {
  const waiting: Job[] = [];
  const running = new Set<string>();

  function startJobs(): void {
    for (let i = 0; i < waiting.length;) {
      const job = waiting[i];
      if (job === undefined || running.size >= FOLDER_READINGS_MAX) return;
      if (running.has(job.path)) {
        i++;
        continue;
      }
      waiting.splice(i, 1);
      running.add(job.path);
      job.read().then(job.result.resolve, job.result.reject).finally(() => {
        running.delete(job.path);
        startJobs();
      });
    }
  }

  return (path, sort, order) => {
    const key = `${sort} ${order} ${path}`;
    // Not a running one: it may have passed what was added just now.
    const shared = waiting.find((job) => job.key === key);
    if (shared !== undefined) return shared.result.promise;
    const result = Promise.withResolvers<EntriesResult>();
    waiting.push({
      key,
      path,
      result,
      read: () => readSorted(path, sort, order),
    });
    startJobs();
    return result.promise;
  };

  async function readSorted(
    path: VisiblePath,
    sort: SortKey,
    order: SortOrder,
  ): Promise<EntriesResult> {
    const result = await readEntries({ root, path, rules }, pulse);
    if (result.kind !== "entries") return result;
    return {
      ...result,
      entries: await sortEntries(result.entries, sort, order),
    };
  }
}
