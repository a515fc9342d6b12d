/**
 * From the path of a request to its reply: what the path leads to, and which
 * kind of answer that is.
 *
 * @module
 */

import type { ArchiveAnswer } from "./answer_archive.ts";
import type { FolderAnswer } from "./answer_folder.ts";
import { createNotFoundAnswer } from "./answer_missing.ts";
import { createFileAnswer } from "./answer_file.ts";
import { loadArchives, loadFolders } from "./answer_parts.ts";
import type { BlockUse } from "./disk/file_source.ts";
import { findFile, type FoundFile } from "./disk/find_file.ts";
import { createKnownTargets } from "./disk/known_targets.ts";
import type { openFile } from "./disk/open_file.ts";
import type { Pulse } from "./disk/pulse.ts";
import type { QuickDisks } from "./disk/quick_disks.ts";
import type { resolveTarget, Wanted } from "./disk/resolve.ts";
import type { Root } from "./disk/root.ts";
import type { SeenCheck } from "./disk/seen_check.ts";
import { hasSpareDescriptors } from "./disk/spare_descriptors.ts";
import { parseArchiveRequest } from "./http/archive_request.ts";
import type { Context } from "./http/context.ts";
import { RETRY_AFTER_SECONDS } from "./http/limits.ts";
import { wantsListing } from "./http/listing_request.ts";
import { cacheControl } from "./http/response_headers.ts";
import type { ServeOptions } from "./options.ts";
import { redirect } from "./replies/redirect.ts";
import type { Refuse } from "./replies/refusal.ts";
import type { Reply } from "./reply.ts";
import type { Target } from "./target.ts";

/** What a path is answered from. */
export interface PathDeps {
  /** What is shared. */
  readonly root: Root;
  /** What becomes of the blocks of a large file that were handed over. */
  readonly blocks: BlockUse;
  readonly refuse: Refuse;
  /** Is told that descriptors ran out. */
  readonly onExhausted: () => void;
  /** Origins that lead to the server from its networks, the best first. */
  readonly origins: () => readonly string[];
  /** Whether the disk answers quickly. */
  readonly pulse: Pulse;
  /** What may be looked at without waiting. */
  readonly disks: QuickDisks;
  /** Whether something is as it was. */
  readonly check: SeenCheck;
  /** The steps that touch the disk; a test can put others in their place. */
  readonly stages: {
    readonly resolveTarget: typeof resolveTarget;
    readonly openFile: typeof openFile;
  };
}

const RETRY_SOON = [["retry-after", String(RETRY_AFTER_SECONDS)]] as const;

/**
 * Makes the function that answers a path.
 *
 * @param options How the folder is served.
 * @param deps What it is answered from.
 * @returns A function from a request whose method is GET or HEAD to its reply.
 *
 * @example Usage
 * ```ts ignore
 * import { createPathAnswer } from "./answer_path.ts";
 *
 * const answerPath = createPathAnswer(options, deps);
 * const reply = await answerPath(context);
 * ```
 */
export function createPathAnswer(
  options: ServeOptions,
  deps: PathDeps,
): (context: Context) => Promise<Reply> {
  const { root, refuse, stages, disks } = deps;
  const known = createKnownTargets(deps.check, disks);
  const answerNotFound = createNotFoundAnswer(options, deps);
  const fileOptions = {
    cacheControl: cacheControl(options),
    blocks: deps.blocks,
    refuse,
    root,
    openFile: stages.openFile,
  };
  const answerFile = createFileAnswer(options, fileOptions);
  const hasArchives = options.archive && options.listing;
  const given = { ...deps, answerNotFound, answerExhausted };

  const mayLoad = () => hasSpareDescriptors(root.path);
  let folderAnswer: FolderAnswer | undefined;
  let archiveAnswer: ArchiveAnswer | undefined;

  async function answerPath(context: Context): Promise<Reply> {
    const { path, search } = context;
    if (path.kind === "malformed") return refuse(400);
    if (path.kind === "redirect") return redirect(path.location, search);
    const archive = path.isFolder ? parseArchiveRequest(search) : undefined;
    if (archive !== undefined && !hasArchives) {
      return await answerNotFound(context, "listing-off");
    }
    const wanted = { ...path, wantsListing: wantsListing(search) };
    const found = await findAgain(wanted) ?? await find(wanted);
    switch (found.kind) {
      case "open":
        return await answerFile(context, { ...path, file: found.file });
      case "directory": {
        const folder = { ...found, segments: path.segments };
        return archive === undefined
          ? await answerFolder(context, folder)
          : await answerArchive(context, archive, folder);
      }
      case "redirect":
        return redirect(found.location, search);
      case "not-found":
        return await answerNotFound(context, found.reason);
      case "forbidden":
        return refuse(403, [], path);
      case "exhausted":
        return answerExhausted();
      case "unstable":
        return refuse(503, RETRY_SOON);
      default:
        return found satisfies never;
    }
  }

  async function answerFolder(
    ...[context, folder]: Parameters<FolderAnswer>
  ): Promise<Reply> {
    const part = await loadFolders(mayLoad);
    if (part === null) return answerExhausted();
    folderAnswer ??= part.createFolderAnswer(options, given);
    return await folderAnswer(context, folder);
  }

  async function answerArchive(
    ...[context, request, folder]: Parameters<ArchiveAnswer>
  ): Promise<Reply> {
    const part = await loadArchives(mayLoad);
    if (part === null) return answerExhausted();
    archiveAnswer ??= part.createArchiveAnswer(options, given);
    return await archiveAnswer(context, request, folder);
  }

  async function find(wanted: Wanted): Promise<FoundFile> {
    let target: Target | undefined;
    const found = await findFile({
      resolve: async () =>
        target = await stages.resolveTarget(root, wanted, options, disks),
      open: async (found) => {
        const { path, facts } = found;
        return await stages.openFile(found, disks.get(facts.device, path));
      },
    });
    if (found.kind === "open" && target?.kind === "file") {
      const { content, seen } = found.file;
      const isLarge = content.kind === "handle" && seen !== null;
      if (isLarge) known.keep(keyOf(wanted), target, seen);
    }
    return found;
  }

  /** A large file that was found before. */
  async function findAgain(wanted: Wanted): Promise<FoundFile | undefined> {
    const before = await known.find(keyOf(wanted));
    if (before === undefined || wanted.wantsListing) return undefined;
    const opened = await stages.openFile(before.target, before.disk);
    return opened.kind === "open" ? opened : undefined;
  }

  /** The socket had one left, the file none: the listener hears of nothing. */
  function answerExhausted(): Reply {
    deps.onExhausted();
    return refuse(503, RETRY_SOON);
  }

  return answerPath;
}

/** Names hold no slash, so that each path has a key of its own. */
function keyOf({ segments, isFolder }: Wanted): string {
  return `${segments.join("/")}${isFolder ? "/" : ""}`;
}
