/**
 * How a line of the access log looks: what was asked and what was answered.
 * Where lines go is not decided here, and what a log says beside the answers
 * is in `note.ts`.
 *
 * @module
 */

import type { LogFormat } from "../options.ts";
import type { LogFields, LogRecord } from "../record.ts";
import { escapeQuoted, escapeToken, toJsonText } from "./escape.ts";
import { keepAsker, keepClient, keepResult } from "./kept_text.ts";
import { createIsoTimestamp, createTimestamp } from "./timestamp.ts";

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
      return createJsonFormatter();
    default:
      return format satisfies never;
  }
}

/**
 * Tells which fields of a record the lines of a format are made of.
 *
 * @param format Format of the lines.
 * @returns What has to be known of each answer.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fieldsOf } from "./format.ts";
 *
 * assertEquals(fieldsOf("common"), "without-headers");
 * assertEquals(fieldsOf("combined"), "all");
 * ```
 */
export function fieldsOf(format: LogFormat): LogFields {
  return format === "combined" || format === "json" ? "all" : "without-headers";
}

/** NCSA common log format, and with referrer and user agent the combined one. */
function createNcsaFormatter(
  format: "common" | "combined",
  toStatus: (status: number) => string,
): Formatter {
  const toTime = createTimestamp("ncsa");
  const toAsker = keepAsker((record) =>
    `${remoteOf(record)} - ${userOf(record)} [`
  );
  const toResult = keepResult((record) => resultOf(record, toStatus));
  const toClient = keepClient((record) => ` ${clientOf(record)}`);
  return (record) => {
    const asked = `${toAsker(record)}${toTime(record.time)}${taskOf(record)}`;
    const bytes = record.bytes === 0 ? "-" : record.bytes;
    const line = `${asked}${toResult(record)} ${bytes}`;
    const more = format === "combined" ? toClient(record) : "";
    return line + more + endOf(record);
  };
}

/** What `python3 -m http.server` prints, which never tells user and bytes. */
function createPythonFormatter(
  toStatus: (status: number) => string,
): Formatter {
  const toTime = createTimestamp("python");
  const toAsker = keepAsker((record) => `${remoteOf(record)} - - [`);
  const toResult = keepResult((record) => `${resultOf(record, toStatus)} -`);
  return (record) => {
    const asked = `${toAsker(record)}${toTime(record.time)}${taskOf(record)}`;
    return asked + toResult(record) + endOf(record);
  };
}

/** What `JSON.stringify` writes of the fields, at a third of its cost. */
function createJsonFormatter(): Formatter {
  const toTime = createIsoTimestamp();
  const toAsker = keepAsker(({ remote }) =>
    `"remote":${toJsonText(unmapAddress(remote))},"method":`
  );
  const toResult = keepResult(({ protocol, status }) =>
    `,"protocol":${toJsonText(protocol)},"status":${status},"bytes":`
  );
  const toClient = keepClient(({ referrer, userAgent }) =>
    `,"referrer":${toJsonText(referrer)},"user_agent":${toJsonText(userAgent)}`
  );
  return (record) => {
    const asker = `{"time":"${toTime(record.time)}",${toAsker(record)}`;
    const method = toJsonText(record.method);
    const asked = `${asker}${method},"target":${toJsonText(record.target)}`;
    // Microseconds: further digits are noise of the clock.
    const duration = Math.round(record.durationMs * 1000) / 1000;
    const result = `${toResult(record)}${record.bytes}`;
    const line = `${asked}${result},"duration_ms":${duration}`;
    const user = toJsonText(record.user);
    return `${line}${
      toClient(record)
    },"user":${user},"aborted":${record.aborted}}`;
  };
}

function taskOf({ method, target }: LogRecord): string {
  return `] "${escapeToken(method)} ${escapeToken(target)} `;
}

function resultOf(
  { protocol, status }: Pick<LogRecord, "protocol" | "status">,
  toStatus: (status: number) => string,
): string {
  return `${escapeToken(protocol)}" ${toStatus(status)}`;
}

function clientOf(record: Pick<LogRecord, "referrer" | "userAgent">): string {
  const referrer = escapeQuoted(record.referrer ?? "-");
  return `"${referrer}" "${escapeQuoted(record.userAgent ?? "-")}"`;
}

function endOf(record: LogRecord): string {
  return record.aborted ? " aborted" : "";
}

function remoteOf({ remote }: Pick<LogRecord, "remote">): string {
  return escapeToken(unmapAddress(remote)) || "-";
}

function userOf({ user }: Pick<LogRecord, "user">): string {
  if (user === null || user === "") return "-";
  // SECURITY: log tools find the time by its bracket, so a user has none.
  return escapeToken(user)
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
