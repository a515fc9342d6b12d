/**
 * The only place where a reply becomes a `Response`.
 *
 * @module
 */

import { cutForHttp2 } from "./http2_pieces.ts";
import { BrokenBody, type ByteSource, dropBody, type Reply } from "./reply.ts";

/** How an answer ended. */
export interface ReplyEnd {
  /** Body bytes handed to the runtime. */
  readonly bytes: number;
  /** Whether the client left or the body broke off. */
  readonly aborted: boolean;
  /** Why the body broke off, or `null`. */
  readonly error: unknown;
}

/** A response that can be given again and again. */
export interface ReadyResponse {
  /** Bytes of its body. */
  readonly bytes: number;
  readonly give: () => Response;
}

/** What {@linkcode toResponse} needs to know of the request. */
export interface ResponseOptions {
  /** Whether the request was a HEAD: headers as for GET, and no body. */
  readonly isHead: boolean;
  /** Protocol of the request; HTTP/1.1 unless told. */
  readonly protocol?: "HTTP/1.1" | "HTTP/2.0";
  /** Called each time that the client takes something of a streamed body. */
  readonly onPull?: () => void;
  /** Called exactly once, when the answer has ended. */
  readonly onEnd: (end: ReplyEnd) => void;
}

/**
 * Turns a reply into a `Response`.
 *
 * @param reply Reply with all of its headers but `Content-Length`.
 * @param options What matters of the request.
 * @returns A response whose end is told once. A body from memory ends when it
 * is handed over; a streamed one when its last byte was pulled, when the
 * client leaves or when its source throws.
 *
 * @example Usage
 * ```ts
 * import { textBody } from "./reply.ts";
 * import { toResponse } from "./response.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const reply = { status: 200, headers: [], body: textBody("hello") };
 * const response = toResponse(reply, {
 *   isHead: true,
 *   onEnd: () => {},
 * });
 *
 * assertEquals(response.headers.get("content-length"), "5");
 * assertEquals(await response.text(), "");
 * ```
 */
export function toResponse(reply: Reply, options: ResponseOptions): Response {
  const { status, body } = reply;
  const headers = toHeaders(reply);
  if (options.isHead || body.kind === "none") {
    dropBody(reply);
    options.onEnd({ bytes: 0, aborted: false, error: null });
    // The runtime calls no body 0 bytes long; of a stream it says nothing, and
    // nothing is what GET says of this length as well.
    const isOpen = body.kind === "source" && body.length === null;
    const none = isOpen ? emptyStream() : null;
    return new Response(none, { status, headers });
  }
  if (body.kind === "bytes") {
    const { bytes } = body;
    options.onEnd({ bytes: bytes.length, aborted: false, error: null });
    const isCut = options.protocol === "HTTP/2.0";
    const content = isCut ? cutForHttp2(bytes) : bytes;
    return new Response(content, { status, headers });
  }
  const stream = toStream(body.source, body.length, options);
  return new Response(stream, { status, headers });
}

/**
 * Makes a response that can be given any number of times, for a reply whose
 * body is in memory. That costs a tenth of making one each time. It is for the
 * runtime alone: the bytes of all that are given are the same.
 *
 * @param reply Reply with its headers complete.
 * @param options Whether it answers a HEAD.
 * @returns A function that gives the response, and how many bytes of body it
 * has.
 *
 * @example Usage
 * ```ts
 * import { textBody } from "./reply.ts";
 * import { toReady } from "./response.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const reply = { status: 200, headers: [], body: textBody("hello") };
 * const ready = toReady(reply, { isHead: false });
 *
 * assertEquals(await ready.give().text(), "hello");
 * assertEquals(await ready.give().text(), "hello");
 * assertEquals(ready.bytes, 5);
 * ```
 */
export function toReady(
  reply: Reply,
  options: Pick<ResponseOptions, "isHead">,
): ReadyResponse {
  const { isHead } = options;
  let bytes = 0;
  const onEnd = (end: ReplyEnd) => void (bytes = end.bytes);
  const response = toResponse(reply, { isHead, onEnd });
  const isEmpty = isHead || reply.body.kind === "none";
  // Without a body, nothing of it is used up.
  if (isEmpty) return { bytes, give: () => response };
  // The runtime counts the length of a body itself.
  response.headers.delete("content-length");
  return { bytes, give: () => response.clone() };
}

/**
 * Gives the bytes of a ready response, for a reply to have them too. A response
 * has a copy of what it was made of; the first ones can be let go of then.
 *
 * @param ready Response with a body from memory.
 * @returns Its bytes, never to be changed.
 *
 * @example Usage
 * ```ts
 * import { textBody } from "./reply.ts";
 * import { shareBytes, toReady } from "./response.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const reply = { status: 200, headers: [], body: textBody("hello") };
 * const ready = toReady(reply, { isHead: false });
 *
 * assertEquals((await shareBytes(ready)).length, 5);
 * ```
 */
export async function shareBytes(
  ready: ReadyResponse,
): Promise<Uint8Array<ArrayBuffer>> {
  // The runtime gives what the response has, without a further copy.
  return await ready.give().bytes();
}

/**
 * Makes the answer for what the runtime calls an error: a body that broke off.
 * It is seldom sent, since headers are on their way by then.
 *
 * @returns A plain 500 without a body.
 *
 * @example Usage
 * ```ts
 * import { failureResponse } from "./response.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(failureResponse().status, 500);
 * ```
 */
export function failureResponse(): Response {
  return new Response(null, { status: 500 });
}

function emptyStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({ pull: (controller) => controller.close() }, {
    highWaterMark: 0,
  });
}

function toHeaders(reply: Reply): Headers {
  const headers = new Headers();
  for (const [name, value] of reply.headers) headers.append(name, value);
  const length = lengthOf(reply);
  if (length !== null) headers.set("content-length", String(length));
  return headers;
}

/** RFC 9110 section 8.6: none on 204, and none on 304 but that of the file. */
function lengthOf(reply: Reply): number | null {
  if (reply.status === 204 || reply.status === 304) return null;
  if (reply.body.kind === "none") return 0;
  return reply.body.kind === "bytes"
    ? reply.body.bytes.length
    : reply.body.length;
}

function toStream(
  source: ByteSource,
  length: number | null,
  options: ResponseOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  let hasEnded = false;
  function end(aborted: boolean, error: unknown): void {
    if (hasEnded) return;
    hasEnded = true;
    source.close();
    try {
      options.onEnd({ bytes, aborted, error });
    } catch {
      // The answer is on its way: a log that fails must not cut it.
    }
  }
  return new ReadableStream({
    async pull(controller) {
      try {
        options.onPull?.();
        const chunk = await source.next();
        if (hasEnded) return;
        if (chunk !== null) controller.enqueue(chunk);
        bytes += chunk?.length ?? 0;
        if (chunk !== null && bytes !== length) return;
        if (length !== null && bytes < length) {
          throw new BrokenBody("The body is shorter than announced");
        }
        controller.close();
        end(false, null);
      } catch (error) {
        end(true, error);
        controller.error(error);
      }
    },
    cancel() {
      end(true, null);
      source.cancel();
    },
  }, { highWaterMark: 0 });
}
