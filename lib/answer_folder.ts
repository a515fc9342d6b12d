/**
 * From a folder to the reply with its entries, or with its address. Loaded
 * apart: with all that writes the pages, it is half of the program.
 *
 * @module
 */

import type { NotFoundAnswer } from "./answer_missing.ts";
import { createFolderReader } from "./disk/folder_reader.ts";
import type { Pulse } from "./disk/pulse.ts";
import type { Root } from "./disk/root.ts";
import type { Context } from "./http/context.ts";
import { parseListingRequest } from "./http/listing_request.ts";
import { parseQrRequest } from "./http/qr_request.ts";
import type { ServeOptions } from "./options.ts";
import { createReadmeFinder } from "./replies/folder_readme.ts";
import { createListingReply, type ListingPlace } from "./replies/listing.ts";
import { qrReply } from "./replies/qr.ts";
import type { Refuse } from "./replies/refusal.ts";
import type { Reply } from "./reply.ts";
import type { VisiblePath } from "./target.ts";

/** What folders are answered from. */
export interface FolderDeps {
  /** What is shared. */
  readonly root: Root;
  readonly refuse: Refuse;
  readonly answerNotFound: NotFoundAnswer;
  /** Answers where descriptors ran out. */
  readonly answerExhausted: () => Reply;
  /** Origins that lead to the server from its networks, the best first. */
  readonly origins: () => readonly string[];
  /** Whether the disk answers quickly. */
  readonly pulse: Pulse;
}

/** A folder that is asked for. */
export interface FolderAt extends ListingPlace {
  readonly path: VisiblePath;
}

/** Answers with a folder. */
export type FolderAnswer = (
  context: Context,
  folder: FolderAt,
) => Promise<Reply>;

/**
 * Makes the function that answers with folders.
 *
 * @param options How the folder is served.
 * @param deps What they are answered from.
 * @returns A function from a request, a GET or HEAD, and the folder that it led
 * to, to the reply.
 *
 * @example Usage
 * ```ts ignore
 * import { createFolderAnswer } from "./answer_folder.ts";
 *
 * const answerFolder = createFolderAnswer(options, deps);
 * const reply = await answerFolder(context, folder);
 * ```
 */
export function createFolderAnswer(
  options: ServeOptions,
  deps: FolderDeps,
): FolderAnswer {
  const { root, refuse } = deps;
  const findReadme = createReadmeFinder(root, options);
  const listingReply = createListingReply(options, findReadme);
  const readFolder = createFolderReader(root, options, deps.pulse);

  return async (context, folder) => {
    const { segments } = folder;
    const form = parseQrRequest(context.search);
    if (form !== null) {
      const place = { segments, origins: deps.origins(), refuse };
      return qrReply(form, context, place);
    }
    const request = parseListingRequest(context);
    const result = await readFolder(folder.path, request.sort, request.order);
    if (result.kind === "entries") {
      return await listingReply(result, folder, request);
    }
    if (result.error === "missing") {
      return await deps.answerNotFound(context, "missing");
    }
    return result.error === "unreadable"
      ? refuse(403, [], { segments, isFolder: true })
      : deps.answerExhausted();
  };
}
