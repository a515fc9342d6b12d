import { assertEquals } from "@std/assert";

import { sortChain } from "../../../lib/server/certificate_chain.ts";
import {
  makeCertificate,
  type TestCertificateOptions,
} from "../../_support/certificates.ts";

Deno.test.each<{ kind: NonNullable<TestCertificateOptions["kind"]> }>([
  { kind: "P-256" },
  { kind: "P-384" },
  { kind: "RSA" },
  { kind: "Ed25519" },
])("sortChain() takes a certificate and its $kind key", async ({ kind }) => {
  const expires = Date.UTC(2050, 0, 2, 3, 4, 5);
  const { cert, key } = await makeCertificate({ kind, starts: 0, expires });

  const result = sortChain([cert], key);

  assertEquals(result, {
    kind: "sorted",
    chain: [cert],
    fingerprint: await fingerprintOf(cert),
    starts: 0,
    expires,
  });
});

const root = await makeCertificate({ name: "root" });
const middle = await makeCertificate({ name: "middle", issuer: root });
const leaf = await makeCertificate({ name: "leaf", issuer: middle });
const other = await makeCertificate({ name: "other" });

Deno.test.each<{ name: string; given: readonly string[] }>([
  { name: "its order", given: [leaf.cert, middle.cert, root.cert] },
  {
    name: "the order turned round",
    given: [root.cert, middle.cert, leaf.cert],
  },
  { name: "another order", given: [middle.cert, leaf.cert, root.cert] },
])("sortChain() brings a chain in $name into order", ({ given }) => {
  const result = sortChain(given, leaf.key);

  assertEquals(result.kind === "sorted" && result.chain, [
    leaf.cert,
    middle.cert,
    root.cert,
  ]);
});

Deno.test("sortChain() keeps what leads to another root at the end", () => {
  const result = sortChain([other.cert, middle.cert, leaf.cert], leaf.key);

  assertEquals(result.kind === "sorted" && result.chain, [
    leaf.cert,
    middle.cert,
    other.cert,
  ]);
});

Deno.test("sortChain() finds that a key belongs to no certificate", () => {
  assertEquals(sortChain([leaf.cert, middle.cert], other.key), {
    kind: "mismatch",
  });
});

Deno.test("sortChain() says that a certificate cannot be read", () => {
  const damaged = leaf.cert.replace(/\n.{20}/, "\nAAAAAAAAAAAAAAAAAAAA");

  assertEquals(sortChain([damaged], leaf.key), {
    kind: "unreadable-certificate",
  });
});

Deno.test("sortChain() says that a key cannot be read", () => {
  const damaged = leaf.key.replace(/\n.{20}/, "\nAAAAAAAAAAAAAAAAAAAA");

  assertEquals(sortChain([leaf.cert], damaged), { kind: "unreadable-key" });
});

async function fingerprintOf(pem: string): Promise<string> {
  const base64 = pem.split("\n").filter((line) => !line.includes("-")).join("");
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(
    new Uint8Array(digest),
    (byte) => byte.toString(16).padStart(2, "0").toUpperCase(),
  ).join(":");
}
