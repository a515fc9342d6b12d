/**
 * Answers that refuse or fail: 400 to 503. They say the status and nothing
 * about the disk.
 *
 * @module
 */

import { DEFAULTS, type PageRules } from "../options.ts";
import { errorPage } from "../pages/error_page.ts";
import { contentSecurityPolicy } from "../pages/policy.ts";
import { STYLE } from "../pages/style.ts";
import { type Body, type HeaderPairs, type Reply, textBody } from "../reply.ts";

/** Makes the reply of a status. */
export type Refuse = (
  status: number,
  headers?: HeaderPairs,
  asked?: Asked,
) => Reply;

/** What was asked for, of which there is nothing to see. */
export interface Asked {
  /** Decoded names, from the shared folder on. */
  readonly segments: readonly string[];
  /** Whether the address ends with a slash. */
  readonly isFolder: boolean;
}

/**
 * Makes the function that refuses.
 *
 * @param look How the pages look.
 * @returns A function from a status, headers that belong to it, and where that
 * was, to a reply with the page of that status.
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
export async function createRefuse(
  look: PageRules = DEFAULTS,
): Promise<Refuse> {
  const { title, theme } = look;
  const common: HeaderPairs = [
    ["content-type", "text/html; charset=utf-8"],
    ["content-security-policy", await contentSecurityPolicy(STYLE)],
  ];
  // A scanner asks for thousands of things that are not there: the page is the
  // same for all of them, and none of it is written again.
  const bodies = new Map<string, Body>();

  return (status, headers = [], asked) => {
    const up = asked === undefined ? null : upOf(asked);
    const key = `${status} ${up}`;
    let body = bodies.get(key);
    if (body === undefined) {
      body = textBody(String(errorPage(status, { title, theme, up })));
      bodies.set(key, body);
    }
    return { status, headers: [...common, ...headers], body };
  };
}

/** The folder above, by the address alone: `null` where it is the first. */
function upOf({ segments, isFolder }: Asked): "./" | "../" | null {
  if (segments.length <= 1) return null;
  return isFolder ? "../" : "./";
}
