/**
 * From a folder to the reply with an archive of it: a place among the archives
 * under way, a walk, a layout, and then the answer.
 *
 * @module
 */

import { type ArchivePlace, createArchivePlaces } from "./archive_places.ts";
import type { NotFoundAnswer } from "./answer_missing.ts";
import {
  type AskedWalk,
  createArchiveWalks,
  type SharedEntries,
} from "./answer_walks.ts";
import { type Crc32, loadCrc32 } from "./archive/crc32.ts";
import type { ArchiveLayout } from "./archive/layout.ts";
import { tarLayout } from "./archive/tar_layout.ts";
import { zipLayout } from "./archive/zip_layout.ts";
import { archiveValidators } from "./disk/archive_etag.ts";
import { archiveSource } from "./disk/archive_source.ts";
import { createChecksums } from "./disk/checksums.ts";
import { loadCompressors } from "./disk/compress.ts";
import { compressSource } from "./disk/compress_source.ts";
import type { BlockUse } from "./disk/file_source.ts";
import { pace } from "./disk/pace.ts";
import type { Pulse } from "./disk/pulse.ts";
import type { QuickDisks } from "./disk/quick_disks.ts";
import type { Root } from "./disk/root.ts";
import type { WalkError } from "./disk/walk.ts";
import {
  type ArchiveFormat,
  type ArchiveRequest,
  isEntryName,
} from "./http/archive_request.ts";
import type { Context } from "./http/context.ts";
import {
  ARCHIVE_ENTRIES_MAX,
  ARCHIVE_WALK_MS,
  ARCHIVE_WALKS_MAX,
  ARCHIVES_MAX,
  ARCHIVES_PER_ADDRESS_MAX,
  FULL_MS,
  REMEMBERED_CHECKSUMS_MAX,
  RETRY_AFTER_SECONDS,
} from "./http/limits.ts";
import type { ByteRange } from "./http/range.ts";
import type { FileRules } from "./options.ts";
import { archiveReply } from "./replies/archive.ts";
import type { Refuse } from "./replies/refusal.ts";
import type { ByteSource, Reply } from "./reply.ts";
import type { VisiblePath } from "./target.ts";

/** What archives are answered from. */
export interface ArchiveDeps {
  /** What is shared. */
  readonly root: Root;
  /** What becomes of blocks that were handed over. */
  readonly blocks: BlockUse;
  readonly refuse: Refuse;
  readonly answerNotFound: NotFoundAnswer;
  /** Answers where descriptors ran out. */
  readonly answerExhausted: () => Reply;
  /** Whether the disk answers quickly. */
  readonly pulse: Pulse;
  /** What may be looked at without waiting. */
  readonly disks: QuickDisks;
}

/** A folder that is asked for as an archive. */
export interface ArchivedFolder {
  readonly path: VisiblePath;
  /** Decoded names from the shared folder to this one. */
  readonly segments: readonly string[];
}

/** Answers with an archive. */
export type ArchiveAnswer = (
  context: Context,
  request: ArchiveRequest,
  folder: ArchivedFolder,
) => Promise<Reply>;

const RETRY_SOON = [["retry-after", String(RETRY_AFTER_SECONDS)]] as const;

/** The folder that is shared has a name of its own, which is nobody's business. */
const ROOT_NAME = "archive";

/**
 * Makes the function that answers with archives.
 *
 * @param rules What can be seen.
 * @param deps What they are answered from.
 * @returns A function from a request, a GET or HEAD, and what it asks for, to
 * the reply: 404 for a name that cannot be seen, 403 where something cannot be
 * read, 501 where there is too much for any archive, 503 where there is for now.
 *
 * @example Usage
 * ```ts ignore
 * import { createArchiveAnswer } from "./answer_archive.ts";
 *
 * const answerArchive = createArchiveAnswer(options, deps);
 * const reply = await answerArchive(context, request, folder);
 * ```
 */
export function createArchiveAnswer(
  rules: FileRules,
  deps: ArchiveDeps,
): ArchiveAnswer {
  const now = () => performance.now();
  const places = createArchivePlaces({
    whole: ARCHIVES_MAX,
    perAddress: ARCHIVES_PER_ADDRESS_MAX,
    stalledMs: FULL_MS,
    waitMs: ARCHIVE_WALK_MS,
  }, now);
  const walk = createArchiveWalks({ ...deps, rules }, {
    walks: ARCHIVE_WALKS_MAX,
    entries: ARCHIVE_ENTRIES_MAX,
  });
  const checksums = createChecksums(REMEMBERED_CHECKSUMS_MAX);

  async function make(
    context: Context,
    { format, names }: ArchiveRequest,
    { path, name, place }: Pick<AskedWalk, "path" | "name"> & {
      readonly place: ArchivePlace;
    },
  ): Promise<Reply | WalkError> {
    const end = now() + ARCHIVE_WALK_MS;
    const goesOn = () => {
      place.progress();
      return now() < end && place.isHeld();
    };
    const walked = await walk({ path, name, names, goesOn });
    if (walked.kind === "refused") return walked.error;
    let isSent = false;
    try {
      const reply = await answer(context, { format, name, walked, place });
      isSent = reply.body.kind === "source";
      return reply;
    } finally {
      if (!isSent) walked.release();
    }
  }

  async function answer(
    context: Context,
    { format, name, walked, place }: {
      readonly format: ArchiveFormat;
      readonly name: string;
      readonly walked: SharedEntries;
      readonly place: ArchivePlace;
    },
  ): Promise<Reply> {
    const { entries } = walked;
    const isZip = format === "zip";
    const layout = await (isZip ? zipLayout : tarLayout)(entries, pace);
    const crc32 = isZip ? await loadCrc32() : null;
    const validators = await archiveValidators(format, entries, context.time);
    const compressors = format === "tar.gz" ? await loadCompressors() : null;
    const open = (part: ByteRange) => {
      const source = openPart({ ...walked, layout, crc32 }, part, place);
      if (compressors === null) return source;
      return compressSource(source, {
        create: () => compressors.create("gzip", layout.length),
        onClose: () => {},
        blocks: deps.blocks,
      });
    };
    const length = compressors === null ? layout.length : null;
    const archive = { format, name, length, validators, open };
    return archiveReply(context, archive, deps);
  }

  function openPart(
    archive: SharedEntries & {
      readonly layout: ArchiveLayout;
      readonly crc32: Crc32 | null;
    },
    { start, length }: ByteRange,
    place: ArchivePlace,
  ): ByteSource {
    const source = archiveSource({
      ...archive,
      root: deps.root,
      rules,
      checksums,
      disks: deps.disks,
      now: Date.now,
      onProgress: place.progress,
      start,
      end: Math.min(start + length, archive.layout.length),
      blocks: deps.blocks,
      onClose: () => {
        archive.release();
        place.leave();
      },
    });
    // The runtime may still hold the last block: only what is behind it goes.
    place.onStalled(() => source.close());
    return source;
  }

  async function refuse(
    context: Context,
    error: WalkError,
    segments: readonly string[],
  ): Promise<Reply> {
    switch (error) {
      case "missing":
        // The folder is there: of its absence there is nothing to remember.
        return await deps.answerNotFound(context, "hidden");
      case "unreadable":
        return deps.refuse(403, [], { segments, isFolder: true });
      case "exhausted":
        return deps.answerExhausted();
      case "too-much":
        return deps.refuse(503, RETRY_SOON);
      case "too-large":
        return deps.refuse(501);
      default:
        return error satisfies never;
    }
  }

  return async (context, request, { path, segments }) => {
    if (request.names?.every(isEntryName) === false) {
      return await refuse(context, "missing", segments);
    }
    const place = places.enter(context.remote);
    if (place === null) return deps.refuse(503, RETRY_SOON);
    // From its answer on, the body of the answer tells who has left.
    const { signal } = context;
    if (signal?.aborted) place.leave();
    signal?.addEventListener("abort", place.leave);
    let isSent = false;
    try {
      const name = segments.at(-1) ?? ROOT_NAME;
      const made = await make(context, request, { path, name, place });
      if (typeof made === "string") {
        return await refuse(context, made, segments);
      }
      isSent = made.body.kind === "source";
      return made;
    } finally {
      signal?.removeEventListener("abort", place.leave);
      if (!isSent) place.leave();
    }
  };
}
