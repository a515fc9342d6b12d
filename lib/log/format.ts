/**
 * How a line of the access log looks: what was asked and what was answered.
 * Where lines go is not decided here, and what a log says beside the answers
 * is in `note.ts`.
 *
 * @module
 */

import type { LogFormat } from "../options.ts";
import type { LogRecord } from "../record.ts";
import { escapeQuoted, escapeToken, toJsonLine } from "./escape.ts";
import { createTimestamp } from "./timestamp.ts";

/** Writes one record as one line, without the newline. */
export type Formatter = (record: LogRecord) => string;

/** How the lines look beyond their format. */
export interface FormatterOptions {
  /** Colours the status, for a terminal; JSON is never coloured. */
  readonly color: boolean;
}

/** ANSI colour of a status by its first digit; what is not here has none. */
const COLORS: Readonly<Record<number, number>> = { 2: 32, 3: 36, 4: 33, 5: 31 };

/**
 * Creates the function that writes records.
 *
 * An answer that ended early says ` aborted` at the end of its line (the JSON
 * format has a field for it). What the client chose is escaped.
 *
 * @param format Format of the lines.
 * @param options Whether the status is coloured.
 * @returns A function from a record to one line without the newline.
 *
 * @example Usage
 * ```ts
 * import { assertMatch } from "@std/assert";
 * import { createFormatter } from "./format.ts";
 *
 * const toLine = createFormatter("common", { color: false });
 * const line = toLine({
 *   remote: "127.0.0.1",
 *   user: null,
 *   time: 0,
 *   method: "GET",
 *   target: "/a.txt",
 *   protocol: "HTTP/1.1",
 *   status: 200,
 *   bytes: 12,
 *   durationMs: 0.4,
 *   referrer: null,
 *   userAgent: null,
 *   aborted: false,
 *   error: null,
 * });
 *
 * assertMatch(line, /^127\.0\.0\.1 - - \[.*\] "GET \/a\.txt HTTP\/1\.1" 200 12$/);
 * ```
 */
export function createFormatter(
  format: LogFormat,
  options: FormatterOptions,
): Formatter {
  const toStatus = options.color ? toColoredStatus : String;
  switch (format) {
    case "common":
    case "combined":
      return createNcsaFormatter(format, toStatus);
    case "python":
      return createPythonFormatter(toStatus);
    case "json":
      return formatJson;
    default:
      return format satisfies never;
  }
}

/** NCSA common log format, and with referrer and user agent the combined one. */
function createNcsaFormatter(
  format: "common" | "combined",
  toStatus: (status: number) => string,
): Formatter {
  const toTime = createTimestamp("ncsa");
  return (record) => {
    const head = `${remoteOf(record)} - ${userOf(record)}`;
    const bytes = record.bytes === 0 ? "-" : record.bytes;
    const status = toStatus(record.status);
    const time = toTime(record.time);
    const line = `${head} [${time}] ${requestOf(record)} ${status} ${bytes}`;
    const more = format === "combined" ? ` ${clientOf(record)}` : "";
    return line + more + endOf(record);
  };
}

/** What `python3 -m http.server` prints, which never tells user and bytes. */
function createPythonFormatter(
  toStatus: (status: number) => string,
): Formatter {
  const toTime = createTimestamp("python");
  return (record) => {
    const head = `${remoteOf(record)} - - [${toTime(record.time)}]`;
    const status = toStatus(record.status);
    return `${head} ${requestOf(record)} ${status} -${endOf(record)}`;
  };
}

function formatJson(record: LogRecord): string {
  return toJsonLine({
    time: new Date(record.time).toISOString(),
    remote: unmapAddress(record.remote),
    method: record.method,
    target: record.target,
    protocol: record.protocol,
    status: record.status,
    bytes: record.bytes,
    // Microseconds: further digits are noise of the clock.
    duration_ms: Math.round(record.durationMs * 1000) / 1000,
    referrer: record.referrer,
    user_agent: record.userAgent,
    user: record.user,
    aborted: record.aborted,
  });
}

function requestOf(record: LogRecord): string {
  const method = escapeToken(record.method);
  const target = escapeToken(record.target);
  return `"${method} ${target} ${escapeToken(record.protocol)}"`;
}

function clientOf(record: LogRecord): string {
  const referrer = escapeQuoted(record.referrer ?? "-");
  return `"${referrer}" "${escapeQuoted(record.userAgent ?? "-")}"`;
}

function endOf(record: LogRecord): string {
  return record.aborted ? " aborted" : "";
}

function remoteOf(record: LogRecord): string {
  return escapeToken(unmapAddress(record.remote)) || "-";
}

function userOf(record: LogRecord): string {
  if (record.user === null || record.user === "") return "-";
  // SECURITY: log tools find the time by its bracket, so a user has none.
  return escapeToken(record.user)
    .replaceAll("[", "\\x5b").replaceAll("]", "\\x5d");
}

/** An IPv4 client of a socket that listens on `::` is an IPv4 client. */
function unmapAddress(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".")
    ? address.slice("::ffff:".length)
    : address;
}

function toColoredStatus(status: number): string {
  const color = COLORS[Math.floor(status / 100)];
  return color === undefined
    ? String(status)
    : `\x1b[${color}m${status}\x1b[39m`;
}
