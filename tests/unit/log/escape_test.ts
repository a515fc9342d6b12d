import { assertEquals } from "@std/assert";

import {
  escapeQuoted,
  escapeToken,
  toJsonLine,
  toJsonText,
} from "../../../lib/log/escape.ts";

/** What a terminal or a reader of lines may act on. */
const ACTIVE: readonly string[] = [
  ...codes(0x00, 0x1f),
  ...codes(0x7f, 0x9f),
  ...codes(0x2028, 0x202e),
  ...codes(0x2066, 0x2069),
  "\u061c",
  "\u200e",
  "\u200f",
];

function codes(first: number, last: number): string[] {
  return Array.from(
    { length: last - first + 1 },
    (_, i) => String.fromCharCode(first + i),
  );
}

Deno.test("escapeQuoted() escapes each character that acts", () => {
  for (const character of ACTIVE) {
    const escaped = escapeQuoted(`a${character}b`);
    const code = character.charCodeAt(0).toString(16);
    const expected = code.length > 2
      ? `a\\u${code.padStart(4, "0")}b`
      : `a\\x${code.padStart(2, "0")}b`;

    assertEquals(escaped, expected);
  }
});

Deno.test("escapeQuoted() leaves a space and escapeToken() does not", () => {
  assertEquals(escapeQuoted("a b"), "a b");
  assertEquals(escapeToken("a b"), String.raw`a\x20b`);
});

Deno.test("escapeQuoted() leaves pairs and escapes halves of them", () => {
  assertEquals(escapeQuoted("🙂"), "🙂");
  assertEquals(escapeQuoted("\udc00🙂\ud83d"), String.raw`\udc00🙂\ud83d`);
});

Deno.test("toJsonLine() has no character that acts and reads back", () => {
  const value = { text: ACTIVE.join("") + '"\\' };

  const line = toJsonLine(value);

  assertEquals(ACTIVE.filter((character) => line.includes(character)), []);
  assertEquals(JSON.parse(line), value);
});

Deno.test("escapeQuoted() and escapeToken() leave nothing but what does not act", () => {
  for (const character of codes(0x20, 0x7e)) {
    const text = `a${character}b`;
    const isQuoteOrBackslash = character === '"' || character === "\\";

    assertEquals(escapeQuoted(text) === text, !isQuoteOrBackslash);
    assertEquals(
      escapeToken(text) === text,
      !isQuoteOrBackslash && character !== " ",
    );
  }
});

Deno.test("toJsonText() writes each character as a line of JSON does", () => {
  const characters = [...codes(0, 0x2ff), ...ACTIVE, "☃", "🙂", "\ud800", ""];

  for (const text of characters) {
    const written = toJsonText(`a${text}b`);

    assertEquals(`{"text":${written}}`, toJsonLine({ text: `a${text}b` }));
  }
});

Deno.test("toJsonText() writes that there is no text", () => {
  assertEquals([toJsonText(null), toJsonText("")], ["null", '""']);
});
