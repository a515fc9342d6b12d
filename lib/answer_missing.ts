/**
 * The answer for what is not there: the shared folder's own `404.html`, or a
 * page of ours.
 *
 * @module
 */

import { seenAbsence } from "./disk/absence.ts";
import type { BlockUse } from "./disk/file_source.ts";
import type { openFile } from "./disk/open_file.ts";
import { NOT_FOUND_PAGE, resolveNotFoundPage } from "./disk/not_found_page.ts";
import type { Root } from "./disk/root.ts";
import type { Context } from "./http/context.ts";
import type { FileRules } from "./options.ts";
import { notFoundPageReply } from "./replies/file.ts";
import type { Refuse } from "./replies/refusal.ts";
import type { Memo, Reply } from "./reply.ts";
import type { Absence, Seen } from "./target.ts";

/** What is answered from. */
export interface NotFoundDeps {
  /** What is shared. */
  readonly root: Root;
  /** What becomes of the blocks of a large file that were handed over. */
  readonly blocks: BlockUse;
  readonly refuse: Refuse;
  readonly stages: { readonly openFile: typeof openFile };
}

/** Answers a request for what is not there. */
export type NotFoundAnswer = (
  context: Context,
  reason: Absence,
) => Promise<Reply>;

/**
 * Makes the function that answers with 404.
 *
 * @param rules What can be seen.
 * @param deps What is answered from.
 * @returns A function from a request, and why there is nothing, to a reply.
 *
 * @example Usage
 * ```ts ignore
 * import { createNotFoundAnswer } from "./answer_missing.ts";
 *
 * const answerNotFound = createNotFoundAnswer(options, deps);
 * const reply = await answerNotFound(context, "missing");
 * ```
 */
export function createNotFoundAnswer(
  rules: FileRules,
  deps: NotFoundDeps,
): NotFoundAnswer {
  const { root, refuse, stages } = deps;

  /** What is seen first is true of what is found later, or shows a change. */
  async function seenMissing(context: Context): Promise<readonly Seen[]> {
    if (context.path.kind !== "path") return [];
    const { time, path } = context;
    const asked = await seenAbsence(root, path.segments, time);
    const page = await seenAbsence(root, [NOT_FOUND_PAGE], time);
    return asked === null ? [] : [asked, ...(page === null ? [] : [page])];
  }

  return async (context, reason) => {
    const seen = reason === "missing" ? await seenMissing(context) : [];
    const page = await resolveNotFoundPage(root, rules);
    const opened = page === undefined ? undefined : await stages.openFile(page);
    if (opened?.kind === "open") {
      const { file } = opened;
      const reply = await notFoundPageReply(file, deps);
      const [asked] = seen;
      return asked === undefined || file.seen === null
        ? reply
        : withMemo(reply, [asked, file.seen]);
    }
    const { path } = context;
    const reply = refuse(404, [], path.kind === "path" ? path : undefined);
    const [asked, noPage] = seen;
    if (asked === undefined || noPage === undefined) return reply;
    // Mostly it is the same folder that both are missing from.
    return withMemo(reply, asked.path === noPage.path ? [asked] : seen);
  };
}

function withMemo(reply: Reply, seen: readonly Seen[]): Reply {
  const { body } = reply;
  if (body.kind !== "bytes") return reply;
  const memo: Memo = {
    whole: { ...reply, body },
    notModified: null,
    etag: null,
    lastModified: null,
    seen,
    keepMs: null,
    renewedBy: null,
    chosenBy: null,
    isFile: true,
  };
  return { ...reply, memo };
}
