import { assertEquals } from "@std/assert";

import {
  CACHE_LIMIT_SECONDS,
  checkCache,
  checkHeader,
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
