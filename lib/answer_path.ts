/**
 * From the path of a request to its reply: what the path leads to, and which
 * kind of answer that is.
 *
 * @module
 */

import type { ArchiveAnswer } from "./answer_archive.ts";
import { createNotFoundAnswer } from "./answer_missing.ts";
import { createFileAnswer } from "./answer_file.ts";
import type { BlockUse } from "./disk/file_source.ts";
import { findFile, type FoundFile } from "./disk/find_file.ts";
import { createFolderReader } from "./disk/folder_reader.ts";
import { createKnownTargets } from "./disk/known_targets.ts";
import type { openFile } from "./disk/open_file.ts";
import type { Pulse } from "./disk/pulse.ts";
import type { QuickDisks } from "./disk/quick_disks.ts";
import type { resolveTarget, Wanted } from "./disk/resolve.ts";
import type { Root } from "./disk/root.ts";
import type { SeenCheck } from "./disk/seen_check.ts";
import { parseArchiveRequest } from "./http/archive_request.ts";
import type { Context } from "./http/context.ts";
import { RETRY_AFTER_SECONDS } from "./http/limits.ts";
import { parseListingRequest, wantsListing } from "./http/listing_request.ts";
import { parseQrRequest } from "./http/qr_request.ts";
import { cacheControl } from "./http/response_headers.ts";
import type { ServeOptions } from "./options.ts";
import { createListingReply } from "./replies/listing.ts";
import { createReadmeFinder } from "./replies/folder_readme.ts";
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
  const listingReply = createListingReply(
    options,
    createReadmeFinder(root, options),
  );
  const answerNotFound = createNotFoundAnswer(options, deps);
  const readFolder = createFolderReader(root, options, deps.pulse);
  const fileOptions = {
    cacheControl: cacheControl(options),
    blocks: deps.blocks,
    refuse,
    root,
    openFile: stages.openFile,
  };
  const answerFile = createFileAnswer(options, fileOptions);
  const hasArchives = options.archive && options.listing;
  // Loaded by the first who asks: many never do.
  let loading: Promise<ArchiveAnswer> | undefined;

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
        const { segments } = path;
        if (archive === undefined) {
          return await answerFolder(context, segments, found);
        }
        const answerArchive = await (loading ??= loadArchives());
        return await answerArchive(context, archive, { ...found, segments });
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

  async function loadArchives(): Promise<ArchiveAnswer> {
    const { createArchiveAnswer } = await import("./answer_archive.ts");
    const given = { ...deps, answerNotFound, answerExhausted };
    return createArchiveAnswer(options, given);
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

  async function answerFolder(
    context: Context,
    segments: readonly string[],
    folder: Extract<Target, { kind: "directory" }>,
  ): Promise<Reply> {
    const form = parseQrRequest(context.search);
    if (form !== null) {
      const { qrReply } = await import("./replies/qr.ts");
      const place = { segments, origins: deps.origins(), refuse };
      return await qrReply(form, context, place);
    }
    const request = parseListingRequest(context);
    const result = await readFolder(folder.path, request.sort, request.order);
    if (result.kind === "entries") {
      return await listingReply(result, { segments, ...folder }, request);
    }
    if (result.error === "missing") {
      return await answerNotFound(context, "missing");
    }
    return result.error === "unreadable"
      ? refuse(403, [], { segments, isFolder: true })
      : answerExhausted();
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
