import { assertEquals, assertThrows } from "@std/assert";

import {
  checkTlsFlags,
  parseHosts,
  parseOrigins,
  parseUsers,
} from "../../../lib/cli/access_values.ts";
import { UsageError } from "../../../lib/cli/errors.ts";

Deno.test("parseUsers() keeps the colons of a password", () => {
  assertEquals(parseUsers(["ada:a:b", "bob:x"]), [
    { name: "ada", password: "a:b" },
    { name: "bob", password: "x" },
  ]);
});

Deno.test.each([
  ["ada:"],
  [":secret"],
  ["secret"],
  ["ada:sec\nret"],
])("parseUsers() refuses %j and does not tell the password", (value) => {
  const error = assertThrows(() => parseUsers([value]), UsageError);

  assertEquals(/sec|ret/.test(error.message.replaceAll("secret:", "")), false);
});

Deno.test("parseUsers() refuses a user with two passwords", () => {
  assertThrows(
    () => parseUsers(["ada:x", "ada:y"]),
    UsageError,
    'Cannot use two passwords for the user "ada": give one',
  );
});

Deno.test.each([
  [[], null],
  [["*"], ["*"]],
  [["https://a.example"], ["https://a.example"]],
  [["https://a.example, http://b.example:81"], [
    "https://a.example",
    "http://b.example:81",
  ]],
  [["https://a.example", "https://a.example"], ["https://a.example"]],
])("parseOrigins(%j) gives %j", (values, expected) => {
  assertEquals(parseOrigins(values), expected);
});

Deno.test.each([
  [["*", "https://a.example"]],
  [["https://a.example,"]],
  // A script whose variable is not set opens nothing.
  [[""]],
  [["a.example"]],
  [["https://a.example/path"]],
])("parseOrigins(%j) throws", (values) => {
  assertThrows(() => parseOrigins(values), UsageError);
});

Deno.test("parseHosts() throws for a URL", () => {
  assertThrows(() => parseHosts(["http://a.example/"]), UsageError);
});

Deno.test.each([
  [{ tls: false, tlsCert: "c", tlsKey: null }, "--tls-cert alone"],
  [{ tls: false, tlsCert: null, tlsKey: "k" }, "--tls-key alone"],
  [{ tls: true, tlsCert: "c", tlsKey: "k" }, "--tls with --tls-cert"],
])("checkTlsFlags(%j) throws", (flags, message) => {
  assertThrows(() => checkTlsFlags(flags), UsageError, message);
});

Deno.test("checkTlsFlags() gives flags that go together back", () => {
  const flags = { tls: false, tlsCert: "c", tlsKey: "k" };

  assertEquals(checkTlsFlags(flags), flags);
});
