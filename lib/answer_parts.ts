/**
 * The kinds of answers that are loaded apart: the first file of a start needs
 * none of them.
 *
 * @module
 */

import { lazily, type Lazy } from "./lazily.ts";

/** Loads what answers with folders. */
export const loadFolders: Lazy<typeof import("./answer_folder.ts")> = lazily(
  () => import("./answer_folder.ts"),
);

/** Loads what answers with archives. */
export const loadArchives: Lazy<typeof import("./answer_archive.ts")> = lazily(
  () => import("./answer_archive.ts"),
);
