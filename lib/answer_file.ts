/**
 * From an open file to the reply with it: in which form it is sent.
 *
 * @module
 */

import { seenFolder } from "./disk/absence.ts";
import { typeOf } from "./disk/file_type.ts";
import { closeFile, type OpenFile } from "./disk/open_file.ts";
import type { SiblingPlace } from "./disk/sibling.ts";
import { createValidatorFinder } from "./disk/validators.ts";
import { createVariantFinder } from "./disk/variant.ts";
import { dirname, join } from "./disk_path.ts";
import type { Context } from "./http/context.ts";
import { encodingKey } from "./http/encoding.ts";
import { timeWorth } from "./http/etag.ts";
import { parseFileRequest } from "./http/file_request.ts";
import { isCompressible } from "./http/media_type.ts";
import type { ServeOptions } from "./options.ts";
import { fileReply, type FileReplyOptions } from "./replies/file.ts";
import type { Reply } from "./reply.ts";

/** What a file is answered with. */
export interface FileDeps
  extends FileReplyOptions, Omit<SiblingPlace, "rules"> {
}

/** A file that a path led to. */
export interface FileAt {
  readonly file: OpenFile;
  /** Names of the request, from the shared folder on. */
  readonly segments: readonly string[];
  /** Whether they name the folder that it is the index of. */
  readonly isFolder: boolean;
}

/**
 * After so long it is looked whether a compressed sibling may have come, which
 * no look at the file shows.
 */
const KEEP_REPLACEABLE_MS = 1_000;

const FOR_EVER = Object.freeze({ keepMs: null, renewedBy: null });

/**
 * Makes the function that answers with a file.
 *
 * @param options How files are served.
 * @param deps What it is answered with.
 * @returns A function from a request, a GET or HEAD, and the file that it led
 * to, which is freed in any case, to the reply.
 *
 * @example Usage
 * ```ts ignore
 * import { createFileAnswer } from "./answer_file.ts";
 *
 * const answerFile = createFileAnswer(options, deps);
 * const reply = await answerFile(context, { file, segments, isFolder: false });
 * ```
 */
export function createFileAnswer(
  options: ServeOptions,
  deps: FileDeps,
): (context: Context, found: FileAt) => Promise<Reply> {
  const { root } = deps;
  const validatorsOf = createValidatorFinder();
  const findVariant = createVariantFinder({
    ...deps,
    rules: options,
    validatorsOf,
  });
  // A coding that the user names for all files is one that they have already.
  const isEncoded = options.headers
    .some(([name]) => name.toLowerCase() === "content-encoding");
  const mayCompress = options.compress && !isEncoded;

  /** Chooses the form, which is then what has to be freed. */
  async function choose(context: Context, found: FileAt) {
    const { segments, isFolder } = found;
    const { time, headers } = context;
    // What has no validators yet will have some in a moment.
    const isYoung = timeWorth(found.file.facts.modified, time) === "young";
    const file = isYoung ? { ...found.file, seen: null } : found.file;
    const validators = await validatorsOf(file, time);
    const { size } = file.facts;
    const request = parseFileRequest(context, { ...validators, size });
    const type = await typeOf(file);
    const isNegotiated = mayCompress && isCompressible(type);
    const about = {
      ...request,
      file,
      validators,
      type,
      isNegotiated,
      variant: null,
      keep: FOR_EVER,
    };
    // Ranges are of the file as it is, and tools that save a download save it
    // as it is sent.
    if (
      !isNegotiated || request.isDownload || request.range.kind !== "whole"
    ) return about;
    const key = encodingKey(headers.get("accept-encoding"));
    if (key === "") return about;
    const path = join(root.path, ...segments, ...isFolder ? [file.name] : []);
    // Before siblings are looked for: one that comes meanwhile shows later.
    const folder = await seenFolder(dirname(path), time);
    const variant = await findVariant(file, { path, key, validators, time });
    // In a moment it is sent in another form.
    if (variant === "busy") return { ...about, file: { ...file, seen: null } };
    const keep = { keepMs: KEEP_REPLACEABLE_MS, renewedBy: folder };
    return { ...about, variant, keep };
  }

  return async (context, found) => {
    let chosen: Awaited<ReturnType<typeof choose>> | undefined;
    try {
      chosen = await choose(context, found);
      return fileReply(context, chosen, deps);
    } catch (error) {
      const body = chosen?.variant?.body;
      if (body === undefined) closeFile(found.file);
      else if (body.kind === "source") body.source.close();
      throw error;
    }
  };
}
