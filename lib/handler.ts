/**
 * The file server as a function from a request to a response, for use with
 * `Deno.serve` or `deno serve`.
 *
 * @example A folder on port 8000
 * ```ts ignore
 * import { createHandler } from "@org/serve/handler";
 *
 * Deno.serve({ port: 8000 }, await createHandler("public"));
 * ```
 *
 * @example With `deno serve`
 * ```ts ignore
 * import { createHandler } from "@org/serve/handler";
 *
 * export default { fetch: await createHandler("public") };
 * ```
 *
 * @module
 */

import type { Handler } from "./answer.ts";
import { buildHandler } from "./build_handler.ts";
import type { ServeOptions } from "./options.ts";

export type { Handler } from "./answer.ts";
export type {
  AccessRules,
  FileRules,
  HeaderRules,
  PageRules,
  ServeOptions,
  Theme,
  User,
} from "./options.ts";
export type { LogRecord } from "./record.ts";

/**
 * Makes a handler that shares a folder or a single file.
 *
 * Needs permission to read what is shared and nothing else.
 *
 * @param directory Path of the folder or file.
 * @param options What is to differ from the defaults, which are those of the
 * command. Nothing is logged unless `log` is given.
 * @returns A handler that never rejects: whatever fails is answered.
 * @throws {Deno.errors.NotFound} If there is nothing at the path.
 * @throws {Deno.errors.NotCapable} If the path may not be read.
 * @throws {TypeError} If the path is neither a folder nor a regular file, or a
 * header, a user, a host name, an origin, the title or the theme is malformed.
 * @throws {RangeError} If the number of seconds for `cache` is out of range.
 *
 * @example Usage
 * ```ts
 * import { createHandler } from "@org/serve/handler";
 * import { assertEquals } from "@std/assert";
 *
 * const handler = await createHandler(".", { cache: 60 });
 * const response = await handler(new Request("http://localhost/deno.json"), {
 *   remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 1 },
 *   completed: Promise.resolve(),
 * });
 *
 * assertEquals(response.headers.get("cache-control"), "max-age=60");
 * await response.body?.cancel();
 * ```
 */
export async function createHandler(
  directory: string,
  options: Partial<ServeOptions> = {},
): Promise<Handler> {
  return await buildHandler(directory, options);
}
