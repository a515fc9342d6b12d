/**
 * A second look at the files that go into an archive: what each is to be known
 * by when it is opened, and whether it can be read.
 *
 * @module
 */

import { SEPARATOR } from "../disk_path.ts";
import type { Entry } from "../entry.ts";
import type { FileFacts } from "../target.ts";
import type { LookedFolder } from "./entry_looks.ts";
import { type DiskError, diskErrorOf } from "./error_kind.ts";
import { factsOf } from "./facts.ts";
import { pace } from "./pace.ts";
import { findVisible } from "./resolve.ts";

/** What becomes of a file that was looked at. */
export interface FileTaker {
  /**
   * Takes a file.
   *
   * @param entry Entry of the folder.
   * @param facts What it is to be known by.
   */
  readonly add: (entry: Entry, facts: FileFacts) => void;
}

// As for the folder page: half of the runtime's threads for the disk.
const LOOKS_AT_ONCE = 16;

/**
 * Looks at the files of a folder.
 *
 * @param folder Folder, by its canonical path.
 * @param files Entries of it that are files, in order.
 * @param taker Gets those that are there, in this order.
 * @returns Why there is no archive of them, or `null`: a file that can be seen
 * and not read would be missing without a word.
 *
 * @example Usage
 * ```ts ignore
 * import { lookAtFiles } from "./walk_looks.ts";
 *
 * const error = await lookAtFiles(folder, files, { add: (entry) => take(entry) });
 * ```
 */
export async function lookAtFiles(
  folder: LookedFolder,
  files: readonly Entry[],
  taker: FileTaker,
): Promise<DiskError | null> {
  const { pulse, device, path } = folder;
  const start = path.endsWith(SEPARATOR) ? path : path + SEPARATOR;
  for (let i = 0; i < files.length; i += LOOKS_AT_ONCE) {
    // Windows knows names that are no text.
    const some = files.slice(i, i + LOOKS_AT_ONCE)
      .filter(({ name }) => name.isWellFormed());
    const quick = pulse.isQuick(device, path);
    const isQuick = typeof quick === "boolean" ? quick : await quick;
    const looks: (Looked | Promise<Looked>)[] = [];
    for (const { name } of some) {
      looks.push((isQuick ? lookNow : lookLater)(folder, start + name));
    }
    const seen = isQuick && looks.every(isKnown)
      ? looks
      : await Promise.all(looks);
    for (const [at, entry] of some.entries()) {
      const facts = seen[at] ?? "missing";
      if (facts === "missing") continue;
      if (typeof facts === "string") return facts;
      // SECURITY: size and time are those that the folder page would show. What
      // was seen just now may be elsewhere, where it is only compared.
      const { size, modified } = entry;
      taker.add(entry, { ...facts, size: size ?? 0, modified });
    }
    await pace();
  }
  return null;
}

type Looked = FileFacts | DiskError;

function isKnown(looked: Looked | Promise<Looked>): looked is Looked {
  return !(looked instanceof Promise);
}

function lookNow(folder: LookedFolder, path: string): Looked | Promise<Looked> {
  const start = performance.now();
  try {
    const info = Deno.lstatSync(path);
    return isPlain(info) ? factsOf(info) : tryToOpen(folder, path);
  } catch (error) {
    return diskErrorOf(error);
  } finally {
    folder.pulse.took(folder.device, performance.now() - start);
  }
}

async function lookLater(folder: LookedFolder, path: string): Promise<Looked> {
  try {
    const info = await Deno.lstat(path);
    return isPlain(info) ? factsOf(info) : await tryToOpen(folder, path);
  } catch (error) {
    return diskErrorOf(error);
  }
}

/** A file that its owner, its group and all others may read needs no trial. */
function isPlain({ isFile, mode }: Deno.FileInfo): boolean {
  return isFile && mode !== null && (mode & 0o444) === 0o444;
}

async function tryToOpen(
  { root, rules }: LookedFolder,
  path: string,
): Promise<Looked> {
  const found = await findVisible(root, path, rules);
  if (found.kind === "forbidden") return "unreadable";
  if (found.kind === "exhausted") return "exhausted";
  if (found.kind !== "file") return "missing";
  try {
    (await Deno.open(found.path, { read: true })).close();
    return found.facts;
  } catch (error) {
    return diskErrorOf(error);
  }
}
