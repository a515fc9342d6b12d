/**
 * A handler that shows what it answers from memory.
 *
 * @module
 */

import {
  createAnswer,
  type Deps,
  type Handler,
  STAGES,
} from "../../lib/answer.ts";
import { librarySide } from "../../lib/build_handler.ts";
import { openRoot } from "../../lib/disk/root.ts";
import { LOOKS } from "../../lib/disk/seen.ts";
import { DEFAULTS, type ServeOptions } from "../../lib/options.ts";

/** A handler, and how often it looked for a path from the start. */
export interface Watched {
  readonly handler: Handler;
  /** How many requests were not answered from memory. */
  readonly resolved: () => number;
}

/**
 * Lets files that are written now seem ten seconds old, since younger ones are
 * never kept. What is changed after a request has to differ in more than its
 * time then.
 */
export function ageFiles(): Disposable {
  const { now } = Date;
  Date.now = () => now() + 10_000;
  return {
    [Symbol.dispose]() {
      Date.now = now;
    },
  };
}

/** Makes a handler that counts. */
export async function createWatched(
  directory: string,
  options: Partial<ServeOptions> = {},
  deps: Partial<Deps> = {},
): Promise<Watched> {
  let resolved = 0;
  const handler = await createAnswer({ ...DEFAULTS, ...options }, {
    root: await openRoot(directory),
    now: Date.now,
    isWindows: false,
    ...librarySide(),
    looks: LOOKS,
    stages: {
      ...STAGES,
      resolveTarget(...args) {
        resolved++;
        return STAGES.resolveTarget(...args);
      },
    },
    ...deps,
  });
  return { handler, resolved: () => resolved };
}
