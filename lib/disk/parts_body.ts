/**
 * Parts of a file as one body: a single part as it is, several of them with
 * text between them (RFC 9110 section 14.6).
 *
 * @module
 */

import { type ByteRange, formatContentRange } from "../http/range.ts";
import type { Body, HeaderPairs } from "../reply.ts";
import { type BlockUse, fileBody, type Piece } from "./file_source.ts";
import type { OpenFile } from "./open_file.ts";

/** A body of parts, and the headers that say what it is. */
export interface PartsBody {
  readonly headers: HeaderPairs;
  readonly body: Body;
}

/**
 * Makes a body of parts of a file.
 *
 * @param file File that the parts are of; the body frees it.
 * @param parts Parts in the order in which they are sent.
 * @param options Type of the file, and what becomes of blocks that were handed
 * over.
 * @returns The body and its headers.
 *
 * @example Usage
 * ```ts
 * import { partsBody } from "./parts_body.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode("hello");
 * const file = {
 *   name: "a",
 *   facts: { size: 5, modified: null, device: 0, inode: null, changed: null },
 *   head: bytes,
 *   content: { kind: "memory", bytes },
 *   seen: null,
 * } as const;
 * const parts = [{ start: 1, length: 2 }];
 * const options = { type: "text/plain", blocks: "kept" } as const;
 *
 * assertEquals(partsBody(file, parts, options).headers, [
 *   ["content-type", "text/plain"],
 *   ["content-range", "bytes 1-2/5"],
 * ]);
 * ```
 */
export function partsBody(
  file: OpenFile,
  parts: readonly ByteRange[],
  options: { readonly type: string; readonly blocks: BlockUse },
): PartsBody {
  const { size } = file.facts;
  const [first, ...others] = parts;
  if (first !== undefined && others.length === 0) {
    const headers: HeaderPairs = [
      ["content-type", options.type],
      ["content-range", formatContentRange(first, size)],
    ];
    return { headers, body: fileBody(file, [first], options) };
  }
  // 122 random bits are in no file.
  const boundary = crypto.randomUUID();
  const encoder = new TextEncoder();
  const pieces: Piece[] = [];
  parts.forEach((part, i) => {
    const head = `${i === 0 ? "" : "\r\n"}--${boundary}\r\n` +
      `Content-Type: ${options.type}\r\n` +
      `Content-Range: ${formatContentRange(part, size)}\r\n\r\n`;
    pieces.push(encoder.encode(head), part);
  });
  pieces.push(encoder.encode(`\r\n--${boundary}--\r\n`));
  return {
    headers: [["content-type", `multipart/byteranges; boundary=${boundary}`]],
    body: fileBody(file, pieces, options),
  };
}
