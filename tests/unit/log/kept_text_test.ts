import { assertEquals } from "@std/assert";

import {
  keepAsker,
  keepClient,
  keepResult,
} from "../../../lib/log/kept_text.ts";
import type { LogRecord } from "../../../lib/record.ts";
import { RECORD } from "./_fakes.ts";

const KEPT = [
  { name: "keepAsker", keep: keepAsker, keys: ["remote", "user"] },
  { name: "keepResult", keep: keepResult, keys: ["protocol", "status"] },
  { name: "keepClient", keep: keepClient, keys: ["referrer", "userAgent"] },
] as const;

/** Other values of each field, so that each key is seen to count alone. */
const CHANGES: readonly Partial<LogRecord>[] = [
  {},
  { remote: "127.0.0.2" },
  { remote: "" },
  { user: "eva" },
  { user: "" },
  { status: 404 },
  { status: 0 },
  { protocol: "HTTP/2.0" },
  { protocol: "" },
  { referrer: null },
  { referrer: "" },
  { userAgent: null },
  { userAgent: "" },
];

Deno.test.each(KEPT)(
  "$name() never gives the text of another record",
  (row) => {
    const toText = (record: Partial<LogRecord>) =>
      JSON.stringify(row.keys.map((key) => record[key]));
    const records = CHANGES.map((change) => ({ ...RECORD, ...change }));

    // Each record as the first one, and after each other one.
    for (const before of records) {
      for (const after of records) {
        const toKept = row.keep(toText);

        assertEquals(toKept(before), toText(before));
        assertEquals(toKept(after), toText(after));
        assertEquals(toKept(before), toText(before));
      }
    }
  },
);

Deno.test.each(KEPT)("$name() writes the same text once", ({ keep }) => {
  let written = 0;
  const toKept = keep(() => `text ${++written}`);

  const texts = [RECORD, { ...RECORD }, { ...RECORD, target: "/b" }].map(
    (record) => toKept(record),
  );

  assertEquals(texts, ["text 1", "text 1", "text 1"]);
});

Deno.test.each(KEPT)(
  "$name() keeps the text of one record alone",
  ({ keep, keys }) => {
    let written = 0;
    const toKept = keep(() => `text ${++written}`);
    const other = { ...RECORD, [keys[0]]: "other" };

    for (let i = 0; i < 3; i++) {
      toKept(RECORD);
      toKept(other);
    }

    assertEquals(written, 6);
  },
);
