/**
 * The media type of an open file.
 *
 * @module
 */

import { mediaTypeOf } from "../http/media_type.ts";
import type { OpenFile } from "./open_file.ts";

/**
 * Tells what a file is.
 *
 * @param file Open file.
 * @returns Value of `Content-Type`.
 *
 * @example Usage
 * ```ts
 * import { typeOf } from "./file_type.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode("hello");
 * const type = await typeOf({
 *   name: "a.txt",
 *   facts: { size: 5, modified: null, device: 0, inode: null, changed: null },
 *   head: bytes,
 *   content: { kind: "memory", bytes },
 *   seen: null,
 * });
 *
 * assertEquals(type, "text/plain; charset=utf-8");
 * ```
 */
export async function typeOf(file: OpenFile): Promise<string> {
  const isWhole = file.head.length === file.facts.size;
  return await mediaTypeOf(file.name, file.head, { isWhole });
}
