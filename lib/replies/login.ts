/**
 * The answer for somebody who may not look, or of whom that is not known yet
 * (RFC 7617 section 2, RFC 9110 section 11.6.1).
 *
 * @module
 */

import type { AuthResult } from "../auth/authorizer.ts";
import type { HeaderPairs, Reply } from "../reply.ts";
import type { Refuse } from "./refusal.ts";

// Browsers show the realm: it says nothing about the software behind it.
const CHALLENGE: HeaderPairs = [
  ["www-authenticate", 'Basic realm="files", charset="UTF-8"'],
];

/** As long as the longest pause between two guesses. */
const RETRY_LATER: HeaderPairs = [["retry-after", "2"]];

/**
 * Answers whoever may not look.
 *
 * @param result What was found out about the request.
 * @param refuse Makes the page of an error.
 * @returns 401 with the question for name and password, 503 where too many are
 * guessing, `undefined` where the request goes on.
 *
 * @example Usage
 * ```ts
 * import { checkLogin } from "./login.ts";
 * import { createRefuse } from "./refusal.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const refuse = await createRefuse();
 *
 * assertEquals(checkLogin({ kind: "refused" }, refuse)?.status, 401);
 * assertEquals(checkLogin({ kind: "user", name: "ada" }, refuse), undefined);
 * ```
 */
export function checkLogin(
  result: AuthResult,
  refuse: Refuse,
): Reply | undefined {
  switch (result.kind) {
    case "user":
      return undefined;
    case "refused":
      return refuse(401, CHALLENGE);
    case "busy":
      return refuse(503, RETRY_LATER);
    default:
      return result satisfies never;
  }
}
