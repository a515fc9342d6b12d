/**
 * Which methods there are (RFC 9110 section 9).
 *
 * @module
 */

import type { Context } from "../http/context.ts";
import { type HeaderPairs, NO_BODY, type Reply } from "../reply.ts";
import type { Refuse } from "./refusal.ts";

const ALLOW: HeaderPairs = [["allow", "GET, HEAD, OPTIONS"]];

const OPTIONS_REPLY: Reply = { status: 204, headers: ALLOW, body: NO_BODY };

/**
 * Answers every method but GET and HEAD.
 *
 * @param context Request.
 * @param refuse Makes the page of an error.
 * @returns 204 for OPTIONS, 405 for the rest, both with `Allow`; `undefined`
 * where the request goes on. Methods are case-sensitive.
 *
 * @example Usage
 * ```ts
 * import { toContext } from "../http/context.ts";
 * import { checkMethod } from "./method.ts";
 * import { createRefuse } from "./refusal.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const request = new Request("http://localhost/", { method: "DELETE" });
 * const peer = {
 *   remoteAddr: { transport: "tcp", hostname: "::1", port: 1 },
 * } as const;
 * const context = toContext(request, peer, { isWindows: false, time: 0 });
 *
 * assertEquals(checkMethod(context, await createRefuse())?.status, 405);
 * ```
 */
export function checkMethod(
  context: Pick<Context, "method">,
  refuse: Refuse,
): Reply | undefined {
  const { method } = context;
  if (method === "GET" || method === "HEAD") return undefined;
  return method === "OPTIONS" ? OPTIONS_REPLY : refuse(405, ALLOW);
}
