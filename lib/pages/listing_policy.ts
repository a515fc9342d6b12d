/**
 * What the folder page may load and do.
 *
 * @module
 */

import { LISTING_STYLE } from "./listing_style.ts";
import { contentSecurityPolicy } from "./policy.ts";
import { HEAD_SCRIPT, SCRIPT } from "./script.ts";

let policy: Promise<string> | undefined;

/**
 * Gives the value of `Content-Security-Policy` for the folder page, which is
 * the same for every folder.
 *
 * @returns The value, worked out once.
 *
 * @example Usage
 * ```ts
 * import { listingPolicy } from "./listing_policy.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(await listingPolicy(), /script-src 'sha256-/);
 * ```
 */
export function listingPolicy(): Promise<string> {
  return policy ??= contentSecurityPolicy(LISTING_STYLE, [HEAD_SCRIPT, SCRIPT]);
}
