/**
 * The parts of the flow that are loaded apart: the first file of a start mostly
 * needs none of them.
 *
 * @module
 */

import type { Authorizer } from "./auth/authorizer.ts";
import { lazily, type Lazy } from "./lazily.ts";
import type { ServeOptions } from "./options.ts";

/** Loads what answers with folders. */
export const loadFolders: Lazy<typeof import("./answer_folder.ts")> = lazily(
  () => import("./answer_folder.ts"),
);

/** Loads what answers with archives. */
export const loadArchives: Lazy<typeof import("./answer_archive.ts")> = lazily(
  () => import("./answer_archive.ts"),
);

/**
 * Loads what judges passwords, before anybody is answered.
 *
 * @param users Who may look; `null` for everybody.
 * @returns What judges them; `null` where nobody is asked.
 *
 * @example Usage
 * ```ts
 * import { loadAuthorizer } from "./answer_parts.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await loadAuthorizer(null), null);
 * ```
 */
export async function loadAuthorizer(
  users: ServeOptions["users"],
): Promise<Authorizer | null> {
  if (users === null) return null;
  const { createAuthorizer } = await import("./auth/authorizer.ts");
  return createAuthorizer(users);
}
