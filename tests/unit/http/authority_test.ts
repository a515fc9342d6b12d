import { assertEquals } from "@std/assert";

import { isAuthority, splitUrl } from "../../../lib/http/authority.ts";

Deno.test.each<{ url: string; authority: string; target: string }>([
  // RFC 9112 section 3.2.1: origin form, as it came.
  { url: "http://h:8000/a?b", authority: "h:8000", target: "/a?b" },
  { url: "https://h/", authority: "h", target: "/" },
  { url: "HTTP://h/a", authority: "h", target: "/a" },
  { url: "http+unix://%2Frun%2Fs/a", authority: "%2Frun%2Fs", target: "/a" },
  // Nothing is resolved, decoded or cut.
  { url: "http://h/a/../%2e%2e/b", authority: "h", target: "/a/../%2e%2e/b" },
  { url: "http://h//evil.com/", authority: "h", target: "//evil.com/" },
  { url: "http://h/a\\b", authority: "h", target: "/a\\b" },
  { url: "http://h/http://i/", authority: "h", target: "/http://i/" },
  { url: "http://h/a?b?c#d", authority: "h", target: "/a?b?c#d" },
  { url: "http://[::1]:80/a", authority: "[::1]:80", target: "/a" },
  // RFC 9110 section 4.2.3: an empty path is "/".
  { url: "http://h", authority: "h", target: "/" },
  { url: "http://h?b", authority: "h", target: "/?b" },
  { url: "http://h#c", authority: "h", target: "/#c" },
  // A raw Host field: the border is the first slash; what stands before it is
  // judged as a whole.
  { url: "http:///a", authority: "", target: "/a" },
  { url: "http://user:pass@h/a", authority: "user:pass@h", target: "/a" },
  { url: "http://h\\@evil/a", authority: "h\\@evil", target: "/a" },
  { url: "http://h /a", authority: "h ", target: "/a" },
])("splitUrl() cuts $url", ({ url, ...parts }) => {
  assertEquals(splitUrl(url), { isHttp: true, ...parts });
});

Deno.test.each(["", "h/a", "//h/a", "ftp://h/a", "http:/h/a", " http://h/"])(
  "splitUrl() finds no scheme of HTTP in '%s'",
  (url) => {
    assertEquals(splitUrl(url).isHttp, false);
  },
);

Deno.test("splitUrl() keeps the target of another scheme for the log", () => {
  assertEquals(splitUrl("ftp://h/a?b"), {
    isHttp: false,
    authority: "h",
    target: "/a?b",
  });
});

Deno.test.each<{ authority: string; is: boolean }>([
  // RFC 3986 section 3.2.2: registered names and IPv4 addresses.
  { authority: "localhost", is: true },
  { authority: "EXAMPLE.com.", is: true },
  { authority: "127.0.0.1", is: true },
  { authority: "my_box-1~x.lan", is: true },
  { authority: "xn--bcher-kva.example", is: true },
  // RFC 3986 section 3.2.2: IPv6 addresses stand in brackets.
  { authority: "[::1]", is: true },
  { authority: "[2001:db8::23]:8000", is: true },
  { authority: "[::ffff:10.0.0.1]:8000", is: true },
  { authority: "::1", is: false },
  { authority: "2001:db8::23", is: false },
  { authority: "[::1", is: false },
  { authority: "::1]", is: false },
  { authority: "[]", is: false },
  { authority: "[::1]8000", is: false },
  { authority: "[localhost]", is: false },
  { authority: "[::1%25eth0]", is: false },
  // RFC 3986 section 3.2.3: a port is digits, and none is allowed.
  { authority: "localhost:", is: true },
  { authority: "localhost:0", is: true },
  { authority: "localhost:65535", is: true },
  { authority: "[::1]:", is: true },
  { authority: "localhost:65536", is: false },
  { authority: "localhost:99999", is: false },
  { authority: `localhost:${"9".repeat(30)}`, is: false },
  { authority: "localhost:80:80", is: false },
  { authority: "localhost:-1", is: false },
  { authority: "localhost:+80", is: false },
  { authority: "localhost:8e3", is: false },
  { authority: "localhost: 80", is: false },
  { authority: "localhost:\u0661", is: false },
  // RFC 9110 section 4.2.4: user information is an error.
  { authority: "user@localhost", is: false },
  { authority: "user:pass@localhost:80", is: false },
  { authority: "@localhost", is: false },
  // Not empty, and nothing that moves a border.
  { authority: "", is: false },
  { authority: ":8000", is: false },
  { authority: "localhost/", is: false },
  { authority: "localhost/path", is: false },
  { authority: "localhost\\path", is: false },
  { authority: "localhost?a", is: false },
  { authority: "localhost#a", is: false },
  { authority: "a b", is: false },
  { authority: " localhost", is: false },
  { authority: "localhost\n", is: false },
  { authority: "localhost\r\nx", is: false },
  { authority: "local\0host", is: false },
  // RFC 9110 section 7.2: two Host fields, as the runtime joins them.
  { authority: "a, b", is: false },
  { authority: "a,b", is: false },
  { authority: "<script>", is: false },
  { authority: "b\u00fccher.example", is: false },
])("isAuthority() is $is for '$authority'", ({ authority, is }) => {
  assertEquals(isAuthority(authority), is);
});
