/**
 * The answer with a file (RFC 9110 sections 8, 13, 14): whole, in parts, not at
 * all. It is decided here, from plain values; no byte is read.
 *
 * @module
 */

import { type BlockUse, fileBody, type Piece } from "../disk/file_source.ts";
import { closeFile, type OpenFile } from "../disk/open_file.ts";
import { evaluatePreconditions, isRangeWelcome } from "../http/conditional.ts";
import type { Context } from "../http/context.ts";
import { attachment } from "../http/disposition.ts";
import { validatorHeaders, type Validators } from "../http/etag.ts";
import { mediaTypeOf } from "../http/media_type.ts";
import {
  type ByteRange,
  formatContentRange,
  parseRange,
} from "../http/range.ts";
import { type HeaderPairs, NO_BODY, type Reply } from "../reply.ts";
import type { Refuse } from "./refusal.ts";

/** What the answer with a file depends on besides the file. */
export interface FileReplyOptions {
  /** Value of `Cache-Control`. */
  readonly cacheControl: string;
  /** What becomes of blocks that were handed over. */
  readonly blocks: BlockUse;
  readonly refuse: Refuse;
}

/**
 * Answers a request with a file.
 *
 * @param context Request, a GET or HEAD.
 * @param content File, which the reply frees, and its validators.
 * @param options What else the answer depends on.
 * @returns 200, 206, 304, 412 or 416.
 *
 * @example Usage
 * ```ts
 * import { toContext } from "../http/context.ts";
 * import { fileReply } from "./file.ts";
 * import { createRefuse } from "./refusal.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const request = new Request("http://localhost/a.txt", {
 *   headers: { range: "bytes=1-2" },
 * });
 * const peer = {
 *   remoteAddr: { transport: "tcp", hostname: "::1", port: 1 },
 * } as const;
 * const context = toContext(request, peer, { isWindows: false, time: 0 });
 * const bytes = new TextEncoder().encode("hello");
 * const file = {
 *   name: "a.txt",
 *   facts: { size: 5, modified: null, device: 0, inode: null, changed: null },
 *   head: bytes,
 *   content: { kind: "memory", bytes },
 *   seen: null,
 * } as const;
 * const validators = { etag: null, lastModified: null };
 * const refuse = await createRefuse();
 * const options = { cacheControl: "no-cache", blocks: "kept", refuse } as const;
 * const reply = fileReply(context, { file, validators }, options);
 *
 * assertEquals(reply.status, 206);
 * ```
 */
export function fileReply(
  context: Context,
  content: { readonly file: OpenFile; readonly validators: Validators },
  options: FileReplyOptions,
): Reply {
  const { file, validators } = content;
  const { headers, time } = context;
  const cache = ["cache-control", options.cacheControl] as const;
  const precondition = evaluatePreconditions(headers, validators, time);
  if (precondition !== "send") {
    closeFile(file);
    if (precondition === "failed") return options.refuse(412);
    const kept = [...validatorHeaders(validators), cache];
    return { status: 304, headers: kept, body: NO_BODY };
  }
  const type = typeOf(file);
  const common: HeaderPairs = [
    ["accept-ranges", "bytes"],
    ...validatorHeaders(validators),
    cache,
    ...dispositionOf(context, file),
  ];
  // Section 14.2: only GET has ranges.
  const field = context.method === "GET" &&
      isRangeWelcome(headers, validators, time)
    ? headers.get("range")
    : null;
  const range = parseRange(field, file.facts.size);
  if (range.kind === "unsatisfiable") {
    closeFile(file);
    return options.refuse(416, [
      ["accept-ranges", "bytes"],
      ["content-range", formatContentRange(null, file.facts.size)],
    ]);
  }
  return range.kind === "whole"
    ? wholeReply(file, type, { common, ...options })
    : partsReply(file, type, { common, parts: range.parts, ...options });
}

/**
 * Answers with a page for what is not there.
 *
 * @param file The shared folder's own `404.html`, which the reply frees.
 * @param options How its body is sent.
 * @returns 404 with the file, whole and without validators.
 *
 * @example Usage
 * ```ts
 * import { notFoundPageReply } from "./file.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode("<p>Gone");
 * const reply = notFoundPageReply({
 *   name: "404.html",
 *   facts: { size: bytes.length, modified: null, device: 0, inode: null, changed: null },
 *   head: bytes,
 *   content: { kind: "memory", bytes },
 *   seen: null,
 * }, { blocks: "kept" });
 *
 * assertEquals(reply.status, 404);
 * ```
 */
export function notFoundPageReply(
  file: OpenFile,
  options: Pick<FileReplyOptions, "blocks">,
): Reply {
  const whole = wholeReply(file, typeOf(file), { common: [], ...options });
  return { ...whole, status: 404 };
}

function typeOf(file: OpenFile): string {
  const isWhole = file.head.length === file.facts.size;
  return mediaTypeOf(file.name, file.head, { isWhole });
}

function dispositionOf(context: Context, file: OpenFile): HeaderPairs {
  if (context.search === "") return [];
  return new URLSearchParams(context.search).has("download")
    ? [["content-disposition", attachment(file.name)]]
    : [];
}

/** How an answer with a file is made: its headers but the type, and its body. */
interface AnswerParts {
  readonly common: HeaderPairs;
  readonly blocks: BlockUse;
}

function wholeReply(file: OpenFile, type: string, answer: AnswerParts): Reply {
  const { size } = file.facts;
  return {
    status: 200,
    headers: [["content-type", type], ...answer.common],
    body: fileBody(file, [{ start: 0, length: size }], answer),
  };
}

function partsReply(
  file: OpenFile,
  type: string,
  answer: AnswerParts & { readonly parts: readonly ByteRange[] },
): Reply {
  const { common, parts } = answer;
  const { size } = file.facts;
  const [first, ...others] = parts;
  if (first !== undefined && others.length === 0) {
    return {
      status: 206,
      headers: [
        ["content-type", type],
        ["content-range", formatContentRange(first, size)],
        ...common,
      ],
      body: fileBody(file, [first], answer),
    };
  }
  const boundary = crypto.randomUUID();
  return {
    status: 206,
    headers: [
      ["content-type", `multipart/byteranges; boundary=${boundary}`],
      ...common,
    ],
    body: fileBody(file, multipart(parts, { boundary, type, size }), answer),
  };
}

/** RFC 9110 section 14.6. A boundary of 122 random bits is in no file. */
function multipart(
  parts: readonly ByteRange[],
  about: {
    readonly boundary: string;
    readonly type: string;
    readonly size: number;
  },
): Piece[] {
  const encoder = new TextEncoder();
  const pieces: Piece[] = [];
  parts.forEach((part, i) => {
    const head = `${i === 0 ? "" : "\r\n"}--${about.boundary}\r\n` +
      `Content-Type: ${about.type}\r\n` +
      `Content-Range: ${formatContentRange(part, about.size)}\r\n\r\n`;
    pieces.push(encoder.encode(head), part);
  });
  pieces.push(encoder.encode(`\r\n--${about.boundary}--\r\n`));
  return pieces;
}
