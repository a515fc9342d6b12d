/**
 * What the page of a folder shows of the folder's README.
 *
 * @module
 */

import { ByteMemory } from "../byte_memory.ts";
import { pace } from "../disk/pace.ts";
import {
  findInFolder,
  type ReadBeginning,
  readBeginning,
} from "../disk/read_readme.ts";
import type { Root } from "../disk/root.ts";
import { isSameState } from "../disk/seen.ts";
import type { FileRules } from "../options.ts";
import type { SafeHtml } from "../pages/html.ts";
import { loadMarkdown } from "../pages/markdown.ts";
import { README_BYTES_MAX } from "../pages/readme_length.ts";
import { findReadme, isMarkdown } from "../pages/readme_name.ts";
import { readmeSection } from "../pages/readme_section.ts";
import type { FileFacts, Seen } from "../target.ts";

/** What a page shows of a README. */
export interface ReadmePart {
  readonly markup: SafeHtml;
  /** What has to be as it was for it to be right; `null`: nobody can tell. */
  readonly seen: Seen | null;
}

/** A folder that was read. */
export interface ReadmeFolder {
  /** Canonical path. */
  readonly path: string;
  readonly entries: readonly { readonly name: string; readonly kind: string }[];
}

/** Finds and writes the part of a page; `null` where there is no README. */
export type ReadmeFinder = (
  folder: ReadmeFolder,
) => Promise<ReadmePart | null>;

interface Kept extends ReadmePart {
  readonly facts: FileFacts;
}

/** Of ordinary files, some hundred. */
const KEPT_BYTES_MAX = 4_194_304;

/**
 * Makes the function that shows READMEs. What it wrote is kept while its file
 * is as it was: pages are written more often.
 *
 * @param root What is shared.
 * @param rules What can be seen.
 * @returns The function.
 *
 * @example Usage
 * ```ts
 * import { openRoot } from "../disk/root.ts";
 * import { DEFAULTS } from "../options.ts";
 * import { createReadmeFinder } from "./folder_readme.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const root = await openRoot(".");
 * const findPart = createReadmeFinder(root, DEFAULTS);
 * const entries = [{ name: "README.md", kind: "file" }];
 * const part = await findPart({ path: root.path, entries });
 *
 * assertMatch(String(part?.markup), /^<section class="readme"/);
 * ```
 */
export function createReadmeFinder(
  root: Root,
  rules: Pick<FileRules, "followSymlinks">,
): ReadmeFinder {
  const memory = new ByteMemory<Kept>(KEPT_BYTES_MAX);

  return async ({ path, entries }) => {
    const name = findReadme(entries);
    if (name === undefined) return null;
    const target = await findInFolder({ root, folder: path, name, rules });
    if (target === null) return null;
    // SECURITY: of two links to one file, each is what is looked at later: the
    // other one may come to lead elsewhere.
    const key = [path, name, target.path].join("\0");
    const kept = memory.get(key);
    if (kept !== undefined && isSameState(kept.facts, target.facts)) {
      return kept;
    }
    const read = await readBeginning(target, README_BYTES_MAX);
    if (read === null) return null;
    const markup = await write(name, read);
    const { facts, seen } = read;
    if (seen !== null) {
      // Written out once, it is one piece in memory and not thousands.
      const bytes = new TextEncoder().encode(String(markup)).length;
      memory.set(key, { markup, facts, seen }, bytes);
    }
    return { markup, seen };
  };
}

/**
 * Loads what READMEs are read with: a library for Markdown.
 *
 * @returns Resolves when it is loaded.
 *
 * @example Usage
 * ```ts
 * import { prepareReadmes } from "./folder_readme.ts";
 *
 * await prepareReadmes();
 * ```
 */
export async function prepareReadmes(): Promise<void> {
  await loadMarkdown();
}

async function write(name: string, read: ReadBeginning): Promise<SafeHtml> {
  const steps = readmeSection(
    { ...read, name },
    isMarkdown(name) ? await loadMarkdown() : null,
  );
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await pace();
  }
}
