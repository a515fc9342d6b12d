/**
 * The way of a request, from left to right. The order of the steps is the
 * source text of one function, and nothing waits that need not; whatever is
 * thrown on the way ends here as a plain 500.
 *
 * @module
 */

import { lastResort } from "./answer_log.ts";
import { createAnswerMemory } from "./answer_memory.ts";
import { createPathAnswer } from "./answer_path.ts";
import { freeAfter, takePlace, type UnderWay } from "./answer_place.ts";
import {
  type Answer,
  createFailure,
  createResponder,
} from "./answer_response.ts";
import { createMemoryAnswer } from "./answer_long.ts";
import { loadAuthorizer } from "./answer_parts.ts";
import type { BlockUse } from "./disk/file_source.ts";
import { openFile } from "./disk/open_file.ts";
import { createPulse } from "./disk/pulse.ts";
import { createQuickDisks } from "./disk/quick_disks.ts";
import { resolveTarget } from "./disk/resolve.ts";
import type { Root } from "./disk/root.ts";
import type { Looks } from "./disk/seen.ts";
import { createSeenCheck } from "./disk/seen_check.ts";
import { namesHtml, prefersJson } from "./http/accept.ts";
import { type Context, type SignalOf, toContext } from "./http/context.ts";
import { createHostCheck } from "./http/host_check.ts";
import { createHostHint } from "./http/host_hint.ts";
import { encodingKey } from "./http/encoding.ts";
import { createHeaderFinisher } from "./http/response_headers.ts";
import { type Admission, createGates } from "./gates.ts";
import type { InFlight } from "./in_flight.ts";
import type { ServeOptions } from "./options.ts";
import type { LogFields } from "./record.ts";
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
) => Response | Promise<Response>;

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
  /** What the log makes use of. */
  readonly logFields: LogFields;
  /** Counts the requests under way. */
  readonly inFlight: InFlight;
  /** Tells whether a client has left. */
  readonly signalOf: SignalOf;
  /** Is told that descriptors ran out. */
  readonly onExhausted: () => void;
  /** Origins that lead to the server from its networks, the best first. */
  readonly origins: () => readonly string[];
  /** Tells the operator something, in one line. */
  readonly note: (message: string) => void;
  /** How the disk is looked at before something is answered from memory. */
  readonly looks: Looks;
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

/** Which form of a kept answer a request header chooses. */
const CHOICES = Object.freeze({
  "accept": (field: string | null) =>
    prefersJson(field) ? "json" : namesHtml(field) ? "page" : "list",
  "accept-encoding": encodingKey,
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
 * import { LOOKS } from "./disk/seen.ts";
 * import { createInFlight } from "./in_flight.ts";
 * import { DEFAULTS } from "./options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const handler = await createAnswer(DEFAULTS, {
 *   root: await openRoot("."),
 *   now: Date.now,
 *   isWindows: false,
 *   blocks: "kept",
 *   logFields: "all",
 *   inFlight: createInFlight({ whole: 9, perAddress: 9, fullMs: 9 }, {
 *     now: Date.now,
 *     onStuck: () => {},
 *   }),
 *   note: () => {},
 *   signalOf: () => null,
 *   onExhausted: () => {},
 *   origins: () => [],
 *   looks: LOOKS,
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
  const { stages, inFlight, looks } = deps;
  const refuse = await createRefuse(options);
  const pulse = createPulse(looks);
  const check = createSeenCheck(looks, pulse);
  const answerPath = createPathAnswer(options, {
    ...deps,
    refuse,
    pulse,
    disks: createQuickDisks(pulse),
    check,
  });
  const admit = createGates({
    refuse,
    isHostAnswered: createHostCheck(options.hosts),
    onHostRefused: createHostHint(deps.note),
    preflight: createPreflight(options),
    authorize: await loadAuthorizer(options.users),
    checkLogin,
  });
  const { now } = looks;
  const memory = createAnswerMemory({ now, check, choices: CHOICES });
  const { respond, makeReady } = createResponder(options, deps);
  const fail = createFailure(options, { toResponse, reply: refuse(500) });
  const fromMemory = createMemoryAnswer(deps.blocks);

  /** A promise only where something has to be waited for. */
  function answer(
    context: Context,
    { reply, user }: Admission,
  ): Answer | Promise<Answer> {
    const early = reply ?? stages.checkMethod(context, refuse);
    if (early !== undefined) return { reply: early, user, isKept: false };
    const found = memory.find(context);
    if (found === undefined || found instanceof Promise) {
      return answerLater(context, user, found);
    }
    return fromMemory(context, found, user);
  }

  async function answerLater(
    context: Context,
    user: string | null,
    found: Promise<Reply | undefined> | undefined,
  ): Promise<Answer> {
    const kept = found && await found;
    if (kept !== undefined) return await fromMemory(context, kept, user);
    const reply = await answerPath(context);
    if (reply.memo !== undefined) {
      memory.keep(context, await makeReady(reply.memo));
    }
    return { reply, user, isKept: false };
  }

  async function respondLater(
    context: Context,
    answering: Promise<Answer>,
    { place, completed }: UnderWay,
  ): Promise<Response> {
    let given: Answer | undefined;
    try {
      given = await answering;
      const { body } = given.reply;
      const response = respond(context, given, place);
      if (body.kind === "source") freeAfter(completed, body.source);
      return response;
    } catch (error) {
      if (given !== undefined) dropBody(given.reply);
      return fail(context, error);
    }
  }

  return (request, info) => {
    let context: Context | undefined;
    try {
      const time = deps.now();
      const { isWindows, signalOf } = deps;
      const options = { isWindows, time, signalOf };
      const known = stages.toContext(request, info, options);
      context = known;
      const admission = admit({
        context,
        hasRoom: inFlight.hasRoom(context.remote),
      });
      const given = admission instanceof Promise
        ? admission.then((admitted) => answer(known, admitted))
        : answer(context, admission);
      if (!(given instanceof Promise)) return respond(context, given, null);
      const { completed } = info;
      const place = takePlace(inFlight, context.remote, completed);
      return respondLater(context, given, { place, completed });
    } catch (error) {
      return fail(context ?? lastResort(request), error);
    }
  };
}
