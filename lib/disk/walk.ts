/**
 * Walks a folder and all below it: what an archive of it holds. What can be
 * seen is decided where it is for the folder page; nothing is opened to be
 * read.
 *
 * @module
 */

import { join } from "../disk_path.ts";
import type { Entry } from "../entry.ts";
import { ARCHIVE_DEPTH_MAX } from "../http/limits.ts";
import type { FileRules } from "../options.ts";
import type { VisiblePath } from "../target.ts";
import { chooseEntries } from "./choose_entries.ts";
import { readEntries } from "./entries.ts";
import type { LookedFolder } from "./entry_looks.ts";
import { EntryTable } from "./entry_table.ts";
import type { DiskError } from "./error_kind.ts";
import type { Pulse } from "./pulse.ts";
import { findVisible } from "./resolve.ts";
import type { Root } from "./root.ts";
import { sortEntries } from "./sort.ts";
import { lookAtFiles } from "./walk_looks.ts";

/** What a walk comes to. */
export type Walked =
  | {
    readonly kind: "entries";
    /** Whoever takes it frees it. */
    readonly entries: EntryTable;
  }
  | { readonly kind: "refused"; readonly error: WalkError };

/**
 * Why there is no archive: `too-much` for now, and `too-large` however often
 * somebody asks.
 */
export type WalkError = DiskError | "too-much" | "too-large";

/** A folder that is walked. */
export interface WalkedFolder {
  readonly root: Root;
  readonly path: VisiblePath;
  readonly rules: FileRules;
  /** Tells while the disk answers quickly. */
  readonly pulse: Pulse;
}

/** How a folder is walked. */
export interface WalkOptions {
  /** Name of the folder, below which all names are. */
  readonly top: string;
  /** Names of the entries that are wanted, `null` for all. */
  readonly names: readonly string[] | null;
  /** How many entries may be found at most. */
  readonly entriesMax: number;
  /** Whether so many entries may come to those that were found. */
  readonly mayAdd: (count: number) => boolean;
}

// Linux opens no longer path: what has one could not be unpacked. Only links
// from folder to folder lead so deep.
const NAME_LENGTH_MAX = 4_096;

/**
 * Walks a folder.
 *
 * @param folder What is shared, the folder below it, and what can be seen.
 * @param options How it is called there, what is wanted, and how much.
 * @returns Folders and files, a folder before what is in it, in an order that
 * depends on nothing but their names; `missing` where a name that is wanted
 * cannot be seen, `unreadable` where something that can be seen cannot be
 * read, `too-much` where no more may be added, `too-large` where there is more,
 * or it lies deeper, than in any archive.
 *
 * @example Usage
 * ```ts
 * import { DEFAULTS } from "../options.ts";
 * import { NO_PULSE } from "./entry_looks.ts";
 * import { findVisible } from "./resolve.ts";
 * import { openRoot } from "./root.ts";
 * import { walkFolder } from "./walk.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const root = await openRoot("lib");
 * const found = await findVisible(root, root.path, DEFAULTS);
 *
 * assert(found.kind === "directory");
 * const { path } = found;
 * const walked = await walkFolder(
 *   { root, path, rules: DEFAULTS, pulse: NO_PULSE },
 *   { top: "lib", names: ["http"], entriesMax: 100, mayAdd: () => true },
 * );
 *
 * assert(walked.kind === "entries");
 * assertEquals(walked.entries.at(0)?.name, "lib/");
 * assertEquals(walked.entries.at(1)?.name, "lib/http/");
 * ```
 */
export async function walkFolder(
  folder: WalkedFolder,
  options: WalkOptions,
): Promise<Walked> {
  const walk = new Walk(folder, options);
  const { entries } = walk;
  let isDone = false;
  try {
    const error = await walk.enter({
      asked: folder.path,
      parent: null,
      name: options.top,
      nameLength: options.top.length,
      depth: 0,
      wanted: options.names === null ? null : new Set(options.names),
    });
    if (error !== null) return { kind: "refused", error };
    if (entries.length === 0) return { kind: "refused", error: "missing" };
    isDone = true;
    return { kind: "entries", entries };
  } finally {
    if (!isDone) entries.free();
  }
}

/** A folder on the way. */
interface Step {
  /** Path that leads to it; links in it are not resolved. */
  readonly asked: string;
  /** Position of the folder that it is in. */
  readonly parent: number | null;
  readonly name: string;
  /** Length of all names that lead to it. */
  readonly nameLength: number;
  /** How many folders it is in, from the first of the walk. */
  readonly depth: number;
  readonly wanted: ReadonlySet<string> | null;
}

/** One walk, with what it has found. */
class Walk {
  readonly entries: EntryTable = new EntryTable();
  readonly #folder: WalkedFolder;
  readonly #options: WalkOptions;
  /** Folders on the way to where it is. */
  readonly #way: Set<VisiblePath> = new Set();

  constructor(folder: WalkedFolder, options: WalkOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  async enter(step: Step): Promise<WalkError | null> {
    const { root, rules, pulse } = this.#folder;
    const { asked, parent, name, wanted } = step;
    const found = await findVisible(root, asked, rules);
    if (found.kind === "forbidden") return "unreadable";
    if (found.kind === "exhausted") return "exhausted";
    // Gone by now, or a link to a folder that this one is in.
    if (found.kind !== "directory" || this.#way.has(found.path)) return null;
    if (step.depth > ARCHIVE_DEPTH_MAX) return "too-large";
    if (step.nameLength > NAME_LENGTH_MAX) return "too-large";
    const content = await readEntries({ ...found, root, rules }, pulse);
    if (content.kind === "refused") {
      return content.error === "missing" ? null : content.error;
    }
    const chosen = wanted === null
      ? content.entries
      : await chooseEntries(content.entries, wanted);
    if (chosen === null) return "missing";
    const count = chosen.length + 1;
    if (this.entries.length + count > this.#options.entriesMax) {
      return "too-large";
    }
    if (!this.#options.mayAdd(count)) return "too-much";
    const isWhereAsked = parent !== null && found.path === asked;
    const path = isWhereAsked ? null : found.path;
    const { facts } = found;
    const entry = { parent, name, isFolder: true, path, facts };
    const index = this.entries.add(entry);
    this.#way.add(found.path);
    const sorted = await sortEntries(chosen, "name", "asc");
    const { device } = facts;
    const looked = { root, rules, pulse, device, path: found.path };
    const error = await this.#addAll(looked, sorted, { ...step, index });
    this.#way.delete(found.path);
    return error;
  }

  /** Folders come first among the entries. */
  async #addAll(
    folder: LookedFolder,
    sorted: readonly Entry[],
    { index: parent, nameLength, depth }: Step & { readonly index: number },
  ): Promise<WalkError | null> {
    const first = sorted.findIndex(({ kind }) => kind === "file");
    const files = first === -1 ? [] : sorted.slice(first);
    const folders = first === -1 ? sorted : sorted.slice(0, first);
    for (const { name } of folders) {
      // Windows knows names that are no text.
      if (!name.isWellFormed()) continue;
      const error = await this.enter({
        asked: join(folder.path, name),
        parent,
        name,
        nameLength: nameLength + 1 + name.length,
        depth: depth + 1,
        wanted: null,
      });
      if (error !== null) return error;
    }
    const about = { parent, isFolder: false, path: null };
    return await lookAtFiles(folder, files, {
      add: ({ name }, facts) =>
        void this.entries.add({ ...about, name, facts }),
    });
  }
}
