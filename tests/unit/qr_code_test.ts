import { assert, assertEquals } from "@std/assert";

import {
  MARGIN_SQUARES,
  QR_TEXT_BYTES_MAX,
  type QrCode,
  qrCode,
} from "../../lib/qr_code.ts";
import { readQr, type Squares } from "../_support/qr.ts";

function withMargin(code: QrCode): Squares {
  const sides = Array(MARGIN_SQUARES).fill(false);
  const rows = code.map((row) => [...sides, ...row, ...sides]);
  const empty = Array(code.length + 2 * MARGIN_SQUARES).fill(false);
  return [
    ...Array(MARGIN_SQUARES).fill(empty),
    ...rows,
    ...sides.map(() => empty),
  ];
}

Deno.test.each<{ text: string }>([
  { text: "http://192.168.1.23:8000/" },
  { text: "https://[2001:db8:1234:5678:9abc:def0:1234:5678]:65535/" },
  { text: "http://10.0.0.1/a%20b/%E6%97%A5%E6%9C%AC/" },
  { text: "é日本" },
  { text: "x" },
])("qrCode() makes of $text what a reader reads", ({ text }) => {
  const code = qrCode(text);

  assert(code !== null);
  assertEquals(readQr(withMargin(code)), text);
});

Deno.test("qrCode() makes what a reader reads for every length of a URL", () => {
  for (let length = 20; length <= QR_TEXT_BYTES_MAX; length += 23) {
    const text = "http://192.168.1.23/".padEnd(length, "%41-x~/");
    const code = qrCode(text);

    assert(code !== null);
    assertEquals(readQr(withMargin(code)), text);
  }
});

Deno.test("qrCode() makes none of text that is too long", () => {
  const longest = "a".repeat(QR_TEXT_BYTES_MAX);

  assertEquals(qrCode(longest)?.length, 73);
  assertEquals(qrCode(`${longest}a`), null);
  // Bytes count, not letters.
  assertEquals(qrCode("é".repeat(QR_TEXT_BYTES_MAX / 2 + 1)), null);
});
