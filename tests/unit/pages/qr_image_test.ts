import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import { qrImage } from "../../../lib/pages/qr_image.ts";
import { qrCode } from "../../../lib/qr_code.ts";
import { readQr, squaresOfSvg } from "../../_support/qr.ts";

const URL = "http://192.168.1.23:8000/a%20b/";

Deno.test("qrImage() draws what a reader reads, with a margin of four squares", () => {
  const code = qrCode(URL);
  assert(code !== null);

  const squares = squaresOfSvg(String(qrImage(code, URL)));

  assertEquals(squares.length, code.length + 8);
  assertEquals(squares.slice(4, -4).map((row) => row.slice(4, -4)), code);
  assertEquals(readQr(squares), URL);
});

Deno.test("qrImage() escapes its label", () => {
  const svg = String(qrImage([[true]], `<b>&"'`));

  assertStringIncludes(svg, "<title>&lt;b&gt;&amp;&quot;&#39;</title>");
});

Deno.test("qrImage() draws rows with and without dark squares", () => {
  const svg = String(qrImage([
    [false, false, false],
    [true, true, false],
    [true, false, true],
  ], "x"));

  assertStringIncludes(svg, ` d="M4 5h2v1h-2zM4 6h1v1h-1zM6 6h1v1h-1z"`);
});
