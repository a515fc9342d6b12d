import { assertEquals } from "@std/assert";

import { parsePem, type PemKind } from "../../../lib/server/pem.ts";

function block(label: string, body = "AAAA"): string {
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

Deno.test.each<{ label: string; kind: PemKind }>([
  { label: "CERTIFICATE", kind: "certificate" },
  { label: "PRIVATE KEY", kind: "key" }, // RFC 5958
  { label: "RSA PRIVATE KEY", kind: "key" }, // PKCS #1
  { label: "EC PRIVATE KEY", kind: "key" }, // RFC 5915
  { label: "ENCRYPTED PRIVATE KEY", kind: "encrypted-key" },
  { label: "CERTIFICATE REQUEST", kind: "certificate-request" },
  { label: "NEW CERTIFICATE REQUEST", kind: "certificate-request" },
  { label: "PUBLIC KEY", kind: "public-key" },
  { label: "EC PARAMETERS", kind: "other" },
  { label: "OPENSSH PRIVATE KEY", kind: "other" },
])("parsePem() reads $label as $kind", ({ label, kind }) => {
  const text = block(label);

  assertEquals(parsePem(text), [{ kind, text }]);
});

Deno.test("parsePem() reads a key that its header calls encrypted", () => {
  const text = block(
    "EC PRIVATE KEY",
    "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA",
  );

  assertEquals(parsePem(text), [{ kind: "encrypted-key", text }]);
});

Deno.test("parsePem() reads several blocks with text between them", () => {
  const text = `subject=a\n${block("CERTIFICATE", "AAAA")}\nissuer=b\n` +
    block("CERTIFICATE", "BBBB");

  assertEquals(parsePem(text).map((each) => each.text), [
    block("CERTIFICATE", "AAAA"),
    block("CERTIFICATE", "BBBB"),
  ]);
});

Deno.test.each<{ name: string; end: string }>([
  { name: "CRLF", end: "\r\n" },
  { name: "CR", end: "\r" },
  { name: "trailing spaces", end: "  \n" },
])("parsePem() reads lines that end with $name", ({ end }) => {
  const text = block("CERTIFICATE");

  assertEquals(parsePem(text.replaceAll("\n", end)), [
    { kind: "certificate", text },
  ]);
});

Deno.test.each<{ name: string; text: string }>([
  { name: "no text", text: "" },
  { name: "a block without an end", text: "-----BEGIN CERTIFICATE-----\nAA" },
  {
    name: "another end than its beginning",
    text: "-----BEGIN CERTIFICATE-----\nAA\n-----END PRIVATE KEY-----\n",
  },
  { name: "an end alone", text: "-----END CERTIFICATE-----\n" },
])("parsePem() finds nothing in $name", ({ text }) => {
  assertEquals(parsePem(text), []);
});

Deno.test("parsePem() takes a block that begins again from there", () => {
  const text = block("CERTIFICATE");

  assertEquals(parsePem(`-----BEGIN CERTIFICATE-----\nAAAA\n${text}`), [
    { kind: "certificate", text },
  ]);
});
