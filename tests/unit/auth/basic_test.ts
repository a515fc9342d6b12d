import { assertEquals } from "@std/assert";

import { FIELD_LIMIT, parseBasic } from "../../../lib/auth/basic.ts";

/** The field of a pair, as a client that speaks UTF-8 sends it. */
function fieldOf(pair: string): string {
  return `Basic ${
    btoa(String.fromCharCode(...new TextEncoder().encode(pair)))
  }`;
}

Deno.test.each<{ field: string; name: string; password: string }>([
  // The examples of RFC 7617 sections 2 and 2.1.
  {
    field: "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
    name: "Aladdin",
    password: "open sesame",
  },
  { field: "Basic dGVzdDoxMjPCow==", name: "test", password: "123£" },
  // RFC 9110 section 11.1: a scheme has no case; section 11.4: 1*SP.
  { field: "bAsIc   YTpi", name: "a", password: "b" },
  // RFC 7617 section 2: the first colon ends the name.
  { field: fieldOf("a:b:c:"), name: "a", password: "b:c:" },
  { field: fieldOf("a::"), name: "a", password: ":" },
  { field: fieldOf(" a : b "), name: " a ", password: " b " },
  { field: fieldOf("日本:😀"), name: "日本", password: "😀" },
  { field: fieldOf("a:\ufeffb"), name: "a", password: "\ufeffb" },
  // The name in Normalization Form C; the derivation does it for the password.
  { field: fieldOf("e\u0301:b"), name: "\u00e9", password: "b" },
])("parseBasic() finds $name in $field", ({ field, name, password }) => {
  assertEquals(parseBasic(field), { kind: "credentials", name, password });
});

Deno.test.each([
  "",
  "Basic",
  "Basic ",
  "Basic  ",
  " Basic YTpi",
  "BasicYTpi",
  "Basic\tYTpi",
  "Basic YTpi ",
  "Basic YTpi\n",
  "Bearer YTpi",
  'Digest username="a"',
  // Two fields come as one.
  "Basic YTpi, Basic YTpi",
  "Basic YTpi,",
  // RFC 4648: no space, no other alphabet, padding as it has to be.
  "Basic YT pi",
  "Basic YTo_",
  "Basic YTpi=",
  "Basic YTpiYw",
  "Basic YTpiYw=",
  "Basic YTpiYw===",
  "Basic YTpi====",
  "Basic =YTp",
  "Basic YTpiY",
  // Bits that stand for nothing are not zero.
  "Basic YTpiYx==",
  // No colon, no name, no password.
  fieldOf("a"),
  fieldOf(":b"),
  fieldOf("a:"),
  fieldOf(":"),
  // RFC 7617 section 2: no control characters.
  fieldOf("a:b\0"),
  fieldOf("a\n:b"),
  fieldOf("a:b\x7f"),
  fieldOf("a:b\x85"),
  // Latin-1 is not UTF-8; nor are surrogates and overlong forms.
  `Basic ${btoa("a:\xe9")}`,
  `Basic ${btoa("a:\xed\xa0\x80")}`,
  `Basic ${btoa("a:\xc0\xaf")}`,
  `Basic ${"YTpi".repeat(FIELD_LIMIT / 4)}`,
])("parseBasic() takes %j for nobody's", (field) => {
  assertEquals(parseBasic(field), { kind: "malformed" });
});

Deno.test("parseBasic() takes names and passwords of 1 KiB", () => {
  const [name, password] = ["n".repeat(1_024), "p".repeat(1_024)];

  assertEquals(parseBasic(fieldOf(`${name}:${password}`)), {
    kind: "credentials",
    name,
    password,
  });
});
