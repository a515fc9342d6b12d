import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { escapeQuoted, escapeToken, toJsonLine } from "../../lib/log/escape.ts";
import { createFormatter } from "../../lib/log/format.ts";
import { createTimestamp } from "../../lib/log/timestamp.ts";
import type { LogFormat } from "../../lib/options.ts";
import type { LogRecord } from "../../lib/record.ts";

const FORMATS: readonly LogFormat[] = ["common", "combined", "json", "python"];

/** Few values, so that a record often shares some of them with the one before. */
const text = fc.oneof(
  fc.constantFrom(
    "",
    "-",
    "a",
    "a b",
    '"',
    "[b]",
    "\\",
    "é☃🙂",
    "\u202e\ud800",
  ),
  fc.constantFrom("127.0.0.1", "127.0.0.2", "::ffff:1.2.3.4", "::ffff:0:1"),
  fc.string({ unit: "binary", maxLength: 5 }),
);

/** Some seconds, forwards and backwards; and any time, before 1970 as well. */
const time = fc.oneof(
  fc.integer({ min: 1_700_000_000_000, max: 1_700_000_003_000 }),
  fc.integer({ min: -3_000, max: 3_000 }),
  fc.integer({ min: Date.UTC(-1), max: Date.UTC(12_000) }),
  fc.double({ min: 1_700_000_000_000, max: 1_700_000_003_000, noNaN: true }),
);

const record: fc.Arbitrary<LogRecord> = fc.record({
  remote: text,
  user: fc.option(text),
  time,
  method: fc.oneof(fc.constantFrom("GET", "HEAD"), text),
  target: fc.oneof(fc.constantFrom("/", "/a.txt?b"), text),
  protocol: fc.oneof(fc.constantFrom("HTTP/1.1", "HTTP/2.0"), text),
  status: fc.oneof(fc.constantFrom(200, 404), fc.integer({ min: 0, max: 999 })),
  bytes: fc.oneof(fc.constant(0), fc.maxSafeNat()),
  durationMs: fc.double({ min: 0, max: 1e15, noNaN: true }),
  referrer: fc.option(text),
  userAgent: fc.option(text),
  aborted: fc.boolean(),
  error: fc.option(text),
});

Deno.test.each(
  FORMATS.flatMap((format) => [
    { format, color: false },
    { format, color: true },
  ]),
)(
  "$format lines in colour: $color are those of a formatter that remembers nothing",
  ({ format, color }) => {
    fc.assert(fc.property(fc.array(record, { minLength: 2 }), (records) => {
      const toLine = createFormatter(format, { color });

      assertEquals(
        records.map((record) => toLine(record)),
        records.map((record) => plainLine(format, color, record)),
      );
    }));
  },
);

/** The formats as one reads them, without any care for speed. */
function plainLine(
  format: LogFormat,
  color: boolean,
  record: LogRecord,
): string {
  const remote = /^::ffff:.*\./s.test(record.remote)
    ? record.remote.slice(7)
    : record.remote;
  if (format === "json") return plainJson(remote, record);
  const style = format === "python" ? "python" : "ncsa";
  const user = format === "python" ? "" : record.user ?? "";
  const fields = [
    escapeToken(remote) || "-",
    "-",
    escapeToken(user).replace(/[[\]]/g, (c) => c === "[" ? "\\x5b" : "\\x5d") ||
    "-",
    `[${createTimestamp(style)(record.time)}]`,
    `"${
      [record.method, record.target, record.protocol].map(escapeToken).join(" ")
    }"`,
    color ? colored(record.status) : record.status,
    format === "python" || record.bytes === 0 ? "-" : record.bytes,
  ];
  if (format === "combined") {
    fields.push(`"${escapeQuoted(record.referrer ?? "-")}"`);
    fields.push(`"${escapeQuoted(record.userAgent ?? "-")}"`);
  }
  if (record.aborted) fields.push("aborted");
  return fields.join(" ");
}

function plainJson(remote: string, record: LogRecord): string {
  return toJsonLine({
    time: new Date(record.time).toISOString(),
    remote,
    method: record.method,
    target: record.target,
    protocol: record.protocol,
    status: record.status,
    bytes: record.bytes,
    duration_ms: Math.round(record.durationMs * 1000) / 1000,
    referrer: record.referrer,
    user_agent: record.userAgent,
    user: record.user,
    aborted: record.aborted,
  });
}

function colored(status: number): string {
  const color = [null, null, 32, 36, 33, 31][Math.floor(status / 100)] ?? null;
  return color === null ? `${status}` : `\x1b[${color}m${status}\x1b[39m`;
}
