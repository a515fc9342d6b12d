import { assertEquals, assertMatch } from "@std/assert";

import type { MarkdownToken } from "../../../lib/pages/markdown_elements.ts";
import { createMarkdownWriter } from "../../../lib/pages/markdown_writer.ts";

function tokenOf(
  type: string,
  more: Partial<MarkdownToken> = {},
): MarkdownToken {
  const nesting = type.endsWith("_open") ? 1 : type.endsWith("_close") ? -1 : 0;
  return {
    type,
    tag: "",
    nesting,
    content: "",
    children: null,
    hidden: false,
    attrGet: () => null,
    ...more,
  };
}

const text = (content: string) => tokenOf("text", { content });

function write(...tokens: readonly MarkdownToken[]): string {
  const writer = createMarkdownWriter();
  tokens.forEach(writer.add);
  return String(writer.end());
}

function heading(level: number, ...inside: readonly MarkdownToken[]) {
  const tag = `h${level}`;
  return [
    tokenOf("heading_open", { tag }),
    tokenOf("inline", { children: inside }),
    tokenOf("heading_close", { tag }),
  ];
}

function levelsOf(levels: readonly number[]): readonly string[] {
  const page = write(...levels.flatMap((level) => heading(level, text("x"))));
  return [...page.matchAll(/<h(\d) id/g)].map(([, level]) => level ?? "");
}

Deno.test.each<[number[], number[]]>([
  [[1, 2, 3], [3, 4, 5]],
  [[2, 3, 2], [3, 4, 3]],
  [[1, 4, 2, 6], [3, 4, 4, 5]],
  [[3, 1, 2], [3, 3, 4]],
  [[1, 2, 3, 4, 5, 6], [3, 4, 5, 6, 6, 6]],
])("createMarkdownWriter() writes headings %o as %o", (levels, written) => {
  assertEquals(levelsOf(levels).map(Number), written);
});

Deno.test("createMarkdownWriter() gives each heading a name of its own", () => {
  const page = write(
    ...heading(1, text("Get it!"), tokenOf("code_inline", { content: "a_b" })),
    ...heading(1, text("a")),
    ...heading(1, text("a-1")),
    ...heading(1, text("a")),
    ...heading(1, text("A")),
    ...heading(1, text('"<>')),
    ...heading(1, text("?")),
    ...heading(1, text("\u65e5\u672c")),
  );

  assertEquals([...page.matchAll(/id="([^"]*)"/g)].map(([, id]) => id), [
    "readme-get-ita_b",
    "readme-a",
    "readme-a-1",
    "readme-a-2",
    "readme-a-3",
    "readme-",
    "readme--1",
    "readme-\u65e5\u672c",
  ]);
});

Deno.test("createMarkdownWriter() writes no heading that says nothing", () => {
  assertEquals(write(...heading(1), ...heading(2, text(" "))), "");
});

Deno.test.each<[string, readonly MarkdownToken[], string]>([
  ["text", [text("<script>&'\"")], "&lt;script&gt;&amp;&#39;&quot;"],
  [
    "code",
    [tokenOf("code_inline", { content: "</code>" })],
    "<code>&lt;/code&gt;</code>",
  ],
  [
    "a block of code",
    [tokenOf("fence", { content: "\n</pre>\n" })],
    '<pre tabindex="0"><code>\n&lt;/pre&gt;\n</code></pre>',
  ],
  ["breaks", [tokenOf("softbreak"), tokenOf("hardbreak")], "\n<br>"],
  ["a rule", [tokenOf("hr")], "<hr>"],
  ["a tag", [tokenOf("html_inline", { content: "<img src=x onerror=a>" })], ""],
  ["a break in HTML", [tokenOf("html_inline", { content: "<br />" })], "<br>"],
  [
    "HTML",
    [tokenOf("html_block", { content: "<p onclick=a>b &lt;i&gt;</p>" })],
    "<p>b &amp;lt;i&amp;gt;</p>",
  ],
  [
    "HTML without text",
    [tokenOf("html_block", { content: "<!-- a -->\n" })],
    "",
  ],
  ["what is unknown", [tokenOf("form", { content: "<form>" })], ""],
  ["an end without a beginning", [tokenOf("em_close"), text("a")], "a"],
  ["a beginning without an end", [tokenOf("em_open"), text("a")], "<em>a</em>"],
])("createMarkdownWriter() writes %s", (_, tokens, markup) => {
  assertEquals(write(...tokens), markup);
});

Deno.test.each([
  ["[ ] a", "To do", "\u2610</span> a"],
  ["[x] a", "Done", "\u2611</span> a"],
  ["[X]  a", "Done", "\u2611</span> a"],
])("createMarkdownWriter() marks the task %s as %s", (words, name, end) => {
  const page = write(
    tokenOf("list_item_open"),
    tokenOf("paragraph_open", { hidden: true }),
    text(words),
  );

  assertMatch(page, /^<li><span class="task" role="img" /);
  assertEquals(page.split(`aria-label="${name}">`)[1], `${end}</li>`);
});

Deno.test("createMarkdownWriter() marks no task but at the start of an item", () => {
  assertEquals(
    write(
      tokenOf("list_item_open"),
      tokenOf("paragraph_open"),
      text("a "),
      text("[x] b"),
    ),
    "<li><p>a [x] b</p></li>",
  );
  assertEquals(write(tokenOf("paragraph_open"), text("[x] b")), "<p>[x] b</p>");
});

Deno.test("createMarkdownWriter() puts no link into a link", () => {
  const image = tokenOf("image", {
    content: "badge",
    attrGet: (name) => name === "src" ? "https://a.example/b.svg" : null,
  });
  const link = tokenOf("link_open", {
    tag: "a",
    attrGet: (name) => name === "href" ? "c" : null,
  });

  const page = write(link, image, tokenOf("link_close", { tag: "a" }));

  assertEquals(page.match(/<a /g)?.length, 1);
  assertMatch(page, />badge<\/a>$/);
});
