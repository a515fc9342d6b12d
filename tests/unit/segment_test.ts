import { assertEquals, assertMatch } from "@std/assert";

import { encodeSegment } from "../../lib/segment.ts";

Deno.test.each<{ name: string; segment: string }>([
  // RFC 3986 section 2.3: unreserved characters stay.
  { name: "Az09-._~", segment: "Az09-._~" },
  { name: "(it)!*", segment: "(it)!*" },
  { name: "it's", segment: "it%27s" },
  // RFC 3986 section 3.3: what ends a segment or a path.
  { name: "a/b", segment: "a%2Fb" },
  { name: "a?b#c", segment: "a%3Fb%23c" },
  { name: "50%25", segment: "50%2525" },
  // RFC 3986 section 4.2: a colon would make a scheme of a relative link.
  { name: "javascript:x", segment: "javascript%3Ax" },
  // What some take for a slash, a space or a separator.
  { name: "a\\b c+d", segment: "a%5Cb%20c%2Bd" },
  { name: "a&b=c;d,e@f$", segment: "a%26b%3Dc%3Bd%2Ce%40f%24" },
  // Text and attributes of HTML.
  { name: `<a href="'">`, segment: "%3Ca%20href%3D%22%27%22%3E" },
  { name: "`{|}^[]", segment: "%60%7B%7C%7D%5E%5B%5D" },
  // Header fields.
  { name: "a\r\nb\0\t\x7f", segment: "a%0D%0Ab%00%09%7F" },
  // RFC 3986 section 2.5: UTF-8, whatever the form.
  { name: "\u00e9", segment: "%C3%A9" },
  { name: "e\u0301", segment: "e%CC%81" },
  { name: "\u{1f389}", segment: "%F0%9F%8E%89" },
  // Half a surrogate pair has no UTF-8.
  { name: "\ud800a\udc00", segment: "%EF%BF%BDa%EF%BF%BD" },
  { name: "", segment: "" },
])("encodeSegment() writes $name as $segment", ({ name, segment }) => {
  assertEquals(encodeSegment(name), segment);
});

Deno.test("encodeSegment() leaves nothing that means something elsewhere", () => {
  const latin1 = String.fromCharCode(
    ...Array.from({ length: 256 }, (_, i) => i),
  );

  assertMatch(encodeSegment(latin1), /^[\w.!~*()%-]+$/);
  assertEquals(decodeURIComponent(encodeSegment(latin1)), latin1);
});
