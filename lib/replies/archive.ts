/**
 * The answer with an archive of a folder (RFC 9110 sections 8, 13, 14): whole,
 * one part of it, or not at all. It is decided here, from plain values; no file
 * is opened.
 *
 * @module
 */

import type { ArchiveFormat } from "../http/archive_request.ts";
import { evaluatePreconditions } from "../http/conditional.ts";
import type { Context } from "../http/context.ts";
import { attachment } from "../http/disposition.ts";
import { validatorHeaders, type Validators } from "../http/etag.ts";
import { parseFileRequest } from "../http/file_request.ts";
import { type ByteRange, formatContentRange } from "../http/range.ts";
import {
  type ByteSource,
  type HeaderPairs,
  NO_BODY,
  type Reply,
} from "../reply.ts";
import type { Refuse } from "./refusal.ts";

/** An archive, of which nothing was read yet. */
export interface Archive {
  readonly format: ArchiveFormat;
  /** Name of the folder that is in it. */
  readonly name: string;
  /** Bytes, `null` where nobody can tell before it is made. */
  readonly length: number | null;
  readonly validators: Validators;
  /** Gives the bytes of a part. */
  readonly open: (part: ByteRange) => ByteSource;
}

const TYPES: Readonly<Record<ArchiveFormat, string>> = {
  "zip": "application/zip",
  "tar": "application/x-tar",
  // The archive itself is what is compressed, not its transfer.
  "tar.gz": "application/gzip",
};

/**
 * Answers a request with an archive.
 *
 * @param context Request, a GET or HEAD.
 * @param archive What is asked for.
 * @param options Makes refusals.
 * @returns 200, 206, 304, 412 or 416. Several parts at once are answered with
 * the whole, as section 14.2 allows.
 *
 * @example Usage
 * ```ts
 * import { NO_VALIDATORS } from "../http/etag.ts";
 * import { archiveReply } from "./archive.ts";
 * import { createRefuse } from "./refusal.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const reply = archiveReply(
 *   { method: "GET", headers: new Headers(), search: "?archive=tar", time: 0 },
 *   {
 *     format: "tar",
 *     name: "photos",
 *     length: 1_024,
 *     validators: NO_VALIDATORS,
 *     open: () => ({
 *       next: () => Promise.resolve(null),
 *       close: () => {},
 *       cancel: () => {},
 *     }),
 *   },
 *   { refuse: await createRefuse() },
 * );
 *
 * assertEquals(reply.status, 200);
 * ```
 */
export function archiveReply(
  context: Pick<Context, "method" | "headers" | "search" | "time">,
  archive: Archive,
  options: { readonly refuse: Refuse },
): Reply {
  const { format, name, length, validators, open } = archive;
  const { headers: asked, time } = context;
  const kept = validatorHeaders(validators);
  const precondition = evaluatePreconditions(asked, validators, time);
  if (precondition === "not-modified") {
    return { status: 304, headers: kept, body: NO_BODY };
  }
  if (precondition === "failed") return options.refuse(412);
  const headers: HeaderPairs = [
    ["content-type", TYPES[format]],
    ["content-disposition", attachment(`${name}.${format}`)],
    ...kept,
  ];
  if (length === null) {
    const source = open({ start: 0, length: Infinity });
    return { status: 200, headers, body: { kind: "source", source, length } };
  }
  const ranged: HeaderPairs = [...headers, ["accept-ranges", "bytes"]];
  const file = { ...validators, size: length };
  const { range } = parseFileRequest(context, file);
  if (range.kind === "unsatisfiable") {
    return options.refuse(416, [
      ["accept-ranges", "bytes"],
      ["content-range", formatContentRange(null, length)],
    ]);
  }
  const [part, ...others] = range.kind === "parts" ? range.parts : [];
  if (part === undefined || others.length > 0) {
    const source = open({ start: 0, length });
    return {
      status: 200,
      headers: ranged,
      body: { kind: "source", source, length },
    };
  }
  return {
    status: 206,
    headers: [...ranged, ["content-range", formatContentRange(part, length)]],
    body: { kind: "source", source: open(part), length: part.length },
  };
}
