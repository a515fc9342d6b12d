/**
 * The parts of the program that the first answer does without, but most servers
 * need sooner or later. They are loaded once the server listens, one after the
 * other: so the first visitor of a folder need not wait for them, nor for
 * descriptors where these have run out, which the runtime does not survive.
 * Archives are left to whoever asks for one: they take 10 MB.
 *
 * @module
 */

import { loadFolders } from "./answer_parts.ts";
import { callLater } from "./call_later.ts";
import { hasSpareDescriptors } from "./disk/spare_descriptors.ts";
import type { Lazy } from "./lazily.ts";
import type { ServeOptions } from "./options.ts";

/** The first visitors come first. */
const FIRST_PAUSE_MS = 200;

/** Between two parts, requests come in. */
const PAUSE_MS = 20;

/** What fails so often is left to whoever needs it. */
const TRIES_MAX = 3;

/** After so long it is looked again whether there are descriptors. */
const RETRY_MS = 1_000;

/**
 * Loads the parts that are in use.
 *
 * @param options How the folder is served.
 * @param path Canonical path of what is shared.
 * @returns Resolves when all are loaded.
 *
 * @example Usage
 * ```ts
 * import { loadRest } from "./answer_rest.ts";
 * import { DEFAULTS } from "./options.ts";
 *
 * await loadRest(DEFAULTS, ".");
 * ```
 */
export async function loadRest(
  options: Pick<ServeOptions, "listing">,
  path: string,
): Promise<void> {
  const mayLoad = () => hasSpareDescriptors(path);
  await pause(FIRST_PAUSE_MS);
  for (const load of partsOf(options)) {
    for (let tries = 1; tries <= TRIES_MAX; tries++) {
      await pause(PAUSE_MS);
      while (!await mayLoad()) await pause(RETRY_MS);
      if (await isLoaded(load, mayLoad)) break;
    }
  }
}

type Load = Lazy<unknown>;

/** What a literal names, the runtime loads without a permission. */
function partsOf(
  { listing }: Parameters<typeof loadRest>[0],
): Load[] {
  const parts: Load[] = [
    () => import("@std/media-types/type-by-extension"),
  ];
  if (listing) {
    parts.push(
      loadFolders,
      async () => {
        const readme = await import("./replies/folder_readme.ts");
        await readme.prepareReadmes();
      },
    );
  }
  return parts;
}

async function isLoaded(
  load: Load,
  mayLoad: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await load(mayLoad) !== null;
  } catch {
    // The last descriptor went to somebody else. Or it is missing, as whoever
    // needs it will be told.
    return false;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void callLater(resolve, milliseconds));
}
