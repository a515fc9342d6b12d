import { assert, assertEquals, assertMatch } from "@std/assert";

import { qrText } from "../../../lib/cli/qr_text.ts";
import { qrCode } from "../../../lib/qr_code.ts";
import { readQr, squaresOfText } from "../../_support/qr.ts";

const URLS = [
  { url: "http://192.168.1.23:8000/" },
  { url: "http://10.0.0.1/" },
  { url: "https://[2001:db8:1234:5678:9abc:def0:1234:5678]:65535/" },
];

// deno-lint-ignore no-control-regex -- colours begin with a control
const COLORS = /^\x1b\[38;5;16;48;5;231m([^\x1b]*)\x1b\[0m$/;

Deno.test.each(URLS)("qrText() of $url in colours is read", ({ url }) => {
  const code = qrCode(url);
  assert(code !== null);

  const lines = qrText(code, { color: true }).split("\n")
    .map((line) => COLORS.exec(line)?.[1] ?? "");

  // Black on white, whatever the terminal has.
  assertEquals(readQr(squaresOfText(lines, "dark on light")), url);
});

Deno.test.each(URLS)(
  "qrText() of $url without colours is read where text is light",
  ({ url }) => {
    const code = qrCode(url);
    assert(code !== null);

    const text = qrText(code, { color: false });

    assertMatch(text, /^[█▀▄ \n]+$/);
    const squares = squaresOfText(text.split("\n"), "light on dark");
    assertEquals(readQr(squares), url);
  },
);

Deno.test("qrText() has a light margin of four squares on each side", () => {
  const lines = qrText([[true]], { color: true }).split("\n")
    .map((line) => COLORS.exec(line)?.[1]);

  assertEquals(lines, [
    "         ",
    "         ",
    "    ▀    ",
    "         ",
    "         ",
  ]);
});
