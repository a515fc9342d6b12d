import { assertEquals } from "@std/assert";

import { createHostCheck, hostOf } from "../../../lib/http/host_check.ts";

Deno.test.each<{ authority: string; host: string }>([
  { authority: "localhost", host: "localhost" },
  { authority: "LocalHost:8000", host: "localhost" },
  { authority: "example.com.:8000", host: "example.com" },
  { authority: "example.com.", host: "example.com" },
  { authority: "example.com:", host: "example.com" },
  { authority: "127.0.0.1:80", host: "127.0.0.1" },
  { authority: "[::1]:8000", host: "::1" },
  { authority: "[2001:DB8::A]", host: "2001:db8::a" },
  { authority: "", host: "" },
  // One final dot is the root of the DNS; two are no name.
  { authority: "example.com..", host: "example.com." },
  { authority: ".", host: "" },
])("hostOf() of '$authority' is '$host'", ({ authority, host }) => {
  assertEquals(hostOf(authority), host);
});

const ALLOWED = [
  "Files.Example.com",
  ".trusted.example",
  "b\u00fccher.example",
  "dot.example.",
  ".UPPER.example.",
];

Deno.test.each<{ authority: string; is: boolean }>([
  // No Host at all: HTTP/1.0, and nothing that a browser sends.
  { authority: "", is: true },
  // Addresses.
  { authority: "127.0.0.1", is: true },
  { authority: "192.168.1.23:8000", is: true },
  { authority: "8.8.8.8", is: true },
  { authority: "255.255.255.255", is: true },
  { authority: "0.0.0.0:8000", is: true },
  { authority: "1.2.3.4.", is: true },
  { authority: "[::1]:8000", is: true },
  { authority: "[2001:db8::23]", is: true },
  { authority: "[::ffff:10.0.0.1]:8000", is: true },
  // Not addresses, although they look alike.
  { authority: "1.2.3.256", is: false },
  { authority: "1.2.3", is: false },
  { authority: "127.1", is: false },
  { authority: "1.2.3.4.5", is: false },
  { authority: "127.0.0.01", is: false },
  { authority: "0x7f.0.0.1", is: false },
  { authority: "1.2.3.4..", is: false },
  { authority: "1.2.3.4.nip.io", is: false },
  { authority: "127.0.0.1.evil.example", is: false },
  { authority: "[::1]evil.example", is: false },
  { authority: "[abc.de:80]", is: false },
  { authority: "[evil.example]", is: false },
  { authority: "[]", is: false },
  { authority: "abc.de:80:80", is: false },
  // Names without a dot: of this network, or a whole top-level domain.
  { authority: "localhost", is: true },
  { authority: "LOCALHOST:8000", is: true },
  { authority: "localhost.", is: true },
  { authority: "nas", is: true },
  { authority: "my_box:8000", is: true },
  // Ends that the public DNS does not know.
  { authority: "app.localhost:8000", is: true },
  { authority: "nas.local", is: true },
  { authority: "NAS.Local.:8000", is: true },
  { authority: "a.b.lan", is: true },
  { authority: "nas.home.arpa", is: true },
  { authority: "web.internal", is: true },
  // Almost such an end.
  { authority: "local.evil.example", is: false },
  { authority: "evillocal.example", is: false },
  { authority: "evil.notlocal", is: false },
  { authority: "nas.arpa", is: false },
  { authority: "localhost.evil.example", is: false },
  { authority: "evil.local.example", is: false },
  // No names at all.
  { authority: ".", is: false },
  { authority: "..", is: false },
  { authority: ".local", is: false },
  { authority: "a..local", is: false },
  { authority: "nas.local..", is: false },
  { authority: "localhost..", is: false },
  { authority: ":8000", is: false },
  // Names of the public DNS.
  { authority: "evil.example", is: false },
  { authority: "evil.example:8000", is: false },
  { authority: "xn--lcalhost-44a.example", is: false },
  // Allowed: exactly.
  { authority: "files.example.com", is: true },
  { authority: "FILES.example.com.:8000", is: true },
  { authority: "x.files.example.com", is: false },
  { authority: "example.com", is: false },
  { authority: "xfiles.example.com", is: false },
  { authority: "files.example.com.evil.example", is: false },
  { authority: "xn--bcher-kva.example", is: true },
  { authority: "dot.example", is: true },
  // Allowed: a name and all under it.
  { authority: "trusted.example", is: true },
  { authority: "a.trusted.example:1", is: true },
  { authority: "a.b.trusted.example", is: true },
  { authority: "a.upper.example", is: true },
  { authority: "untrusted.example", is: false },
  { authority: ".trusted.example", is: false },
  { authority: "a..trusted.example", is: false },
  { authority: "trusted.example.evil.example", is: false },
])("createHostCheck() gives $is for '$authority'", ({ authority, is }) => {
  assertEquals(createHostCheck(ALLOWED)(authority), is);
});

Deno.test("createHostCheck() answers to local names alone unless told", () => {
  const isAnswered = createHostCheck([]);

  assertEquals(isAnswered("localhost:8000"), true);
  assertEquals(isAnswered("files.example.com"), false);
});

Deno.test.each<{ allowed: readonly string[] | null }>([
  { allowed: null },
  { allowed: ["*"] },
  { allowed: ["a.example", "*"] },
])("createHostCheck() answers to every name with $allowed", ({ allowed }) => {
  const isAnswered = createHostCheck(allowed);

  assertEquals(isAnswered("evil.example"), true);
  assertEquals(isAnswered(".."), true);
});
