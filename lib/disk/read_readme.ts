/**
 * Reading the README of a folder, by the same rules as any file.
 *
 * @module
 */

import { join } from "../disk_path.ts";
import type { FileRules } from "../options.ts";
import type { FileFacts, Seen, Target } from "../target.ts";
import { closeFile, openFile } from "./open_file.ts";
import { findVisible } from "./resolve.ts";
import { readAt } from "./read.ts";
import type { Root } from "./root.ts";

/** The beginning of a file, in the state that it had. */
export interface ReadBeginning {
  readonly text: string;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
  /** What is true of the file that it was read from. */
  readonly facts: FileFacts;
  /**
   * What to look at to know that it is still this text; `null` where no look
   * can tell that.
   */
  readonly seen: Seen | null;
}

/** A file in a folder. */
export interface FolderFile {
  readonly root: Root;
  /** Canonical path of the folder. */
  readonly folder: string;
  /** Name of the file in it. */
  readonly name: string;
  readonly rules: Pick<FileRules, "followSymlinks">;
}

type FileTarget = Extract<Target, { kind: "file" }>;

const LINE_FEED = 0x0a;

/**
 * Finds a file in a folder.
 *
 * @param file Where it is, and what can be seen.
 * @returns The file, or `null` where there is none that may be seen.
 *
 * @example Usage
 * ```ts
 * import { DEFAULTS } from "../options.ts";
 * import { findInFolder } from "./read_readme.ts";
 * import { openRoot } from "./root.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const root = await openRoot(".");
 * const place = { root, folder: root.path, rules: DEFAULTS };
 *
 * assertEquals(await findInFolder({ ...place, name: "none" }), null);
 * ```
 */
export async function findInFolder(
  { root, folder, name, rules }: FolderFile,
): Promise<FileTarget | null> {
  const asked = join(folder, name);
  const found = await findVisible(root, asked, rules);
  if (found.kind !== "file") return null;
  const { path, facts, isDirect } = found;
  return { kind: "file", path, asked, name, facts, isDirect };
}

/**
 * Reads the beginning of a file, up to the end of a line.
 *
 * @param target File that was found.
 * @param bytesMax How much of it is read at most.
 * @returns What was read, or `null` where it cannot be had.
 *
 * @example Usage
 * ```ts
 * import { DEFAULTS } from "../options.ts";
 * import { findInFolder, readBeginning } from "./read_readme.ts";
 * import { openRoot } from "./root.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const root = await openRoot(".");
 * const place = { root, folder: root.path, rules: DEFAULTS };
 * const target = await findInFolder({ ...place, name: "deno.json" });
 *
 * assert(target !== null);
 * assertEquals((await readBeginning(target, 9))?.text, "{\n");
 * ```
 */
export async function readBeginning(
  target: FileTarget,
  bytesMax: number,
): Promise<ReadBeginning | null> {
  const opened = await openFile(target);
  if (opened.kind !== "open") return null;
  const { content, seen, facts } = opened.file;
  try {
    const bytes = content.kind === "memory"
      ? content.bytes.subarray(0, bytesMax)
      : await readAt(content.file, 0, bytesMax);
    const isWhole = facts.size <= bytes.length;
    const end = isWhole ? 0 : bytes.lastIndexOf(LINE_FEED) + 1;
    const shown = end === 0 ? bytes : bytes.subarray(0, end);
    return { text: new TextDecoder().decode(shown), isWhole, facts, seen };
  } finally {
    closeFile(opened.file);
  }
}
