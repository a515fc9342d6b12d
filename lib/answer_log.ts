/**
 * What the log is told of an answer.
 *
 * @module
 */

import type { Context } from "./http/context.ts";
import type { LogFields, LogRecord } from "./record.ts";
import { BrokenBody } from "./reply.ts";
import type { ReplyEnd } from "./response.ts";

/** What the log needs of a request. */
export type LoggedRequest = Omit<
  Context,
  "path" | "search" | "authority" | "scheme" | "isAuthorityValid" | "signal"
>;

/**
 * Makes the record of an answer.
 *
 * @param context Request.
 * @param about Status, who asked, how the answer ended, the clock, and what of
 * it the log is made of.
 * @returns The record.
 *
 * @example Usage
 * ```ts
 * import { lastResort, recordOf } from "./answer_log.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const request = lastResort(new Request("http://localhost/a"));
 * const end = { bytes: 3, aborted: false, error: null };
 * const record = recordOf(request, {
 *   status: 200,
 *   end,
 *   now: Date.now,
 * });
 *
 * assertEquals([record.target, record.bytes], ["/a", 3]);
 * ```
 */
export function recordOf(
  context: LoggedRequest,
  about: {
    readonly status: number;
    /** Who asked, where a password was asked for. */
    readonly user?: string | null;
    readonly end: ReplyEnd;
    readonly now: () => number;
    /** What is left out is `null`; all unless told. */
    readonly fields?: LogFields;
  },
): LogRecord {
  const { end } = about;
  const isWhole = about.fields !== "without-headers";
  return {
    remote: context.remote,
    user: about.user ?? null,
    time: context.time,
    method: context.method,
    target: context.target,
    protocol: context.protocol,
    status: about.status,
    bytes: end.bytes,
    // A clock that was set back is no reason for a negative duration.
    durationMs: Math.max(0, about.now() - context.time),
    referrer: isWhole ? context.headers.get("referer") : null,
    userAgent: isWhole ? context.headers.get("user-agent") : null,
    aborted: end.aborted,
    error: end.error === null ? null : describe(end.error),
  };
}

/**
 * Says what can still be said of a request after something failed.
 *
 * @param request Request as the runtime gave it.
 * @returns What the log needs of it, as far as the runtime tells it.
 *
 * @example Usage
 * ```ts
 * import { lastResort } from "./answer_log.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const request = new Request("http://localhost/a?b");
 *
 * assertEquals(lastResort(request).target, "/a?b");
 * ```
 */
export function lastResort(
  request: Request,
): LoggedRequest {
  try {
    const target = request.url.replace(/^[^:]*:\/\/[^/?#]*/, "");
    return {
      remote: "-",
      method: request.method,
      headers: request.headers,
      target: target === "" ? "/" : target,
      protocol: "HTTP/1.1",
      time: Date.now(),
    };
  } catch {
    // A client that is gone: the runtime tells nothing of its request.
    return {
      remote: "-",
      method: "-",
      headers: new Headers(),
      target: "-",
      protocol: "HTTP/1.1",
      time: Date.now(),
    };
  }
}

function describe(error: unknown): string {
  if (error instanceof BrokenBody) return error.message;
  return error instanceof Error
    ? error.stack ?? `${error.name}: ${error.message}`
    : String(error);
}
