import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";

import { escapeQuoted, escapeToken } from "../../lib/log/escape.ts";
import { createFormatter } from "../../lib/log/format.ts";
import { formatError } from "../../lib/log/note.ts";
import type { LogFormat } from "../../lib/options.ts";
import type { LogRecord } from "../../lib/record.ts";

/** Controls, line ends, direction controls, halves of a surrogate pair. */
const ACTIVE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** A line of the combined format, its fields still escaped. */
const COMBINED =
  /^([^ ]+) - ([^ ]+) \[(\d\d\/\w{3}\/\d+:[\d:]{8} [+-]\d{4})\] "([^ ]*) ([^ ]*) ([^ ]*)" (\d{3}) (\d+|-) "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"( aborted)?$/;

const FORMATS: readonly LogFormat[] = ["common", "combined", "json", "python"];

/** Text in which what acts is as frequent as what does not. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(
      ...'a/% "\\[]-\n\r\t\0\x1b\x7f\x85\x9b\u2028\u202e\u2066\ud800\udc00é☃',
      "🙂",
      '" 200 1\n',
    ),
  }),
);

const record: fc.Arbitrary<LogRecord> = fc.record({
  remote: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant("-"), text),
  user: fc.option(text),
  time: fc.integer({ min: 0, max: Date.UTC(2400, 0) }),
  method: fc.oneof(fc.constantFrom("GET", "HEAD"), text),
  target: fc.oneof(fc.webPath(), text),
  protocol: fc.oneof(fc.constantFrom("HTTP/1.1", "HTTP/2.0"), text),
  status: fc.integer({ min: 100, max: 599 }),
  bytes: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  durationMs: fc.nat().map((microseconds) => microseconds / 1000),
  referrer: fc.option(text),
  userAgent: fc.option(text),
  aborted: fc.boolean(),
  error: fc.option(text),
});

Deno.test("any record is one line without a character that acts", () => {
  const formatters = FORMATS.map((format) => ({
    format,
    toLine: createFormatter(format, { color: false }),
  }));

  fc.assert(fc.property(record, (record) => {
    for (const { format, toLine } of formatters) {
      const error = formatError(record, format);
      assert(!ACTIVE.test(toLine(record)), toLine(record));
      assert(error === null || !ACTIVE.test(error), String(error));
      assertEquals(error === null, record.error === null);
    }
  }));
});

Deno.test("any record reads back from JSON with the same values", () => {
  const toLine = createFormatter("json", { color: false });

  fc.assert(fc.property(record, (record) => {
    const value = JSON.parse(toLine(record));
    const { userAgent, durationMs, error: _, ...same } = record;
    assertEquals(value, {
      ...same,
      time: new Date(record.time).toISOString(),
      remote: record.remote.replace(/^::ffff:(?=.*\.)/s, ""),
      user_agent: userAgent,
      duration_ms: durationMs,
    });
  }));
});

Deno.test("any record reads back from a combined line with the same fields", () => {
  const toLine = createFormatter("combined", { color: false });

  fc.assert(fc.property(record, (record) => {
    const line = toLine(record);
    assertMatch(line, COMBINED);
    const [, , user, , method, target, protocol, status, bytes, ...rest] =
      COMBINED.exec(line) ?? [];
    const { referrer, userAgent } = record;
    assertEquals(user?.includes("["), false);
    assertEquals([method, target, protocol], [
      escapeToken(record.method),
      escapeToken(record.target),
      escapeToken(record.protocol),
    ]);
    assertEquals(status, String(record.status));
    assertEquals(bytes, record.bytes === 0 ? "-" : String(record.bytes));
    assertEquals(rest[0], referrer === null ? "-" : escapeQuoted(referrer));
    assertEquals(rest[1], userAgent === null ? "-" : escapeQuoted(userAgent));
    assertEquals(rest[2] !== undefined, record.aborted);
  }));
});

Deno.test("any text reads back from its escaped form", () => {
  fc.assert(fc.property(text, (text) => {
    assertEquals(unescape(escapeQuoted(text)), text);
    assertEquals(unescape(escapeToken(text)), text);
  }));
});

function unescape(escaped: string): string {
  return escaped.replace(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|(["\\]))/g,
    (_, two, four, plain) =>
      plain ?? String.fromCharCode(parseInt(two ?? four, 16)),
  );
}
