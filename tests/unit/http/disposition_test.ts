import { assertEquals, assertMatch } from "@std/assert";

import { attachment } from "../../../lib/http/disposition.ts";

const A_254_BYTES = "\u00fc".repeat(127);

Deno.test.each([
  "a.txt",
  "a b;c,d=e.txt",
  "It's (1) ~!#$&+-.^_`|{}<>@[]:?*.txt",
  ".bashrc",
  " a ",
  "x".repeat(255),
])("attachment() has one form of %s", (name) => {
  // RFC 9110 section 5.6.4: what a quoted string holds as it is.
  assertEquals(attachment(name), `attachment; filename="${name}"`);
});

Deno.test.each<{ name: string; plain: string; exact: string }>([
  // RFC 9110 section 5.6.4: quote and backslash would end or bend the string.
  { name: 'a"b', plain: "a_b", exact: "a%22b" },
  { name: '"; x="', plain: "_; x=_", exact: "%22%3B%20x%3D%22" },
  { name: "a\\b", plain: "a_b", exact: "a%5Cb" },
  // RFC 6266 appendix D: escapes in the plain form are decoded by some.
  { name: "50%.txt", plain: "50_.txt", exact: "50%25.txt" },
  { name: "a%2fb", plain: "a_2fb", exact: "a%252fb" },
  // RFC 8187 section 3.2.1: all but attr-char is encoded, `'()*` as well.
  {
    name: "\u00fc'()*!#$&+-.^_`|~.txt",
    plain: "_'()*!#$&+-.^_`|~.txt",
    exact: "%C3%BC%27%28%29%2A!%23%24%26%2B-.%5E_%60%7C~.txt",
  },
  // A line end would begin a header field.
  { name: "a\r\nb: c", plain: "a__b: c", exact: "a%0D%0Ab%3A%20c" },
  { name: "a\tb\x7f", plain: "a_b_", exact: "a%09b%7F" },
  // One sign in place of one character, also of four bytes.
  { name: "\u{1f389}.txt", plain: "_.txt", exact: "%F0%9F%8E%89.txt" },
  // NFC and NFD stay what they are.
  { name: "\u00e9", plain: "_", exact: "%C3%A9" },
  { name: "e\u0301", plain: "e_", exact: "e%CC%81" },
  { name: "gpj\u202eexe", plain: "gpj_exe", exact: "gpj%E2%80%AEexe" },
  // Half a surrogate pair has no UTF-8.
  { name: "a\ud800", plain: "a_", exact: "a%EF%BF%BD" },
  {
    name: A_254_BYTES,
    plain: "_".repeat(127),
    exact: "%C3%BC".repeat(127),
  },
])("attachment() has two forms of $name", ({ name, plain, exact }) => {
  const field = attachment(name);

  assertEquals(
    field,
    `attachment; filename="${plain}"; filename*=UTF-8''${exact}`,
  );
  assertMatch(field, /^[\x20-\x7e]+$/);
});
