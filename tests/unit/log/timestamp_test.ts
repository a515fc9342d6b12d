import { assertEquals } from "@std/assert";

import {
  createIsoTimestamp,
  createTimestamp,
} from "../../../lib/log/timestamp.ts";

const TIME = Date.UTC(2026, 10, 1, 3, 4, 5, 678);

Deno.test.each<{ offset: number; text: string }>([
  { offset: 0, text: "01/Nov/2026:03:04:05 +0000" },
  { offset: -0, text: "01/Nov/2026:03:04:05 +0000" },
  { offset: -60, text: "01/Nov/2026:04:04:05 +0100" },
  { offset: -345, text: "01/Nov/2026:08:49:05 +0545" },
  // The day before, for whoever is far enough west.
  { offset: 210, text: "31/Oct/2026:23:34:05 -0330" },
])("createTimestamp() ncsa writes $text", ({ offset, text }) => {
  assertEquals(createTimestamp("ncsa", () => offset)(TIME), text);
});

Deno.test("createTimestamp() python writes no zone", () => {
  const toText = createTimestamp("python", () => -60);

  assertEquals(toText(TIME), "01/Nov/2026 04:04:05");
});

Deno.test("createTimestamp() asks for the zone once a second", () => {
  let asked = 0;
  const toText = createTimestamp("ncsa", () => {
    asked++;
    return 0;
  });

  const texts = [TIME, TIME + 321, TIME + 322, TIME].map(toText);

  assertEquals(texts.map((text) => text.slice(-8, -6)), [
    "05",
    "05",
    "06",
    "05",
  ]);
  assertEquals(asked, 3);
});

Deno.test("createTimestamp() follows a clock that is put forward, and set back again", () => {
  // Summer time begins, in a zone east of Greenwich.
  const change = Date.UTC(2026, 2, 29, 1);
  const toText = createTimestamp(
    "ncsa",
    (date) => date.getTime() < change ? -60 : -120,
  );

  const texts = [-1, 0, 999, -1000, 1000].map((ms) => toText(change + ms));

  assertEquals(texts, [
    "29/Mar/2026:01:59:59 +0100",
    "29/Mar/2026:03:00:00 +0200",
    "29/Mar/2026:03:00:00 +0200",
    "29/Mar/2026:01:59:59 +0100",
    "29/Mar/2026:03:00:01 +0200",
  ]);
});

Deno.test("createTimestamp() tells the two hours of a winter's change apart", () => {
  const change = Date.UTC(2026, 9, 25, 1);
  const toText = createTimestamp(
    "ncsa",
    (date) => date.getTime() < change ? -120 : -60,
  );

  const texts = [-3_600_000, 0, -3_600_000].map((ms) => toText(change + ms));

  assertEquals(texts, [
    "25/Oct/2026:02:00:00 +0200",
    "25/Oct/2026:02:00:00 +0100",
    "25/Oct/2026:02:00:00 +0200",
  ]);
});

Deno.test("createIsoTimestamp() writes each millisecond as its own, in any order", () => {
  const toText = createIsoTimestamp();
  const times = [TIME, TIME + 1, TIME + 1, TIME, TIME - 60_000, 0, -1];

  assertEquals(
    times.map(toText),
    times.map((time) => new Date(time).toISOString()),
  );
});

Deno.test("createTimestamp() writes the clock of the machine", () => {
  const date = new Date(TIME);

  const text = createTimestamp("ncsa")(TIME);

  assertEquals(Number(text.slice(0, 2)), date.getDate());
  assertEquals(Number(text.slice(12, 14)), date.getHours());
  assertEquals(Number(text.slice(15, 17)), date.getMinutes());
});
