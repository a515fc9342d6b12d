import { assertEquals } from "@std/assert";

import { redirect } from "../../../lib/replies/redirect.ts";
import { NO_BODY } from "../../../lib/reply.ts";

Deno.test("redirect() is a 301 without a body", () => {
  assertEquals(redirect("/a/", ""), {
    status: 301,
    headers: [["location", "/a/"]],
    body: NO_BODY,
  });
});

Deno.test.each<{ search: string; kept: string }>([
  // SPEC section 3: every redirect keeps the query, as it came.
  { search: "?b", kept: "?b" },
  { search: "?", kept: "?" },
  { search: "?sort=size&order=desc", kept: "?sort=size&order=desc" },
  { search: "?a=%20+%2F%zz%", kept: "?a=%20+%2F%zz%" },
  // RFC 3986 section 3.4: slashes, dots and a second `?` mean nothing here.
  { search: "?//evil.com/../?:@", kept: "?//evil.com/../?:@" },
  { search: "?a='b'[c]!$()*,;~", kept: "?a='b'[c]!$()*,;~" },
  // RFC 3986 section 2.1: what no URL may hold as it is.
  { search: '?"<>\\^`{|}', kept: "?%22%3C%3E%5C%5E%60%7B%7C%7D" },
  { search: "?a b", kept: "?a%20b" },
  { search: "?\u00fc\u{1f389}", kept: "?%C3%BC%F0%9F%8E%89" },
  { search: "?\ud800", kept: "?%EF%BF%BD" },
  // A line end would begin a header field.
  {
    search: "?a\r\nset-cookie: b\0\x7f",
    kept: "?a%0D%0Aset-cookie:%20b%00%7F",
  },
])("redirect() keeps $search as $kept", ({ search, kept }) => {
  assertEquals(redirect("/a/", search).headers, [["location", `/a/${kept}`]]);
});
