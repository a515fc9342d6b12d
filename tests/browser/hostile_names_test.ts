import { assert, assertEquals } from "@std/assert";

import { visibleName } from "../../lib/pages/html.ts";
import { createStage, PWN } from "./_hostile.ts";

const NAMES: readonly string[] = [
  // Markup.
  `<script>${PWN}<`,
  "<script>window.__pwned=1<\\script>",
  `<img src=x onerror=${PWN}>`,
  `"><img src=x onerror=${PWN}>`,
  `' onmouseover='${PWN}' x='`,
  `" autofocus onfocus="${PWN}" x="`,
  `<svg onload=${PWN}>`,
  "<!--",
  "-->",
  "]]>",
  "<\u2044script><\u2044style><\u2044title>",
  "<title>",
  "<base href=x>",
  "<meta http-equiv=refresh content=0>",
  "&amp;",
  "&lt;script&gt;",
  "&#x3c;img src=x&#x3e;",
  // Addresses.
  `javascript:${PWN}`,
  "data:text,<script>",
  "vbscript:x",
  "\\\\evil.example",
  "\\evil.example\\x",
  "http:",
  "https:evil.example",
  "mailto:a@b.example",
  "@evil.example",
  "?q=1&show=x",
  "#h",
  "%2e%2e",
  "%2e%2e%2fetc%2fpasswd",
  "%00",
  "%",
  "..hidden",
  "...",
  "a;b|c&d",
  // For scripts and templates.
  "`${window.__pwned=1}`",
  "${alert(1)}{{7*7}}<%=1%>",
  "__proto__",
  "constructor",
  "'\\'\"\\\"",
  "[a](javascript:alert(1))",
  "*a* _b_ `c` | d",
  // What cannot be seen, or changes what surrounds it.
  "two\nlines",
  "\r\n\t tab",
  "\u001b[31mred\u0007\u0008",
  "c1\u0085\u009b31m\u007f",
  "cod\u202Egpj.exe",
  "\u2066isolate\u2067 no end",
  "\u200Fmark\u200E",
  "\u200D\u200C\uFEFFzero",
  "line\u2028and\u2029paragraph",
  "\u05e9\u05dc\u05d5\u05dd.txt",
  "\u{1F469}\u200D\u{1F680}\u{1F3F4}\u200D\u2620\uFE0F",
  "\u00e9",
  "e\u0301",
  "\uFF1Cscript\uFF1E",
  "  blanks  ",
  "\u00a0",
  // For systems and shells.
  "-rf",
  "--help",
  "con.txt",
  "nul",
  "~",
  "x".repeat(255),
  "\u65e5".repeat(85),
  "$(touch pwned)",
  "*",
];

const stage = createStage(Object.fromEntries(
  NAMES.map((name, index) => [`${index}/${name}/${name}`, `bytes of ${index}`]),
));

Deno.test("there are at least thirty hostile names, none of them twice", () => {
  assert(NAMES.length >= 30);
  assertEquals(new Set(NAMES).size, NAMES.length);
});

const LINK = "tbody:not(.top) th a";

for (const [index, name] of NAMES.entries()) {
  const about = JSON.stringify(name).slice(0, 60);
  stage.test(`the name ${about} does nothing but lead there`, async (visit) => {
    const { page } = visit;
    const shown = visibleName(name);

    await visit.goto(`/${index}/`);
    assertEquals(await visit.textsOf(`${LINK} bdi`), [shown]);
    await visit.assertHarmless(`Index of /${index}/`);

    // A folder of that name, with a file of that name.
    await page.click(LINK);
    await page.waitForURL((url) => url.pathname.split("/").length === 4);
    assertEquals(await visit.textsOf(`h1, ${LINK} bdi`), [shown, shown]);
    assertEquals(await visit.follow(LINK), {
      status: 200,
      redirected: false,
      text: `bytes of ${index}`,
    });
    // A browser makes one of the blanks in a title.
    const blanks = /[\t\n\f\r ]+/g;
    await visit.assertHarmless(
      `Index of /${index}/${shown}/`.replaceAll(blanks, " "),
    );
  });
}
