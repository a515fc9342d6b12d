/**
 * What a request asks of a file besides its path.
 *
 * @module
 */

import { isRangeWelcome } from "./conditional.ts";
import type { Validators } from "./etag.ts";
import { parseRange, type RangeResult } from "./range.ts";

/** What a request asks of a file. */
export interface FileRequest {
  /** The parts that are to be sent, if its version is the client's. */
  readonly range: RangeResult;
  /** Whether it is to be saved, not shown. */
  readonly isDownload: boolean;
}

/**
 * Reads from a request what it asks of a file.
 *
 * @param context Request, a GET or HEAD.
 * @param file File as it is, which alone has parts.
 * @returns Parts and purpose.
 *
 * @example Usage
 * ```ts
 * import { parseFileRequest } from "./file_request.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const headers = new Headers({ range: "bytes=0-1" });
 * const request = { method: "GET", headers, search: "?download", time: 0 };
 * const file = { size: 1_000, etag: null, lastModified: null };
 *
 * assertEquals(parseFileRequest(request, file), {
 *   range: { kind: "parts", parts: [{ start: 0, length: 2 }] },
 *   isDownload: true,
 * });
 * ```
 */
export function parseFileRequest(
  context: {
    readonly method: string;
    readonly headers: Headers;
    readonly search: string;
    readonly time: number;
  },
  file: Validators & { readonly size: number },
): FileRequest {
  const { headers, search, time } = context;
  const range = headers.get("range");
  // Section 14.2: only GET has ranges.
  const isWelcome = range !== null && context.method === "GET" &&
    isRangeWelcome(headers, file, time);
  return {
    range: parseRange(isWelcome ? range : null, file.size),
    isDownload: search !== "" && new URLSearchParams(search).has("download"),
  };
}
