import { assertEquals, assertMatch } from "@std/assert";

import { createFormatter, fieldsOf } from "../../../lib/log/format.ts";
import type { LogFormat } from "../../../lib/options.ts";
import type { LogRecord } from "../../../lib/record.ts";
import { RECORD } from "./_fakes.ts";

/** The line of {@linkcode RECORD} with the given changes; its time is `TIME`. */
function lineOf(
  format: LogFormat,
  changes: Partial<LogRecord> = {},
  options = { color: false },
): string {
  const line = createFormatter(format, options)({ ...RECORD, ...changes });
  return line.replace(
    /\[\d\d\/\w{3}\/\d{4}[: ][\d:]{8}( [+-]\d{4})?\]/,
    "TIME",
  );
}

Deno.test.each<
  { format: LogFormat; changes: Partial<LogRecord>; line: string }
>([
  {
    format: "common",
    changes: {},
    line: '127.0.0.1 - - TIME "GET /a.txt?b=1 HTTP/1.1" 200 12',
  },
  {
    format: "common",
    changes: { user: "eva", status: 304, bytes: 0, protocol: "HTTP/2.0" },
    line: '127.0.0.1 - eva TIME "GET /a.txt?b=1 HTTP/2.0" 304 -',
  },
  {
    format: "common",
    changes: { aborted: true },
    line: '127.0.0.1 - - TIME "GET /a.txt?b=1 HTTP/1.1" 200 12 aborted',
  },
  {
    format: "combined",
    changes: {},
    line:
      '127.0.0.1 - - TIME "GET /a.txt?b=1 HTTP/1.1" 200 12 "http://localhost/" "curl/8.5.0"',
  },
  {
    format: "combined",
    changes: { referrer: null, userAgent: null, aborted: true },
    line: '127.0.0.1 - - TIME "GET /a.txt?b=1 HTTP/1.1" 200 12 "-" "-" aborted',
  },
  {
    format: "combined",
    changes: { referrer: "", userAgent: 'a"\\b' },
    line: String
      .raw`127.0.0.1 - - TIME "GET /a.txt?b=1 HTTP/1.1" 200 12 "" "a\"\\b"`,
  },
  {
    format: "python",
    changes: { user: "eva" },
    line: '127.0.0.1 - - TIME "GET /a.txt?b=1 HTTP/1.1" 200 -',
  },
  {
    format: "python",
    changes: { aborted: true },
    line: '127.0.0.1 - - TIME "GET /a.txt?b=1 HTTP/1.1" 200 - aborted',
  },
])("createFormatter() $format writes $line", ({ format, changes, line }) => {
  assertEquals(lineOf(format, changes), line);
});

Deno.test.each<{ format: LogFormat; time: RegExp }>([
  { format: "common", time: /\[\d\d\/Nov\/2026:\d\d:\d\d:12 [+-]\d{4}\]/ },
  { format: "combined", time: /\[\d\d\/Nov\/2026:\d\d:\d\d:12 [+-]\d{4}\]/ },
  { format: "python", time: /\[\d\d\/Nov\/2026 \d\d:\d\d:12\]/ },
])("createFormatter() $format writes the time", ({ format, time }) => {
  assertMatch(createFormatter(format, { color: false })(RECORD), time);
});

Deno.test("createFormatter() json writes exactly its fields", () => {
  const line = createFormatter("json", { color: false })(RECORD);

  assertEquals(
    line,
    '{"time":"2026-11-21T10:11:12.345Z","remote":"127.0.0.1","method":"GET",' +
      '"target":"/a.txt?b=1","protocol":"HTTP/1.1","status":200,"bytes":12,' +
      '"duration_ms":0.457,"referrer":"http://localhost/",' +
      '"user_agent":"curl/8.5.0","user":null,"aborted":false}',
  );
});

Deno.test.each<{ remote: string; shown: string }>([
  { remote: "::ffff:1.2.3.4", shown: "1.2.3.4" },
  { remote: "::1", shown: "::1" },
  { remote: "2001:db8::ffff:1", shown: "2001:db8::ffff:1" },
  // Not an IPv4 address in disguise.
  { remote: "::ffff:0:1", shown: "::ffff:0:1" },
  // A Unix socket has none.
  { remote: "-", shown: "-" },
  { remote: "", shown: "-" },
])(
  "createFormatter() writes the address $remote as $shown",
  ({ remote, shown }) => {
    assertEquals(lineOf("common", { remote }).split(" ")[0], shown);
  },
);

Deno.test("createFormatter() json writes an IPv4 client as one", () => {
  const line = lineOf("json", { remote: "::ffff:1.2.3.4" });

  assertEquals(JSON.parse(line).remote, "1.2.3.4");
});

Deno.test.each<{ target: string; shown: string }>([
  // An attempt to forge a line.
  {
    target: '/" 200 1\n127.0.0.1 - - "GET /',
    shown: String.raw`/\"\x20200\x201\x0a127.0.0.1\x20-\x20-\x20\"GET\x20/`,
  },
  // Clears the screen of whoever looks on.
  { target: "/\x1b[2J\x9b2J", shown: String.raw`/\x1b[2J\x9b2J` },
  { target: "/\0\x7f\r", shown: String.raw`/\x00\x7f\x0d` },
  // Turns the direction of what follows; ends a line for some readers.
  { target: "/\u202e\u2028\u061c", shown: String.raw`/\u202e\u2028\u061c` },
  // Half of a pair is no text.
  { target: "/\ud800", shown: String.raw`/\ud800` },
  { target: "/☃🙂é", shown: "/☃🙂é" },
])("createFormatter() writes a target as $shown", ({ target, shown }) => {
  assertEquals(
    lineOf("common", { target }),
    `127.0.0.1 - - TIME "GET ${shown} HTTP/1.1" 200 12`,
  );
});

Deno.test("createFormatter() lets no user name look like a time", () => {
  assertEquals(
    lineOf("common", { user: "a [b]" }).split(" ")[2],
    String.raw`a\x20\x5bb\x5d`,
  );
  assertEquals(lineOf("common", { user: "" }).split(" ")[2], "-");
});

Deno.test.each<{ status: number; shown: string }>([
  { status: 101, shown: "101" },
  { status: 206, shown: "\x1b[32m206\x1b[39m" },
  { status: 304, shown: "\x1b[36m304\x1b[39m" },
  { status: 404, shown: "\x1b[33m404\x1b[39m" },
  { status: 503, shown: "\x1b[31m503\x1b[39m" },
])("createFormatter() colours $status on a terminal", ({ status, shown }) => {
  const line = lineOf("common", { status }, { color: true });

  assertEquals(line.split('" ')[1], `${shown} 12`);
});

Deno.test("createFormatter() never colours JSON", () => {
  assertEquals(lineOf("json", {}, { color: true }), lineOf("json"));
});

Deno.test.each<LogFormat>([
  "common",
  "combined",
  "json",
  "python",
])("fieldsOf() %s names all fields that a line is made of", (format) => {
  const without = { referrer: null, userAgent: null };

  const isNeeded = lineOf(format) !== lineOf(format, without);

  assertEquals(fieldsOf(format), isNeeded ? "all" : "without-headers");
});

Deno.test("createFormatter() mixes no two clients up that take turns", () => {
  const toLine = createFormatter("combined", { color: false });
  const clients = [
    { remote: "10.0.0.1", user: null, userAgent: "a", referrer: null },
    { remote: "10.0.0.1", user: "eva", userAgent: "a", referrer: null },
    { remote: "10.0.0.2", user: "eva", userAgent: "b", referrer: "/x" },
    { remote: "10.0.0.2", user: "udo", userAgent: "b", referrer: "/y" },
  ];

  for (const client of [...clients, ...clients.toReversed(), ...clients]) {
    const parts = toLine({ ...RECORD, ...client }).split(" ");

    assertEquals(
      [parts[0], parts[2], parts.at(-2), parts.at(-1)],
      [
        client.remote,
        client.user ?? "-",
        `"${client.referrer ?? "-"}"`,
        `"${client.userAgent}"`,
      ],
    );
  }
});
