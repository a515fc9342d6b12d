/**
 * Opening a file to read it, also one that lies within a standalone executable.
 *
 * @module
 */

/** What looks at a path, where an open file cannot be looked at. */
type LookAtPath = Pick<typeof Deno, "lstat" | "lstatSync">;

/**
 * Opens a file.
 *
 * @param path Canonical path.
 * @param isStandalone Whether the program is an executable, which may hold
 * files itself.
 * @returns The open file. Its `stat` tells what it is.
 * @throws {Deno.errors.NotFound} If nothing is there.
 *
 * @example Usage
 * ```ts
 * import { openHandle } from "./open_handle.ts";
 * import { assert } from "@std/assert";
 *
 * using file = await openHandle("deno.json");
 *
 * assert((await file.stat()).isFile);
 * ```
 */
export async function openHandle(
  path: string,
  isStandalone: boolean = Deno.build.standalone,
): Promise<Deno.FsFile> {
  const file = await Deno.open(path, { read: true });
  return isStandalone ? withStat(file, path) : file;
}

/**
 * Makes an open file tell what it is, where the runtime knows that of its path
 * alone: so it is with the files that an executable holds, which nothing can
 * change while it runs.
 *
 * @param file Open file.
 * @param path Canonical path that it was opened by.
 * @param disk What looks at the path.
 * @returns The same file.
 *
 * @example Usage
 * ```ts
 * import { withStat } from "./open_handle.ts";
 * import { assertEquals } from "@std/assert";
 *
 * using file = withStat(await Deno.open("deno.json"), "deno.json");
 *
 * assertEquals(file.statSync().size, (await file.stat()).size);
 * ```
 */
export function withStat(
  file: Deno.FsFile,
  path: string,
  disk: LookAtPath = Deno,
): Deno.FsFile {
  const stat = file.stat.bind(file);
  const statSync = file.statSync.bind(file);
  return Object.assign(file, {
    async stat() {
      try {
        return await stat();
      } catch (error) {
        return toEmbedded(error, await disk.lstat(path));
      }
    },
    statSync() {
      try {
        return statSync();
      } catch (error) {
        return toEmbedded(error, disk.lstatSync(path));
      }
    },
  });
}

/** SECURITY: of any other file, the path may lead to another one by now. */
function toEmbedded(error: unknown, info: Deno.FileInfo): Deno.FileInfo {
  const isEmbedded = info.dev === 0 && (info.ino ?? 0) === 0;
  if (error instanceof Deno.errors.NotSupported && isEmbedded) return info;
  throw error;
}
