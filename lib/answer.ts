/**
 * The way of a request, from left to right. The order of the steps is the
 * source text of one function; whatever is thrown on the way ends here as a
 * plain 500.
 *
 * @module
 */

import { lastResort, recordOf } from "./answer_log.ts";
import type { BlockUse } from "./disk/file_source.ts";
import { findFile } from "./disk/find_file.ts";
import { createFolderReader } from "./disk/folder_reader.ts";
import { closeFile, type OpenFile, openFile } from "./disk/open_file.ts";
import { resolveNotFoundPage, resolveTarget } from "./disk/resolve.ts";
import type { Root } from "./disk/root.ts";
import { createValidatorFinder } from "./disk/validators.ts";
import { type Context, toContext } from "./http/context.ts";
import { cacheControl, createHeaderFinisher } from "./http/response_headers.ts";
import type { ServeOptions } from "./options.ts";
import { fileReply, notFoundPageReply } from "./replies/file.ts";
import {
  createListingReply,
  parseListingRequest,
  wantsListing,
} from "./replies/listing.ts";
import { checkMethod } from "./replies/method.ts";
import { redirect } from "./replies/redirect.ts";
import { createRefuse } from "./replies/refusal.ts";
import { dropBody, type Reply, toResponse } from "./reply.ts";
import type { Target } from "./target.ts";

/** Answers a request, as `Deno.serve` calls it. */
export type Handler = (
  request: Request,
  info: Deno.ServeHandlerInfo,
) => Promise<Response>;

/** The steps of the flow that a test can put another one in the place of. */
export interface Stages {
  readonly toContext: typeof toContext;
  readonly checkMethod: typeof checkMethod;
  readonly resolveTarget: typeof resolveTarget;
  readonly openFile: typeof openFile;
  readonly createHeaderFinisher: typeof createHeaderFinisher;
  readonly toResponse: typeof toResponse;
}

/** What the flow needs besides its options. */
export interface Deps {
  /** What is shared. */
  readonly root: Root;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Whether names follow the rules of Windows. */
  readonly isWindows: boolean;
  /** What becomes of the blocks of a large file that were handed over. */
  readonly blocks: BlockUse;
  readonly stages: Stages;
}

/** The steps as they are. */
export const STAGES: Stages = Object.freeze({
  toContext,
  checkMethod,
  resolveTarget,
  openFile,
  createHeaderFinisher,
  toResponse,
});

const RETRY_SOON = [["retry-after", "1"]] as const;

/**
 * Makes the function that answers requests. All that does not depend on a
 * request is done here, once.
 *
 * @param options How the folder is served.
 * @param deps The folder, the clock and the steps.
 * @returns The handler. It never rejects.
 *
 * @example Usage
 * ```ts
 * import { createAnswer, STAGES } from "./answer.ts";
 * import { openRoot } from "./disk/root.ts";
 * import { DEFAULTS } from "./options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const handler = await createAnswer(DEFAULTS, {
 *   root: await openRoot("."),
 *   now: Date.now,
 *   isWindows: false,
 *   blocks: "kept",
 *   stages: STAGES,
 * });
 * const response = await handler(new Request("http://localhost/none"), {
 *   remoteAddr: { transport: "tcp", hostname: "::1", port: 1 },
 *   completed: Promise.resolve(),
 * });
 *
 * assertEquals(response.status, 404);
 * ```
 */
export async function createAnswer(
  options: ServeOptions,
  deps: Deps,
): Promise<Handler> {
  const { root, now, stages } = deps;
  const refuse = await createRefuse();
  const listingReply = await createListingReply();
  const validatorsOf = createValidatorFinder();
  const readFolder = createFolderReader(root, options);
  const finishHeaders = stages.createHeaderFinisher(options);
  const fileOptions = {
    cacheControl: cacheControl(options),
    blocks: deps.blocks,
    refuse,
  };

  async function answer(context: Context): Promise<Reply> {
    if (!context.isAuthorityValid) return refuse(400);
    return stages.checkMethod(context, refuse) ?? await answerPath(context);
  }

  async function answerPath(context: Context): Promise<Reply> {
    const { path, search } = context;
    if (path.kind === "malformed") return refuse(400);
    if (path.kind === "redirect") return redirect(path.location, search);
    const wanted = { ...path, wantsListing: wantsListing(search) };
    const found = await findFile({
      resolve: () => stages.resolveTarget(root, wanted, options),
      open: stages.openFile,
    });
    switch (found.kind) {
      case "open":
        return await answerFile(context, found.file);
      case "directory":
        return await answerFolder(context, path.segments, found);
      case "redirect":
        return redirect(found.location, search);
      case "not-found":
        return await answerNotFound();
      case "forbidden":
        return refuse(403);
      case "exhausted":
      case "unstable":
        return refuse(503, RETRY_SOON);
      default:
        return found satisfies never;
    }
  }

  async function answerFile(context: Context, file: OpenFile): Promise<Reply> {
    try {
      const validators = await validatorsOf(file, context.time);
      return fileReply(context, { file, validators }, fileOptions);
    } catch (error) {
      closeFile(file);
      throw error;
    }
  }

  async function answerFolder(
    context: Context,
    segments: readonly string[],
    folder: Extract<Target, { kind: "directory" }>,
  ): Promise<Reply> {
    const request = parseListingRequest(context);
    const result = await readFolder(folder.path, request.sort, request.order);
    if (result.kind === "entries") {
      return listingReply(result, segments, request);
    }
    if (result.error === "missing") return await answerNotFound();
    return result.error === "unreadable"
      ? refuse(403)
      : refuse(503, RETRY_SOON);
  }

  async function answerNotFound(): Promise<Reply> {
    const page = await resolveNotFoundPage(root, options);
    const opened = page === undefined ? undefined : await stages.openFile(page);
    return opened?.kind === "open"
      ? notFoundPageReply(opened.file, fileOptions)
      : refuse(404);
  }

  function respond(context: Context, reply: Reply): Response {
    const finished = { ...reply, headers: finishHeaders(reply.headers) };
    return stages.toResponse(finished, {
      isHead: context.method === "HEAD",
      onEnd: (end) =>
        options.log?.(recordOf(context, { status: reply.status, end, now })),
    });
  }

  const finishPlain = createHeaderFinisher(options);

  /** Depends on nothing that may have failed. */
  function fail(
    request: Request,
    error: unknown,
    parsed: Context | undefined,
  ): Response {
    const reply = refuse(500);
    const context = parsed ?? lastResort(request);
    const end = { bytes: 0, aborted: false, error };
    return toResponse({ ...reply, headers: finishPlain(reply.headers) }, {
      isHead: context.method === "HEAD",
      onEnd: ({ bytes }) => {
        try {
          const about = { status: 500, end: { ...end, bytes }, now: Date.now };
          options.log?.(recordOf(context, about));
        } catch {
          // The log itself is what fails: nobody is left to tell.
        }
      },
    });
  }

  return async (request, info) => {
    let context: Context | undefined;
    let reply: Reply | undefined;
    try {
      const time = now();
      const { isWindows } = deps;
      context = stages.toContext(request, info, { isWindows, time });
      reply = await answer(context);
      return respond(context, reply);
    } catch (error) {
      if (reply !== undefined) dropBody(reply);
      return fail(request, error, context);
    }
  };
}
