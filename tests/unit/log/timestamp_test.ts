import { assertEquals } from "@std/assert";

import { createTimestamp } from "../../../lib/log/timestamp.ts";

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

Deno.test("createTimestamp() writes the clock of the machine", () => {
  const date = new Date(TIME);

  const text = createTimestamp("ncsa")(TIME);

  assertEquals(Number(text.slice(0, 2)), date.getDate());
  assertEquals(Number(text.slice(12, 14)), date.getHours());
  assertEquals(Number(text.slice(15, 17)), date.getMinutes());
});
