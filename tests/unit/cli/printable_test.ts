import { assertEquals } from "@std/assert";

import { toPrintable } from "../../../lib/cli/printable.ts";

Deno.test.each<{ what: string; text: string; printed: string }>([
  { what: "line break", text: "a\nb\r", printed: String.raw`a\x0ab\x0d` },
  { what: "escape", text: "\x1b[2J", printed: String.raw`\x1b[2J` },
  { what: "NUL and DEL", text: "\0\x7f", printed: String.raw`\x00\x7f` },
  { what: "C1 control", text: "\x9b31m", printed: String.raw`\x9b31m` },
  { what: "line separator", text: "\u2028", printed: String.raw`\u2028` },
  {
    what: "direction override",
    text: "a\u202etxt",
    printed: String.raw`a\u202etxt`,
  },
  { what: "lone surrogate", text: "\ud800", printed: String.raw`\ud800` },
  { what: "tab", text: "\t", printed: String.raw`\x09` },
])("toPrintable() escapes a $what", ({ text, printed }) => {
  assertEquals(toPrintable(text), printed);
});

Deno.test("toPrintable() leaves names of any script as they are", () => {
  const text = String.raw`C:\Users "é" 日本 שלום 🎉 ~/a b`;

  assertEquals(toPrintable(text), text);
});
