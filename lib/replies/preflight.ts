/**
 * The answer to a preflight: what a browser asks before it lets a page of
 * another origin send more than a plain request (Fetch Standard, "CORS-preflight
 * fetch"). It carries no password, so it is answered before one is asked for.
 *
 * @module
 */

import { createCors } from "../http/cors.ts";
import type { Context } from "../http/context.ts";
import type { AccessRules } from "../options.ts";
import { NO_BODY, type Reply } from "../reply.ts";

/**
 * Makes the function that answers preflights.
 *
 * @param rules Origins whose pages may read.
 * @returns A function from a request to its reply; `undefined` where the
 * request is no preflight, or its origin may not read: it goes on like every
 * other.
 *
 * @example Usage
 * ```ts
 * import { createPreflight } from "./preflight.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const preflight = createPreflight({ cors: ["*"] });
 * const headers = new Headers({
 *   origin: "https://a.example",
 *   "access-control-request-method": "GET",
 * });
 *
 * assertEquals(preflight({ method: "OPTIONS", headers })?.status, 204);
 * assertEquals(preflight({ method: "GET", headers }), undefined);
 * ```
 */
export function createPreflight(
  rules: Pick<AccessRules, "cors">,
): (context: Pick<Context, "method" | "headers">) => Reply | undefined {
  const { preflightFor } = createCors(rules.cors);
  return (context) => {
    const headers = preflightFor(context);
    return headers && { status: 204, headers, body: NO_BODY };
  };
}
