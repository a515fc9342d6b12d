/**
 * From a path and options to a handler, for the library and the command alike.
 *
 * @module
 */

import { createAnswer, type Handler, STAGES } from "./answer.ts";
import type { BlockUse } from "./disk/file_source.ts";
import { openRoot } from "./disk/root.ts";
import { checkCache, checkHeader } from "./option_checks.ts";
import { DEFAULTS, type ServeOptions } from "./options.ts";

/**
 * Makes a handler.
 *
 * @param directory Path of the folder or file.
 * @param options What is to differ from the defaults; `undefined` counts as not
 * given.
 * @param blocks Whether the runtime alone reads the bodies of the responses:
 * only then may blocks be `released`.
 * @returns The handler.
 * @throws {Deno.errors.NotFound} If there is nothing at the path.
 * @throws {Deno.errors.NotCapable} If the path may not be read.
 * @throws {TypeError} If the path is neither a folder nor a regular file, or a
 * header is malformed.
 * @throws {RangeError} If the number of seconds for `cache` is out of range.
 *
 * @example Usage
 * ```ts
 * import { buildHandler } from "./build_handler.ts";
 *
 * const handler = await buildHandler(".", {}, "released");
 * const server = Deno.serve({ port: 0, hostname: "127.0.0.1" }, handler);
 * await server.shutdown();
 * ```
 */
export async function buildHandler(
  directory: string,
  options: Partial<ServeOptions>,
  blocks: BlockUse,
): Promise<Handler> {
  const given = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
  const whole: ServeOptions = Object.freeze({ ...DEFAULTS, ...given });
  for (const [name, value] of whole.headers) {
    const wrong = checkHeader(name, value);
    if (wrong !== undefined) throw new TypeError(wrong);
  }
  const wrong = whole.cache === null ? undefined : checkCache(whole.cache);
  if (wrong !== undefined) throw new RangeError(wrong);
  return await createAnswer(whole, {
    root: await openRoot(directory),
    now: Date.now,
    isWindows: Deno.build.os === "windows",
    blocks,
    stages: STAGES,
  });
}
