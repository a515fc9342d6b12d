/**
 * From a reply to the response that is sent, and to the line of the log.
 *
 * @module
 */

import { type LoggedRequest, recordOf } from "./answer_log.ts";
import type { BlockUse } from "./disk/file_source.ts";
import type { Context } from "./http/context.ts";
import { createHeaderFinisher } from "./http/response_headers.ts";
import type { Place } from "./in_flight.ts";
import type { ServeOptions } from "./options.ts";
import type { LogFields } from "./record.ts";
import type { Memo, Reply } from "./reply.ts";
import {
  type ReadyResponse,
  shareBytes,
  toReady,
  type toResponse,
} from "./response.ts";

/** A reply, and what matters of how it came about. */
export interface Answer {
  readonly reply: Reply;
  /** Name of the user whose password was right, or `null`. */
  readonly user: string | null;
  /** Whether the reply is kept in memory and will be given again. */
  readonly isKept: boolean;
}

/** What responses are made with. */
export interface ResponderDeps {
  /** `released` where the runtime alone gets the responses. */
  readonly blocks: BlockUse;
  /** What the log makes use of. */
  readonly logFields: LogFields;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly stages: {
    readonly createHeaderFinisher: typeof createHeaderFinisher;
    readonly toResponse: typeof toResponse;
  };
}

/** Makes responses. */
export interface Responder {
  /**
   * Makes the response of an answer.
   *
   * @param context Request.
   * @param answer Its answer.
   * @param place Its place among the requests under way.
   */
  respond(context: Context, answer: Answer, place: Place | null): Response;
  /**
   * Makes ready what is to be kept.
   *
   * @param memo What is known after an answer.
   * @returns The same, with the bytes of its finished response.
   */
  makeReady(memo: Memo): Promise<Memo>;
}

/** The finished responses of a kept reply, each made when it is asked for. */
interface Ready {
  get?: ReadyResponse;
  head?: ReadyResponse;
}

/**
 * Makes the functions that make responses.
 *
 * @param options Header fields, and where the log goes.
 * @param deps Clock and steps.
 * @returns The functions. A reply that is kept is finished once, and its
 * response copied each time.
 *
 * @example Usage
 * ```ts ignore
 * import { createResponder } from "./answer_response.ts";
 *
 * const { respond } = createResponder(options, { now, stages, blocks, logFields });
 * const response = respond(context, answer, null);
 * ```
 */
export function createResponder(
  options: ServeOptions,
  { now, stages, blocks, logFields: fields }: ResponderDeps,
): Responder {
  const isForRuntime = blocks === "released";
  const finishHeaders = stages.createHeaderFinisher(options);
  // Only where origins are listed does a reply depend on who asks.
  const hasOneForm = options.cors === null || options.cors.includes("*");
  const finished = new WeakMap<Reply, Ready>();

  function originOf(context: Context): string | null {
    return hasOneForm ? null : context.headers.get("origin");
  }

  function readyOf(reply: Reply, isHead: boolean): ReadyResponse {
    let ready = finished.get(reply);
    if (ready === undefined) finished.set(reply, ready = {});
    const name = isHead ? "head" : "get";
    return ready[name] ??= toReady({
      ...reply,
      headers: finishHeaders(reply.headers, { origin: null }),
    }, { isHead });
  }

  async function makeReady(memo: Memo): Promise<Memo> {
    if (!isForRuntime) return memo;
    const bytes = await shareBytes(readyOf(memo.whole, false));
    const whole: Memo["whole"] = {
      ...memo.whole,
      body: { kind: "bytes", bytes },
    };
    const ready = finished.get(memo.whole);
    if (ready !== undefined) finished.set(whole, ready);
    return { ...memo, whole };
  }

  function respond(
    context: Context,
    { reply, user, isKept }: Answer,
    place: Place | null,
  ): Response {
    const { status } = reply;
    const isHead = context.method === "HEAD";
    const origin = originOf(context);
    // Over HTTP/2 a body is cut into pieces, which are used up. Whoever else
    // gets a response may change its bytes.
    const isPlain = origin === null && context.protocol === "HTTP/1.1";
    if (isKept && isForRuntime && isPlain) {
      const { bytes, give } = readyOf(reply, isHead);
      const response = give();
      const end = { bytes, aborted: false, error: null };
      // No time has passed that a clock would show.
      const now = () => context.time;
      options.log?.(recordOf(context, { status, user, end, now, fields }));
      return response;
    }
    const headers = finishHeaders(reply.headers, { origin });
    return stages.toResponse({ ...reply, headers }, {
      isHead,
      protocol: context.protocol,
      ...(place === null ? {} : { onPull: place.progress }),
      onEnd: (end) =>
        options.log?.(recordOf(context, { status, user, end, now, fields })),
    });
  }

  return { respond, makeReady };
}

/**
 * Makes the function that answers where something has failed. It depends on
 * nothing that may have failed.
 *
 * @param options Header fields, and where the log goes.
 * @param deps The last step, and the reply.
 * @returns A function from a request, as far as it is known, and what went
 * wrong to a response. It never throws.
 *
 * @example Usage
 * ```ts ignore
 * import { createFailure } from "./answer_response.ts";
 *
 * const fail = createFailure(options, { toResponse, reply: refuse(500) });
 * const response = fail(context, error);
 * ```
 */
export function createFailure(
  options: ServeOptions,
  deps: { readonly toResponse: typeof toResponse; readonly reply: Reply },
): (context: LoggedRequest, error: unknown) => Response {
  const finishHeaders = createHeaderFinisher(options);
  const { reply } = deps;
  return (context, error) => {
    const origin = context.headers.get("origin");
    const headers = finishHeaders(reply.headers, { origin });
    return deps.toResponse({ ...reply, headers }, {
      isHead: context.method === "HEAD",
      onEnd: ({ bytes }) => {
        try {
          const end = { bytes, aborted: false, error };
          const { status } = reply;
          const about = { status, end, now: Date.now };
          options.log?.(recordOf(context, about));
        } catch {
          // The log itself is what fails: nobody is left to tell.
        }
      },
    });
  };
}
