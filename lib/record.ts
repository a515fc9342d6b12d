/**
 * What is known of one answer once it has ended: the value that the access
 * log is made of.
 *
 * @module
 */

/** One answer of the server, as the access log sees it. */
export interface LogRecord {
  /** Address of the client, `-` where it has none (a Unix socket). */
  readonly remote: string;
  /** Name of the authenticated user, or `null`. */
  readonly user: string | null;
  /** When the request arrived, in milliseconds since the epoch. */
  readonly time: number;
  /** Method as the client wrote it. */
  readonly method: string;
  /** Request target as the client wrote it: path and query, not normalised. */
  readonly target: string;
  /** `HTTP/1.1` or `HTTP/2.0`. */
  readonly protocol: string;
  /** Status code of the answer. */
  readonly status: number;
  /** Body bytes that were handed to the runtime. */
  readonly bytes: number;
  /** Milliseconds from the request's arrival to the end of the answer. */
  readonly durationMs: number;
  /** `Referer` header, or `null`. */
  readonly referrer: string | null;
  /** `User-Agent` header, or `null`. */
  readonly userAgent: string | null;
  /** Whether the client left, or the answer was cut, before its end. */
  readonly aborted: boolean;
  /** What went wrong inside the server, for its operator only, or `null`. */
  readonly error: string | null;
}

/**
 * What a log is made of: every field, or all but those that are read from the
 * headers of the request, `referrer` and `userAgent`. Reading these takes as
 * long as the rest of a record, so that a log without them does not.
 */
export type LogFields = "all" | "without-headers";
