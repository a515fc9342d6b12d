/**
 * The way of a request, from left to right. The order of the steps is the
 * source text of one function; whatever is thrown on the way ends here as a
 * plain 500.
 *
 * @module
 */

import { lastResort, recordOf } from "./answer_log.ts";
import { createPathAnswer } from "./answer_path.ts";
import { createAuthorizer } from "./auth/authorizer.ts";
import type { BlockUse } from "./disk/file_source.ts";
import { openFile } from "./disk/open_file.ts";
import { resolveTarget } from "./disk/resolve.ts";
import type { Root } from "./disk/root.ts";
import { type Context, toContext } from "./http/context.ts";
import { createHostCheck } from "./http/host_check.ts";
import { createHostHint } from "./http/host_hint.ts";
import { createHeaderFinisher } from "./http/response_headers.ts";
import { type Arrival, createGates } from "./gates.ts";
import type { InFlight, Place } from "./in_flight.ts";
import type { ServeOptions } from "./options.ts";
import { checkLogin } from "./replies/login.ts";
import { checkMethod } from "./replies/method.ts";
import { createPreflight } from "./replies/preflight.ts";
import { createRefuse } from "./replies/refusal.ts";
import { dropBody, type Reply } from "./reply.ts";
import { toResponse } from "./response.ts";

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
  /** Counts the requests under way. */
  readonly inFlight: InFlight;
  /** Is told that descriptors ran out. */
  readonly onExhausted: () => void;
  /** Tells the operator something, in one line. */
  readonly note: (message: string) => void;
  readonly stages: Stages;
}

/** A reply, and whose password was right. */
interface Answer {
  readonly reply: Reply;
  readonly user: string | null;
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
 * import { createInFlight } from "./in_flight.ts";
 * import { DEFAULTS } from "./options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const handler = await createAnswer(DEFAULTS, {
 *   root: await openRoot("."),
 *   now: Date.now,
 *   isWindows: false,
 *   blocks: "kept",
 *   inFlight: createInFlight({ whole: 9, perAddress: 9, fullMs: 9 }, {
 *     now: Date.now,
 *     onStuck: () => {},
 *   }),
 *   note: () => {},
 *   onExhausted: () => {},
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
  const { now, stages } = deps;
  const refuse = await createRefuse();
  const answerPath = await createPathAnswer(options, { ...deps, refuse });
  const finishHeaders = stages.createHeaderFinisher(options);
  const admit = createGates({
    refuse,
    isHostAnswered: createHostCheck(options.hosts),
    onHostRefused: createHostHint(deps.note),
    preflight: createPreflight(options),
    authorize: options.users === null ? null : createAuthorizer(options.users),
    checkLogin,
  });

  async function answer(arrival: Arrival): Promise<Answer> {
    const { context } = arrival;
    const { reply, user } = await admit(arrival);
    return {
      reply: reply ?? stages.checkMethod(context, refuse) ??
        await answerPath(context),
      user,
    };
  }

  function respond({ context, place }: Arrival, answer: Answer): Response {
    const { reply, user } = answer;
    const headers = finishHeaders(reply.headers, askerOf(context));
    return stages.toResponse({ ...reply, headers }, {
      isHead: context.method === "HEAD",
      protocol: context.protocol,
      ...(place === null ? {} : { onPull: place.progress }),
      onEnd: (end) =>
        options.log?.(
          recordOf(context, { status: reply.status, user, end, now }),
        ),
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
    const headers = finishPlain(reply.headers, askerOf(context));
    const end = { bytes: 0, aborted: false, error };
    return toResponse({ ...reply, headers }, {
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
    let given: Answer | undefined;
    try {
      const time = now();
      const { isWindows } = deps;
      context = stages.toContext(request, info, { isWindows, time });
      const arrival = { context, place: takePlace(deps.inFlight, info) };
      given = await answer(arrival);
      return respond(arrival, given);
    } catch (error) {
      if (given !== undefined) dropBody(given.reply);
      return fail(request, error, context);
    }
  };
}

/** A place for as long as the runtime has something to do for the client. */
function takePlace(
  inFlight: InFlight,
  info: Deno.ServeHandlerInfo,
): Place | null {
  const { remoteAddr } = info;
  const remote = "hostname" in remoteAddr ? remoteAddr.hostname : "-";
  const entry = inFlight.enter(remote);
  if (entry.kind !== "entered") return null;
  info.completed.then(entry.place.leave, entry.place.leave);
  return entry.place;
}

function askerOf(context: Pick<Context, "headers">) {
  return { origin: context.headers.get("origin") };
}
