import { assertEquals } from "@std/assert";

import { checkAllowedHost, checkOrigins } from "../../lib/access_checks.ts";

Deno.test.each([
  "files.example.com",
  "Files.Example.COM",
  "files.example.com.",
  "nas",
  ".example.com",
  ".local",
  "*",
  "my_box-1.lan",
  "b\u00fccher.example",
  "xn--bcher-kva.example",
  "192.0.2.1",
])("checkAllowedHost() takes '%s'", (name) => {
  assertEquals(checkAllowedHost(name), undefined);
});

const EXAMPLES = "give one such as files.example.com, " +
  ".example.com for all names under it, or * for any";

Deno.test.each<{ name: string; advice: string }>([
  {
    name: "*.example.com",
    advice: "write .example.com for all names under it",
  },
  {
    name: "http://files.example.com",
    advice: "give the name alone, without scheme and path",
  },
  {
    name: "https://files.example.com:8443/a",
    advice: "give the name alone, without scheme and path",
  },
  { name: "files.example.com:8000", advice: "leave out the port" },
  { name: "localhost:", advice: "leave out the port" },
  { name: "[::1]", advice: "addresses are answered anyway" },
  { name: "[::1]:8000", advice: "addresses are answered anyway" },
  { name: "2001:db8::1", advice: "addresses are answered anyway" },
  { name: "", advice: EXAMPLES },
  { name: " ", advice: EXAMPLES },
  { name: ".", advice: EXAMPLES },
  { name: "..", advice: EXAMPLES },
  { name: "a..b", advice: EXAMPLES },
  { name: "..example.com", advice: EXAMPLES },
  { name: "a b", advice: EXAMPLES },
  { name: "a\n.example", advice: EXAMPLES },
  { name: "example.com/", advice: EXAMPLES },
  { name: "example.com\\a", advice: EXAMPLES },
  { name: "user@example.com", advice: EXAMPLES },
  { name: "a,b", advice: EXAMPLES },
  { name: "a.example,b.example", advice: EXAMPLES },
  { name: "a%2eexample", advice: EXAMPLES },
  { name: "files.*.com", advice: EXAMPLES },
  { name: "**", advice: EXAMPLES },
  { name: "*.*.com", advice: EXAMPLES },
  { name: "1.2.3.256", advice: EXAMPLES },
])("checkAllowedHost() refuses '$name'", ({ name, advice }) => {
  assertEquals(
    checkAllowedHost(name),
    `Cannot use "${name}" as a host name: ${advice}`,
  );
});

Deno.test.each<{ origins: readonly string[] }>([
  { origins: ["*"] },
  { origins: ["*", "*"] },
  { origins: ["https://app.example.com"] },
  { origins: ["http://localhost:3000", "http://[::1]:3000"] },
  { origins: ["HTTPS://App.Example.com:443"] },
  // Copied from the address bar.
  { origins: ["https://app.example.com/"] },
  { origins: ["https://b\u00fccher.example"] },
  // RFC 6454 section 4 knows no other than a triple: apps and extensions.
  { origins: ["tauri://localhost", "chrome-extension://abcdef"] },
])("checkOrigins() takes $origins", ({ origins }) => {
  assertEquals(checkOrigins(origins), undefined);
});

const ORIGIN = "give scheme and host such as https://app.example.com";

Deno.test.each<{ origin: string; advice: string }>([
  { origin: "null", advice: "pages from anywhere have it" },
  {
    origin: "https://*.example.com",
    advice: "name each origin in full, or give * alone for any",
  },
  {
    origin: "*.example.com",
    advice: "name each origin in full, or give * alone for any",
  },
  {
    origin: "https://a.example/app",
    advice: "leave out what follows the host",
  },
  { origin: "https://a.example/?", advice: "leave out what follows the host" },
  { origin: "https://a.example?b", advice: "leave out what follows the host" },
  { origin: "https://a.example#b", advice: "leave out what follows the host" },
  { origin: "", advice: ORIGIN },
  { origin: "a.example", advice: ORIGIN },
  { origin: "localhost:3000", advice: ORIGIN },
  { origin: "//a.example", advice: ORIGIN },
  { origin: "https://", advice: ORIGIN },
  { origin: "https://user@a.example", advice: ORIGIN },
  { origin: "https://a.example:99999", advice: ORIGIN },
  { origin: "https://a b.example", advice: ORIGIN },
  { origin: "https://a.example ", advice: ORIGIN },
  { origin: " https://a.example", advice: ORIGIN },
  { origin: "https://a.example\r\nx: y", advice: ORIGIN },
  { origin: "https:\\\\a.example", advice: ORIGIN },
  { origin: "file:///", advice: ORIGIN },
  { origin: "javascript:alert(1)", advice: ORIGIN },
])("checkOrigins() refuses '$origin'", ({ origin, advice }) => {
  assertEquals(
    checkOrigins(["https://good.example", origin]),
    `Cannot use "${origin}" as an origin: ${advice}`,
  );
});

Deno.test("checkOrigins() refuses * beside others, and nothing at all", () => {
  assertEquals(
    checkOrigins(["https://a.example", "*"]),
    'Cannot use "*" beside other origins: give it alone',
  );
  assertEquals(
    checkOrigins([]),
    "Cannot use an empty list of origins: give at least one, or * for any",
  );
});
