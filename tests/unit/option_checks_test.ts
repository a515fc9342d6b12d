import { assertEquals } from "@std/assert";

import {
  CACHE_LIMIT_SECONDS,
  checkCache,
  checkHeader,
  checkTheme,
  checkTitle,
  THEMES,
  TITLE_LIMIT_CHARACTERS,
} from "../../lib/option_checks.ts";

Deno.test.each<{ name: string; value: string }>([
  { name: "X-Robots-Tag", value: "noindex" },
  { name: "x-empty", value: "" },
  { name: "x-tab", value: "a\tb" },
  { name: "x-latin-1", value: "Straße \xff" },
  // RFC 9110 section 5.6.2: every character that a token may have.
  { name: "!#$%&'*+-.^_`|~09azAZ", value: "x" },
  { name: "cache-control", value: "no-store" },
  { name: "content-type", value: "text/plain" },
])("checkHeader() accepts $name: $value", ({ name, value }) => {
  assertEquals(checkHeader(name, value), undefined);
});

Deno.test.each<{ name: string }>([
  { name: "connection" },
  { name: "Content-Length" },
  { name: "CONTENT-RANGE" },
  { name: "Date" },
  { name: "trailer" },
  { name: "Transfer-Encoding" },
  { name: "upgrade" },
])("checkHeader() refuses $name, which the server writes", ({ name }) => {
  assertEquals(
    checkHeader(name, "x"),
    `Cannot set the header "${name}": the server writes it itself`,
  );
});

Deno.test.each<{ name: string }>([
  { name: "" },
  { name: "a b" },
  { name: "a:" },
  { name: "é" },
  { name: "a\n" },
  { name: "(a)" },
  { name: " a" },
])("checkHeader() refuses the name '$name', which is no token", ({ name }) => {
  assertEquals(
    checkHeader(name, "x"),
    `Cannot use "${name}" as a header name: use letters, digits and hyphens`,
  );
});

Deno.test.each<{ value: string }>([
  { value: "a\nb: c" },
  { value: "a\rb" },
  { value: "a\0" },
  { value: "\x1b[31m" },
  { value: "\x7f" },
])("checkHeader() refuses control characters in a value", ({ value }) => {
  assertEquals(
    checkHeader("x", value),
    `Cannot use "${value}" as the value of the header "x": ` +
      "leave out line breaks and control characters",
  );
});

Deno.test("checkHeader() refuses what is not Latin-1 in a value", () => {
  assertEquals(
    checkHeader("x", "10 €"),
    'Cannot use "10 €" as the value of the header "x": ' +
      "a header carries Latin-1 characters only, so encode the others",
  );
});

Deno.test("checkHeader() accepts exactly what the runtime can send", () => {
  for (let code = 0; code < 0x180; code++) {
    const value = `a${String.fromCharCode(code)}b`;
    if (checkHeader("x", value) === undefined) {
      assertEquals(new Headers({ x: value }).get("x"), value);
    }
  }
});

Deno.test.each<{ seconds: number }>([
  { seconds: 0 },
  { seconds: 3600 },
  { seconds: CACHE_LIMIT_SECONDS },
])("checkCache() accepts $seconds", ({ seconds }) => {
  assertEquals(checkCache(seconds), undefined);
});

Deno.test.each<{ seconds: number }>([
  { seconds: -1 },
  { seconds: 1.5 },
  { seconds: NaN },
  { seconds: Infinity },
  { seconds: CACHE_LIMIT_SECONDS + 1 },
])("checkCache() refuses $seconds", ({ seconds }) => {
  assertEquals(
    checkCache(seconds),
    `Cannot use "${seconds}" as cache seconds: ` +
      "give a whole number from 0 to 2147483648",
  );
});

Deno.test.each<{ title: string }>([
  { title: "Holiday" },
  { title: `<b>"Tom's" & co</b>` },
  { title: "日本 🎉 שלום" },
  { title: "🎉".repeat(TITLE_LIMIT_CHARACTERS) },
])("checkTitle() accepts '$title'", ({ title }) => {
  assertEquals(checkTitle(title), undefined);
});

Deno.test.each<{ about: string; title: string; wrong: string }>([
  {
    about: "nothing",
    title: "",
    wrong: 'Cannot use "" as a title: give at least one letter',
  },
  {
    about: "white space",
    title: " \u2003",
    wrong: 'Cannot use " \u2003" as a title: give at least one letter',
  },
  ...["a\nb", "\x1b[31m", "a\x7f", "a\x85", "\u2028b", "\u202eb", "\ud800"].map(
    (title) => ({
      about: JSON.stringify(title),
      title,
      wrong: `Cannot use "${title}" as a title: ` +
        "leave out line breaks and control characters",
    }),
  ),
  {
    about: "a long text",
    title: "a".repeat(TITLE_LIMIT_CHARACTERS + 1),
    wrong: "Cannot use a title of 201 characters: give at most 200",
  },
])("checkTitle() refuses $about", ({ title, wrong }) => {
  assertEquals(checkTitle(title), wrong);
});

Deno.test("checkTheme() accepts every theme and nothing else", () => {
  assertEquals(THEMES.map(checkTheme), THEMES.map(() => undefined));
  assertEquals(
    checkTheme("constructor"),
    'Cannot use "constructor" as a theme: give one of auto, light, dark',
  );
});
