import { assertEquals } from "@std/assert";

import { html } from "../../../lib/pages/html.ts";
import {
  elementOf,
  imageOf,
  type MarkdownToken,
  NOTHING,
} from "../../../lib/pages/markdown_elements.ts";

function tokenOf(
  type: string,
  attributes: Record<string, string | number> = {},
  more: Partial<MarkdownToken> = {},
): MarkdownToken {
  return {
    type,
    tag: "",
    nesting: 1,
    content: "",
    children: null,
    hidden: false,
    attrGet: (name) => attributes[name] ?? null,
    ...more,
  };
}

const SOME = { markup: html`<b>x</b>`, text: "x" };
const NONE = { markup: NOTHING, text: " " };
/** Without the spaces that are left where an attribute is missing. */
function tidy(markup: unknown): string {
  return String(markup).replaceAll(/ +(?=[ >])/g, "");
}

const REL = 'rel="noopener noreferrer nofollow"';

Deno.test.each<[string, MarkdownToken, string]>([
  ["paragraph", tokenOf("paragraph_open"), "<p><b>x</b></p>"],
  [
    "paragraph of a tight list",
    tokenOf("paragraph_open", {}, { hidden: true }),
    "<b>x</b>",
  ],
  ["quote", tokenOf("blockquote_open"), "<blockquote><b>x</b></blockquote>"],
  ["list", tokenOf("bullet_list_open"), "<ul><b>x</b></ul>"],
  ["numbered list", tokenOf("ordered_list_open"), "<ol><b>x</b></ol>"],
  [
    "numbered list from 7",
    tokenOf("ordered_list_open", { start: 7 }),
    '<ol start="7"><b>x</b></ol>',
  ],
  [
    "numbered list from a text",
    tokenOf("ordered_list_open", { start: '"><script>' }),
    "<ol><b>x</b></ol>",
  ],
  ["struck text", tokenOf("s_open"), "<del><b>x</b></del>"],
  [
    "cell",
    tokenOf("td_open", { style: "text-align:right" }),
    '<td class="right"><b>x</b></td>',
  ],
  [
    "cell with another style",
    tokenOf("td_open", { style: "position:fixed" }),
    '<td class="left"><b>x</b></td>',
  ],
  [
    "heading of a column",
    tokenOf("th_open"),
    '<th scope="col" class="left"><b>x</b></th>',
  ],
  ["unknown part", tokenOf("script_open"), "<b>x</b>"],
  ["name of an object", tokenOf("constructor_open"), "<b>x</b>"],
])("elementOf() writes a %s", (_, token, markup) => {
  assertEquals(String(elementOf(token, SOME)), markup);
});

Deno.test("elementOf() writes no heading that says nothing", () => {
  assertEquals(
    String(elementOf(tokenOf("th_open"), NONE)),
    '<td class="left"></td>',
  );
});

Deno.test.each<[Record<string, string>, string]>([
  [{ href: "a.md" }, '<a href="./a.md"><b>x</b></a>'],
  [
    { href: "a.md", title: `"'><` },
    '<a href="./a.md" title="&quot;&#39;&gt;&lt;"><b>x</b></a>',
  ],
  [{ href: "http://a/" }, `<a href="http://a/" ${REL}><b>x</b></a>`],
  [{ href: "javascript:alert(1)" }, "<b>x</b>"],
  [{ href: "data:text/html,x" }, "<b>x</b>"],
])("elementOf() of a link with %o is %s", (attributes, markup) => {
  const element = elementOf(tokenOf("link_open", attributes), SOME);

  assertEquals(tidy(element), markup);
});

Deno.test("elementOf() shows where a link without a text leads", () => {
  const element = elementOf(tokenOf("link_open", { href: "a.md" }), NONE);

  assertEquals(
    tidy(element),
    '<a href="./a.md">./a.md</a>',
  );
});

Deno.test.each<["text" | "link", string, string]>([
  ["text", "a.png", '<img src="./a.png" alt="A &quot;" loading="lazy">'],
  ["link", "a.png", '<img src="./a.png" alt="A &quot;" loading="lazy">'],
  ["text", "/a.png", '<img src="/a.png" alt="A &quot;" loading="lazy">'],
  // SECURITY: nothing is asked of another host, and no work is started here.
  ["text", "http://a/b.png", `<a href="http://a/b.png" ${REL}>A &quot;</a>`],
  ["text", "//a/b.png", `<a href="https://a/b.png" ${REL}>A &quot;</a>`],
  ["link", "http://a/b.png", "A &quot;"],
  ["text", "./?archive=zip", '<a href="././?archive=zip">A &quot;</a>'],
  ["text", "#a", '<a href="#readme-a">A &quot;</a>'],
  ["text", "data:image/png;base64,AA", "A &quot;"],
  ["text", "javascript:alert(1)", "A &quot;"],
])("imageOf() in a %s from %s is %s", (place, src, markup) => {
  const token = tokenOf("image", { src }, { content: 'A "' });

  assertEquals(tidy(imageOf(token, place).markup), markup);
});

Deno.test("imageOf() takes the words of what stands for the image", () => {
  const children = [
    tokenOf("em_open"),
    tokenOf("text", {}, { content: "a" }),
    tokenOf("softbreak"),
    tokenOf("image", {}, {
      children: [tokenOf("text", {}, { content: "b" })],
    }),
  ];

  const image = imageOf(tokenOf("image", { src: "i" }, { children }), "text");

  assertEquals(image.text, "a b");
});

Deno.test("imageOf() has a word for a link to an image that has none", () => {
  const image = imageOf(tokenOf("image", { src: "http://a/" }), "link");

  assertEquals(image, { markup: html`Image`, text: "Image" });
});
