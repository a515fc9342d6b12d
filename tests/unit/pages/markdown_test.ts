import { assert, assertEquals, assertNotMatch } from "@std/assert";

import { loadMarkdown } from "../../../lib/pages/markdown.ts";

const markdown = await loadMarkdown();

function write(text: string): { markup: string; steps: number } {
  const steps = markdown(text);
  for (let count = 1;; count++) {
    const { done, value } = steps.next();
    if (done === true) return { markup: String(value), steps: count };
  }
}

Deno.test.each([
  ["", ""],
  ["\n\n", ""],
  [
    "*a* **b** ~~c~~ `d`",
    "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>",
  ],
  ["a\r\nb\rc", "<p>a\nb\nc</p>"],
  ["a\0b", "<p>a\ufffdb</p>"],
  ["a\\\nb", "<p>a<br>\nb</p>".replace("\n", "")],
  ["- a\n- b\n\nc", "<ul><li>a</li><li>b</li></ul><p>c</p>"],
  ["- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"],
  ["3. a", '<ol start="3"><li>a</li></ol>'],
  [
    "> a\n> > b",
    "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>",
  ],
  ["# a\n## b", '<h3 id="readme-a">a</h3><h4 id="readme-b">b</h4>'],
  ["a &amp; &lt; &copy; \\*", "<p>a &amp; &lt; \u00a9 *</p>"],
  ["<b>a</b> <!-- c -->d", "<p>a d</p>"],
  ["<p align=center>\na\n</p>\n\nb", "<p>a</p><p>b</p>"],
  ["see readme.md or a@b.example", "<p>see readme.md or a@b.example</p>"],
])("loadMarkdown() of %j is %s", (source, markup) => {
  assertEquals(write(source).markup, markup);
});

Deno.test("loadMarkdown() finds an address that is told below the link", () => {
  const { markup } = write('[a] ![b][a]\n\n[a]: c "d"');

  assertEquals(
    markup.replaceAll("  ", " "),
    '<p><a href="./c" title="d">a</a> <img src="./c" alt="b" loading="lazy" title="d"></p>',
  );
});

Deno.test("loadMarkdown() makes links of bare addresses", () => {
  const { markup } = write(
    "See https://a.example/b?c=<d>, (http://e.example).",
  );

  assertEquals(
    [...markup.matchAll(/href="([^"]*)"/g)].map(([, href]) => href),
    ["https://a.example/b?c=", "http://e.example/"],
  );
});

const HOSTILE = [
  "<script>alert(1)</script>",
  "a <img src=x onerror=alert(1)> b",
  "[a](javascript:alert(1))",
  "[a](JAVASCRIPT&colon;alert(1))",
  "[a](java\nscript:alert(1))",
  "[a](&#106;avascript:alert(1))",
  "[a](vbscript:x) [b](data:text/html,<script>alert(1)</script>)",
  "<javascript:alert(1)>",
  "[a]: javascript:alert(1)\n\n[a]",
  '[a](b "\\" onmouseover=alert(1) c=\\"")',
  '[a](<b"onclick=alert(1) c=">)',
  '![a](b "\\" onerror=alert(1)")',
  '![" onerror=alert(1) a="](b)',
  "![a](data:image/svg+xml,<svg/onload=alert(1)>)",
  '```"><script>alert(1)</script>\na\n```',
  '# " onclick=alert(1) id="',
  "|a|\n|-|\n|<td onclick=alert(1)>|",
  "`<script>alert(1)</script>`",
  "    <script>alert(1)</script>",
  "<svg/onload=alert(1)>\n\n<style>*{display:none}</style>",
  '<a href="javascript:alert(1)">a</a> <form action=//evil><input>',
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  '[x](http://a.example/"onmouseover="alert(1))',
  'https://a.example/"onmouseover="alert(1)',
];

Deno.test.each(HOSTILE)(
  "loadMarkdown() makes nothing that acts of %j",
  (source) => {
    const { markup } = write(source);

    // Tags as they are written, with what is in quotes left out.
    const tags = markup.match(/<[^>]*>/g) ?? [];
    for (const tag of tags) {
      assertNotMatch(tag.replaceAll(/"[^"]*"/g, '""'), /\son\w+|\sstyle/i, tag);
      assertNotMatch(tag, /<\/?(?:script|style|svg|form|input|iframe)/i);
      assertNotMatch(
        tag,
        /(?:href|src)="(?!\.\/|\/(?!\/)|#readme-|https?:|mailto:)/,
      );
      assertNotMatch(tag, /src="(?!\.\/|\/(?!\/))/);
    }
  },
);

Deno.test("loadMarkdown() leaves a text that takes too long as it is", () => {
  assertEquals(write(`*${"a".repeat(4_094)}*`).markup.slice(0, 7), "<p><em>");
  assertEquals(
    write(`*${"a".repeat(4_095)}*`).markup,
    `<p>*${"a".repeat(4_095)}*</p>`,
  );
});

Deno.test.each([
  ["quotes", `${">".repeat(30_000)} a`],
  ["lists", `${"- ".repeat(30_000)} a`],
  ["brackets", "[".repeat(4_096)],
  ["links in links", "[a](".repeat(1_000)],
  ["stars", "*a **b ".repeat(580)],
  ["comments", "<!--".repeat(1_000)],
])("loadMarkdown() comes to an end with many %s", (_, source) => {
  assert(write(source).markup.length < 10 * source.length);
});

Deno.test("loadMarkdown() pauses after each part", () => {
  const parts = 500;

  // Each is found, and then written.
  assert(write("a\n\n".repeat(parts)).steps >= 2 * parts);
});
