/**
 * Answers from memory whose body is long: they have a place among the requests
 * under way, and over HTTP/2 they are sent in pieces, as their clients take
 * them.
 *
 * @module
 */

import type { Answer } from "./answer_response.ts";
import type { BlockUse } from "./disk/file_source.ts";
import type { Context } from "./http/context.ts";
import { memorySource } from "./memory_source.ts";
import type { Reply } from "./reply.ts";

/**
 * A body that a client need not take at once costs its memory until it does,
 * also where it is forgotten here meanwhile: over HTTP/1.1 as much as a block
 * of a file is nothing to count, over HTTP/2, where one client has hundreds of
 * requests, what fits into the first window.
 */
const LONG_BYTES = { "HTTP/1.1": 262_144, "HTTP/2.0": 16_384 };

/**
 * Tells whether the body of an answer from memory is too long to be handed over
 * without a place among the requests under way.
 *
 * @param context Request.
 * @param reply Its reply.
 * @returns Whether it has to have a place.
 *
 * @example Usage
 * ```ts
 * import { isLong } from "./answer_long.ts";
 * import { textBody } from "./reply.ts";
 * import { assert } from "@std/assert";
 *
 * const reply = { status: 200, headers: [], body: textBody("hello") };
 *
 * assert(!isLong({ method: "GET", protocol: "HTTP/1.1" }, reply));
 * ```
 */
export function isLong(
  context: Pick<Context, "method" | "protocol">,
  { body }: Reply,
): boolean {
  return body.kind === "bytes" && context.method !== "HEAD" &&
    body.bytes.length > LONG_BYTES[context.protocol];
}

/**
 * Makes a reply whose body is sent in pieces.
 *
 * @param reply Reply with a body in memory.
 * @param options Whether the runtime alone gets the pieces.
 * @returns The same reply, sent as its client takes it.
 *
 * @example Usage
 * ```ts
 * import { inPieces } from "./answer_long.ts";
 * import { textBody } from "./reply.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const reply = { status: 200, headers: [], body: textBody("hello") };
 *
 * assertEquals(inPieces(reply, { isForRuntime: true }).body.kind, "source");
 * ```
 */
export function inPieces(
  reply: Reply,
  options: { readonly isForRuntime: boolean },
): Reply {
  const { status, headers, body } = reply;
  if (body.kind !== "bytes") return reply;
  const source = memorySource(body.bytes, options);
  const { length } = body.bytes;
  return { status, headers, body: { kind: "source", source, length } };
}

/**
 * Makes the function that answers with what was found in memory.
 *
 * @param blocks `released` where the runtime alone gets the bytes.
 * @returns A function from a request, the reply found and the user to the
 * answer: a promise where it takes a place.
 *
 * @example Usage
 * ```ts ignore
 * import { createMemoryAnswer } from "./answer_long.ts";
 *
 * const fromMemory = createMemoryAnswer("released");
 * const answer = fromMemory(context, reply, null);
 * ```
 */
export function createMemoryAnswer(
  blocks: BlockUse,
): (
  context: Context,
  reply: Reply,
  user: string | null,
) => Answer | Promise<Answer> {
  const isForRuntime = blocks === "released";
  return (context, reply, user) => {
    const whole = { reply, user, isKept: true };
    if (!isLong(context, reply)) return whole;
    // Over HTTP/1.1 the runtime sends the very bytes that are kept here, and
    // one body a connection: in pieces it would take twice as long. Over HTTP/2
    // it has a copy of each body.
    if (context.protocol === "HTTP/1.1") return Promise.resolve(whole);
    const pieces = inPieces(reply, { isForRuntime });
    return Promise.resolve({ reply: pieces, user, isKept: false });
  };
}
