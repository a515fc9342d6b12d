/**
 * The parts of a line that are often the same as in the line before, so that
 * their text is kept: of the last record only, and only while all that it is
 * made of is the same.
 *
 * @module
 */

import type { LogRecord } from "../record.ts";

/** Writes a part of a line. */
export type ToText<Key extends keyof LogRecord> = (
  record: Pick<LogRecord, Key>,
) => string;

/**
 * Keeps the text of who asked: a client asks for many things in a row.
 *
 * @param toText Writes it.
 * @returns The same function, which remembers its last text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { keepAsker } from "./kept_text.ts";
 *
 * const toAsker = keepAsker(({ remote, user }) => `${remote} ${user}`);
 *
 * assertEquals(toAsker({ remote: "::1", user: "eva" }), "::1 eva");
 * assertEquals(toAsker({ remote: "::1", user: null }), "::1 null");
 * ```
 */
export function keepAsker(
  toText: ToText<"remote" | "user">,
): ToText<"remote" | "user"> {
  let remote: string | undefined;
  let user: string | null = null;
  let text = "";
  return (record) => {
    if (record.remote !== remote || record.user !== user) {
      ({ remote, user } = record);
      text = toText(record);
    }
    return text;
  };
}

/**
 * Keeps the text of protocol and status, which are nearly always the same.
 *
 * @param toText Writes it.
 * @returns The same function, which remembers its last text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { keepResult } from "./kept_text.ts";
 *
 * const toResult = keepResult(({ status }) => `= ${status}`);
 *
 * assertEquals(toResult({ protocol: "HTTP/1.1", status: 200 }), "= 200");
 * assertEquals(toResult({ protocol: "HTTP/1.1", status: 404 }), "= 404");
 * ```
 */
export function keepResult(
  toText: ToText<"protocol" | "status">,
): ToText<"protocol" | "status"> {
  let protocol: string | undefined;
  let status = 0;
  let text = "";
  return (record) => {
    if (record.status !== status || record.protocol !== protocol) {
      ({ protocol, status } = record);
      text = toText(record);
    }
    return text;
  };
}

/**
 * Keeps the text of what a client says of itself.
 *
 * @param toText Writes it.
 * @returns The same function, which remembers its last text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { keepClient } from "./kept_text.ts";
 *
 * const toClient = keepClient(({ userAgent }) => `by ${userAgent}`);
 *
 * assertEquals(toClient({ referrer: null, userAgent: "a" }), "by a");
 * assertEquals(toClient({ referrer: null, userAgent: "b" }), "by b");
 * ```
 */
export function keepClient(
  toText: ToText<"referrer" | "userAgent">,
): ToText<"referrer" | "userAgent"> {
  let referrer: string | null | undefined;
  let userAgent: string | null = null;
  let text = "";
  return (record) => {
    if (record.userAgent !== userAgent || record.referrer !== referrer) {
      ({ referrer, userAgent } = record);
      text = toText(record);
    }
    return text;
  };
}
