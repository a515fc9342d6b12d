/**
 * The answer to a request as plain data.
 *
 * @module
 */

import type { Seen } from "./target.ts";

/** Header fields: lower-case names, plain data. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[];

/** Bytes that come piece by piece. Whoever takes it reads it or closes it. */
export interface ByteSource {
  /** Gives the next bytes, or `null` at the end. Throws to cut the answer. */
  next(): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Frees what is held; may be called at any time and more than once. */
  close(): void;
  /** Closes, and frees the bytes given last as well: nobody reads them. */
  cancel(): void;
  /** Frees the bytes given last, if they were the last of all: they are sent. */
  free?(): void;
}

/** Body of a reply. */
export type Body =
  | { readonly kind: "none" }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
    readonly kind: "source";
    readonly source: ByteSource;
    /** Bytes that the source gives, `null` where nobody can tell before. */
    readonly length: number | null;
  };

/** An answer. */
export interface Reply {
  readonly status: number;
  readonly headers: HeaderPairs;
  readonly body: Body;
  /** With what later requests can be answered as well; absent: with nothing. */
  readonly memo?: Memo;
}

/**
 * What is known after a reply was made, so that the next request for the same
 * need not wait for the disk: a GET or HEAD of the same target, whose `Range`
 * and preconditions are looked at by whoever remembers it.
 */
export interface Memo {
  /** The whole answer to a GET, with all bytes. */
  readonly whole: Reply & { readonly body: Extract<Body, { kind: "bytes" }> };
  /** The answer to a client that has it, `null` where none can be known to. */
  readonly notModified: Reply | null;
  /** Entity tag as it is sent, or `null`. */
  readonly etag: string | null;
  /** `Last-Modified` as it is sent, or `null`. */
  readonly lastModified: string | null;
  /** What has to be on the disk as it was, never empty. */
  readonly seen: readonly Seen[];
  /**
   * For how many milliseconds it is right while that is so; `null` for ever.
   */
  readonly keepMs: number | null;
  /** What makes it right for as long again if it is as it was, or `null`. */
  readonly renewedBy: Seen | null;
  /** The request header that it was chosen by, or `null`. */
  readonly chosenBy: "accept" | "accept-encoding" | null;
  /**
   * Whether a query is of no meaning to it, other than the few parameters that
   * ask for another form.
   */
  readonly isFile: boolean;
}

/**
 * Cuts an answer for an ordinary reason, such as a file that others write to
 * meanwhile; anything else that a source throws is a bug.
 */
export class BrokenBody extends Error {
  override readonly name = "BrokenBody";
}

/** The body of an answer without content. */
export const NO_BODY: Body = Object.freeze({ kind: "none" });

/**
 * Makes a body from text.
 *
 * @param text Text of the body.
 * @returns The text in UTF-8.
 *
 * @example Usage
 * ```ts
 * import { textBody } from "./reply.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(textBody("é"), {
 *   kind: "bytes",
 *   bytes: new Uint8Array([0xc3, 0xa9]),
 * });
 * ```
 */
export function textBody(text: string): Body {
  return { kind: "bytes", bytes: new TextEncoder().encode(text) };
}

/**
 * Frees what the body of a reply holds, for a reply that is not sent.
 *
 * @param reply Reply that nobody will read.
 *
 * @example Usage
 * ```ts
 * import { dropBody, NO_BODY } from "./reply.ts";
 *
 * dropBody({ status: 304, headers: [], body: NO_BODY });
 * ```
 */
export function dropBody(reply: Reply): void {
  if (reply.body.kind === "source") reply.body.source.close();
}
