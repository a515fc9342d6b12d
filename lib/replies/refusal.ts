/**
 * Answers that refuse or fail: 400 to 503. They say the status and nothing
 * about the disk.
 *
 * @module
 */

import { errorPage } from "../pages/error_page.ts";
import { contentSecurityPolicy } from "../pages/policy.ts";
import { STYLE } from "../pages/style.ts";
import { type HeaderPairs, type Reply, textBody } from "../reply.ts";

/** Makes the reply of a status. */
export type Refuse = (status: number, headers?: HeaderPairs) => Reply;

/**
 * Makes the function that refuses.
 *
 * @returns A function from a status, and headers that belong to it, to a reply
 * with the page of that status.
 *
 * @example Usage
 * ```ts
 * import { createRefuse } from "./refusal.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const refuse = await createRefuse();
 *
 * assertEquals(refuse(404).status, 404);
 * ```
 */
export async function createRefuse(): Promise<Refuse> {
  const common: HeaderPairs = [
    ["content-type", "text/html; charset=utf-8"],
    ["content-security-policy", await contentSecurityPolicy(STYLE)],
  ];
  return (status, headers = []) => ({
    status,
    headers: [...common, ...headers],
    body: textBody(String(errorPage(status))),
  });
}
