/**
 * The answer with a file (RFC 9110 sections 8, 13, 14): whole, in parts, not at
 * all, as it is or compressed. It is decided here, from plain values; no byte is
 * read.
 *
 * @module
 */

import { type BlockUse, fileBody } from "../disk/file_source.ts";
import { typeOf } from "../disk/file_type.ts";
import type { OpenFile } from "../disk/open_file.ts";
import { partsBody } from "../disk/parts_body.ts";
import type { FileVariant } from "../disk/variant.ts";
import { evaluatePreconditions } from "../http/conditional.ts";
import type { Context } from "../http/context.ts";
import { formatHttpDate } from "../http/date.ts";
import { attachment } from "../http/disposition.ts";
import { validatorHeaders, type Validators } from "../http/etag.ts";
import type { FileRequest } from "../http/file_request.ts";
import { formatContentRange } from "../http/range.ts";
import {
  dropBody,
  type HeaderPairs,
  type Memo,
  NO_BODY,
  type Reply,
} from "../reply.ts";
import type { Refuse } from "./refusal.ts";

/** What the answer with a file depends on besides the file. */
export interface FileReplyOptions {
  /** Value of `Cache-Control`. */
  readonly cacheControl: string;
  /** What becomes of blocks that were handed over. */
  readonly blocks: BlockUse;
  readonly refuse: Refuse;
}

/** A file, and the form in which a client gets it. */
export interface FileContent {
  /** It is freed by the reply, or by its compressed form. */
  readonly file: OpenFile;
  /** Validators of the file as it is. */
  readonly validators: Validators;
  /** Value of `Content-Type`. */
  readonly type: string;
  /** Whether other clients get it in another form. */
  readonly isNegotiated: boolean;
  /** The compressed form to be sent, or `null` for the file as it is. */
  readonly variant: FileVariant | null;
  /** For how long this form is the one to be sent. */
  readonly keep: Pick<Memo, "keepMs" | "renewedBy">;
}

const VARY = ["vary", "accept-encoding"] as const;

/**
 * Answers a request with a file.
 *
 * @param context Request, a GET or HEAD.
 * @param content File and form, which the reply frees, and what is asked of it.
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
 * const request = new Request("http://localhost/a.txt");
 * const peer = {
 *   remoteAddr: { transport: "tcp", hostname: "::1", port: 1 },
 * } as const;
 * const context = toContext(request, peer, { isWindows: false, time: 0 });
 * const bytes = new TextEncoder().encode("hello");
 * const reply = fileReply(context, {
 *   file: {
 *     name: "a.txt",
 *     facts: { size: 5, modified: null, device: 0, inode: null, changed: null },
 *     head: bytes,
 *     content: { kind: "memory", bytes },
 *     seen: null,
 *   },
 *   validators: { etag: null, lastModified: null },
 *   type: "text/plain",
 *   isNegotiated: true,
 *   variant: null,
 *   keep: { keepMs: null, renewedBy: null },
 *   range: { kind: "parts", parts: [{ start: 1, length: 2 }] },
 *   isDownload: false,
 * }, { cacheControl: "no-cache", blocks: "kept", refuse: await createRefuse() });
 *
 * assertEquals(reply.status, 206);
 * ```
 */
export function fileReply(
  context: Pick<Context, "headers" | "time">,
  content: FileContent & FileRequest,
  options: FileReplyOptions,
): Reply {
  const { file, range, variant } = content;
  const validators = variant?.validators ?? content.validators;
  const forms = toForms(content, validators, options);
  const precondition = evaluatePreconditions(
    context.headers,
    validators,
    context.time,
  );
  if (precondition === "not-modified") {
    dropBody(forms.whole);
    return withMemo(forms.notModified, content, forms);
  }
  if (precondition === "failed") {
    dropBody(forms.whole);
    return options.refuse(412);
  }
  switch (range.kind) {
    case "whole":
      return withMemo(forms.whole, content, forms);
    case "parts": {
      const parts = partsBody(file, range.parts, { ...content, ...options });
      const headers = [...parts.headers, ...forms.common];
      return { status: 206, headers, body: parts.body };
    }
    case "unsatisfiable":
      dropBody(forms.whole);
      return options.refuse(416, [
        ["accept-ranges", "bytes"],
        ["content-range", formatContentRange(null, file.facts.size)],
      ]);
    default:
      return range satisfies never;
  }
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
 * const reply = await notFoundPageReply({
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
export async function notFoundPageReply(
  file: OpenFile,
  options: Pick<FileReplyOptions, "blocks">,
): Promise<Reply> {
  return {
    status: 404,
    headers: [["content-type", await typeOf(file)]],
    body: wholeBody(file, options),
  };
}

/** The answers to a client that has nothing, and to one that has the file. */
interface Forms {
  readonly whole: Reply;
  readonly notModified: Reply;
  /** Headers of both, and of parts. */
  readonly common: HeaderPairs;
  readonly validators: Validators;
}

function toForms(
  content: FileContent & FileRequest,
  validators: Validators,
  options: FileReplyOptions,
): Forms {
  const { file, type, variant } = content;
  const kept: HeaderPairs = [
    ...validatorHeaders(validators),
    ["cache-control", options.cacheControl],
    ...(content.isNegotiated ? [VARY] : []),
  ];
  const disposition: HeaderPairs = content.isDownload
    ? [["content-disposition", attachment(file.name)]]
    : [];
  // Ranges are of the file as it is: a client that has a part of a compressed
  // form is not invited to go on with those.
  const form = variant === null
    ? ["accept-ranges", "bytes"] as const
    : ["content-encoding", variant.encoding] as const;
  const common: HeaderPairs = [form, ...kept, ...disposition];
  return {
    whole: {
      status: 200,
      headers: [["content-type", type], ...common],
      body: variant?.body ?? wholeBody(file, options),
    },
    notModified: { status: 304, headers: kept, body: NO_BODY },
    common,
    validators,
  };
}

function wholeBody(file: OpenFile, options: Pick<FileReplyOptions, "blocks">) {
  return fileBody(file, [{ start: 0, length: file.facts.size }], options);
}

/** Adds what the next request can be answered with. */
function withMemo(
  reply: Reply,
  content: FileContent & FileRequest,
  { whole, notModified, validators }: Forms,
): Reply {
  const { file, variant, isNegotiated } = content;
  const { headers, body } = whole;
  const others = variant === null ? [] : variant.seen;
  if (
    body.kind !== "bytes" || file.seen === null || others === null ||
    // Chosen for this request alone.
    content.isDownload || content.range.kind !== "whole"
  ) return reply;
  const { etag, lastModified } = validators;
  const memo: Memo = {
    whole: { status: 200, headers, body },
    notModified: etag === null && lastModified === null ? null : notModified,
    etag,
    lastModified: lastModified === null ? null : formatHttpDate(lastModified),
    seen: [file.seen, ...others],
    ...content.keep,
    chosenBy: isNegotiated ? "accept-encoding" : null,
    isFile: true,
  };
  return { ...reply, memo };
}
