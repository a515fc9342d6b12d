import { assert, assertEquals, assertThrows } from "@std/assert";

import {
  html,
  scriptElement,
  styleElement,
  visibleName,
} from "../../../lib/pages/html.ts";

Deno.test.each([
  ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
  [`" onclick="x`, "&quot; onclick=&quot;x"],
  ["' onclick='x", "&#39; onclick=&#39;x"],
  ["a & b", "a &amp; b"],
  ["&lt;", "&amp;lt;"],
  // A browser would read it as a newline.
  ["a\rb", "a&#13;b"],
  // A terminal would do as it is told.
  ["\x1b[31m\x7f\0", "&#27;[31m&#127;&#0;"],
  ["a\tb\nc", "a\tb\nc"],
  ["", ""],
])("html() escapes %j", (value, expected) => {
  assertEquals(String(html`<p>${value}</p>`), `<p>${expected}</p>`);
  assertEquals(String(html`<p a="${value}">`), `<p a="${expected}">`);
});

Deno.test("html() takes numbers, markup and lists of markup", () => {
  const items = ["a", "<b>"].map((name) => html`<li>${name}</li>`);

  const list = html`<ul>${items}</ul>${3}`;

  assertEquals(
    String(html`<nav>${list}</nav>`),
    "<nav><ul><li>a</li>\n<li>&lt;b&gt;</li></ul>3</nav>",
  );
});

Deno.test("html() escapes an object that only looks like markup", () => {
  const markup: unknown = { toString: () => "<b>" };

  // @ts-expect-error: nothing but the tag makes markup
  const page = html`${markup}`;

  assert(!String(page).includes("<b>"));
});

Deno.test("html() leaves the indentation of the source out", () => {
  const page = html`
    <p>
      ${"  kept\n  as it is "}
    </p>
  `;

  assertEquals(String(page), "<p>\n  kept\n  as it is \n</p>");
});

Deno.test("styleElement() leaves the style sheet as it is", () => {
  const css = `a > b::after{content:"&"}`;

  assertEquals(String(styleElement(css)), `<style>${css}</style>`);
});

Deno.test("styleElement() refuses text that ends the element", () => {
  assertThrows(() => styleElement("</STYLE><p>"), TypeError, "style sheet");
});

Deno.test("scriptElement() leaves the script as it is", () => {
  const code = 'a && b < c; // "d"';

  assertEquals(String(scriptElement(code)), `<script>${code}</script>`);
});

Deno.test.each(["</script>", "a </SCRIPT", "<!-- <script>"])(
  "scriptElement() refuses %s, in which it would not end where it should",
  (code) => {
    assertThrows(() => scriptElement(code), TypeError, "script");
  },
);

Deno.test.each([
  ["plain.txt", "plain.txt"],
  ["two\nlines", "two␊lines"],
  ["a\tb\r\x1b[31m\x00", "a␉b␍␛[31m␀"],
  ["\x7f\x85", "␡[U+0085]"],
  ["cod\u202Egpj.exe", "cod[U+202E]gpj.exe"],
  ["a\u2066b\u2069", "a[U+2066]b[U+2069]"],
  ["a\u2028b", "a[U+2028]b"],
  ["\uFFFF\u{1FFFE}", "[U+FFFF][U+1FFFE]"],
  // Half a pair, as a disk can hold it.
  ["\uD800x", "\uFFFDx"],
  // A name that would leave the link without anything to see.
  ["  ", "␣␣"],
  [" a ", " a "],
  // What scripts need stays: joiners and marks, and text from right to left.
  ["می\u200Cخواهم", "می\u200Cخواهم"],
  ["קובץ.txt", "קובץ.txt"],
  ["👩‍🚀", "👩‍🚀"],
])("visibleName() shows %j", (name, expected) => {
  assertEquals(visibleName(name), expected);
});
