/**
 * HTTP/2 frames by hand (RFC 9113): writing any, and taking the answers out of
 * those that a server sends.
 *
 * @module
 */

import type { Answer } from "./answers.ts";
import { encodeFields, type FieldPair, FieldReader } from "./hpack.ts";

/** Types of frames. */
export const FRAME = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  push: 5,
  ping: 6,
  goAway: 7,
  window: 8,
  continuation: 9,
} as const;

/** Flags of frames. */
export const FLAG = {
  endStream: 1,
  ack: 1,
  endHeaders: 4,
  padded: 8,
  priority: 32,
} as const;

/** What a client sends first. */
export const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/** A number in so many bytes. */
export function number(value: number, bytes: number): string {
  let text = "";
  for (let i = bytes - 1; i >= 0; i--) {
    text += String.fromCharCode(Math.floor(value / 2 ** (8 * i)) & 0xff);
  }
  return text;
}

/** A frame; the length may be told wrongly. */
export function frame(
  type: number,
  stream: number,
  payload = "",
  options: { readonly flags?: number; readonly length?: number } = {},
): string {
  const { flags = 0, length = payload.length } = options;
  return number(length, 3) + number(type, 1) + number(flags, 1) +
    number(stream, 4) + payload;
}

/** A SETTINGS frame. */
export function settings(
  pairs: readonly (readonly [number, number])[],
): string {
  const payload = pairs.map(([id, value]) => number(id, 2) + number(value, 4));
  return frame(FRAME.settings, 0, payload.join(""));
}

/** A HEADERS frame with a whole block. */
export function headers(
  stream: number,
  fields: readonly FieldPair[],
  flags: number = FLAG.endHeaders | FLAG.endStream,
): string {
  return frame(FRAME.headers, stream, encodeFields(fields), { flags });
}

/** The fields of a request. */
export function request(
  path: string,
  more: readonly FieldPair[] = [],
): FieldPair[] {
  return [
    [":method", "GET"],
    [":scheme", "http"],
    [":authority", "localhost"],
    [":path", path],
    ...more,
  ];
}

/** Takes answers out of what a server sends. */
export class AnswerReader {
  /** Answers of streams that ended, and of those that may go on. */
  readonly answers = new Map<number, Answer>();
  /** Streams that ended, by an answer's end or a reset. */
  readonly ended = new Set<number>();
  /** Whether the server gives the connection up. */
  isGivenUp = false;
  /** What is wrong with the bytes, or `null`. */
  malformed: string | null = null;
  readonly #fields = new FieldReader();
  #rest = "";
  #block = "";

  /** Adds bytes as characters. */
  push(text: string): void {
    this.#rest += text;
    while (this.#rest.length >= 9) {
      const length = this.#number(0, 3);
      if (this.#rest.length < 9 + length) return;
      const payload = this.#rest.slice(9, 9 + length);
      const head = {
        type: this.#number(3, 1),
        flags: this.#number(4, 1),
        stream: this.#number(5, 4),
      };
      this.#rest = this.#rest.slice(9 + length);
      try {
        this.#take(head, payload);
      } catch (error) {
        this.malformed ??= String(error);
      }
    }
  }

  #number(at: number, bytes: number): number {
    let value = 0;
    for (let i = at; i < at + bytes; i++) {
      value = value * 256 + this.#rest.charCodeAt(i);
    }
    return value;
  }

  #take(
    head: { type: number; flags: number; stream: number },
    payload: string,
  ): void {
    const { type, flags, stream } = head;
    switch (type) {
      case FRAME.headers:
      case FRAME.continuation:
        this.#block += payload;
        if ((flags & FLAG.endHeaders) !== 0) {
          this.#addHead(stream, this.#fields.read(this.#block));
          this.#block = "";
        }
        break;
      case FRAME.data: {
        const before = this.answers.get(stream);
        if (before === undefined) throw new RangeError("Data before its head");
        this.answers.set(stream, { ...before, body: before.body + payload });
        break;
      }
      case FRAME.reset:
        this.ended.add(stream);
        break;
      case FRAME.goAway:
        this.isGivenUp = true;
        break;
    }
    const canEnd = type === FRAME.headers || type === FRAME.data;
    if (canEnd && (flags & FLAG.endStream) !== 0) this.ended.add(stream);
  }

  #addHead(stream: number, pairs: readonly FieldPair[]): void {
    const fields = new Map(pairs);
    const status = Number(fields.get(":status"));
    if (!(status >= 200)) return;
    for (const [name, value] of pairs) {
      // deno-lint-ignore no-control-regex -- control characters are what it looks for
      if (!/^:?[a-z0-9-]+$/.test(name) || /[\x00-\x1f\x7f]/.test(value)) {
        throw new RangeError(`Field ${JSON.stringify([name, value])}`);
      }
    }
    const head = pairs.map((pair) => pair.join(": ")).join("\r\n");
    this.answers.set(stream, { status, head, fields, body: "" });
  }
}
