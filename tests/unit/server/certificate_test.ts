import { assert, assertEquals } from "@std/assert";

import {
  checkCertificate,
  loadCertificate,
} from "../../../lib/server/certificate.ts";
import { makeCertificate } from "../../_support/certificates.ts";
import { makeTree } from "../../_support/tree.ts";

const own = await makeCertificate();
const other = await makeCertificate({ kind: "RSA" });
const source = { cert: "a.crt", key: "a.key" };
const now = Date.now();
const DAY_MS = 86_400_000;

const REQUEST = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n" +
  "-----END CERTIFICATE REQUEST-----\n";
const ENCRYPTED = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n" +
  "-----END ENCRYPTED PRIVATE KEY-----\n";
const ENCRYPTED_OLD = "-----BEGIN RSA PRIVATE KEY-----\n" +
  "Proc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
const DAMAGED =
  "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
const DAMAGED_KEY = "-----BEGIN PRIVATE KEY-----\nAAAA\n" +
  "-----END PRIVATE KEY-----\n";

Deno.test("checkCertificate() takes a certificate and its key", async () => {
  const result = await checkCertificate(own, { source, now });

  assert(result.kind === "loaded");
  const { cert, key, fingerprint, expires } = result.certificate;
  assertEquals({ cert, key }, own);
  assert(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/.test(fingerprint));
  assert(expires > now);
});

Deno.test("checkCertificate() takes both out of one file", async () => {
  const both = own.key + own.cert;

  const result = await checkCertificate({ cert: both, key: both }, {
    source,
    now,
  });

  assert(result.kind === "loaded");
  assertEquals(result.certificate.cert, own.cert);
  assertEquals(result.certificate.key, own.key);
});

const AS_CERTIFICATE = 'Cannot use "a.crt" as the certificate: ';
const AS_KEY = 'Cannot use "a.key" as the private key: ';

Deno.test.each<
  { name: string; cert: string; key: string; message: string }
>([
  {
    name: "the two swapped",
    cert: own.key,
    key: own.cert,
    message: `${AS_CERTIFICATE}it holds the private key, and "a.key" the ` +
      "certificate; give them the other way round",
  },
  {
    name: "a key in both",
    cert: own.key,
    key: own.key,
    message: `${AS_CERTIFICATE}it holds a private key; give the file with ` +
      "the certificate",
  },
  {
    name: "a certificate in both",
    cert: own.cert,
    key: own.cert,
    message:
      `${AS_KEY}it holds a certificate; give the file with the private key`,
  },
  {
    name: "no certificate",
    cert: "hello\n",
    key: own.key,
    message: `${AS_CERTIFICATE}it holds none; give a PEM file with ` +
      '"-----BEGIN CERTIFICATE-----"',
  },
  {
    name: "a request for a certificate",
    cert: REQUEST,
    key: own.key,
    message: `${AS_CERTIFICATE}it holds only a request for one; give what ` +
      "the issuer made of it",
  },
  {
    name: "no key",
    cert: own.cert,
    key: "hello\n",
    message: `${AS_KEY}it holds none; give a PEM file with ` +
      '"-----BEGIN PRIVATE KEY-----"',
  },
  {
    name: "an encrypted key",
    cert: own.cert,
    key: ENCRYPTED,
    message: `${AS_KEY}it is encrypted; give it without a passphrase, as ` +
      '"openssl pkey" writes it',
  },
  {
    name: "an encrypted key in the old form",
    cert: own.cert,
    key: ENCRYPTED_OLD,
    message: `${AS_KEY}it is encrypted; give it without a passphrase, as ` +
      '"openssl pkey" writes it',
  },
  {
    name: "another's key",
    cert: own.cert,
    key: other.key,
    message: `${AS_KEY}it does not belong to the certificate in "a.crt"; ` +
      "give the key that the certificate was made for",
  },
  {
    name: "a damaged certificate",
    cert: DAMAGED,
    key: own.key,
    message: `${AS_CERTIFICATE}it is damaged; give a PEM file as it was issued`,
  },
  {
    name: "a damaged key",
    cert: own.cert,
    key: DAMAGED_KEY,
    message: `${AS_KEY}it is damaged or of an unknown kind; give an RSA, EC ` +
      "or Ed25519 key",
  },
])("checkCertificate() refuses $name", async ({ cert, key, message }) => {
  assertEquals(await checkCertificate({ cert, key }, { source, now }), {
    kind: "failed",
    message,
    isUsage: true,
  });
});

Deno.test.each<{ name: string; at: number; reason: string }>([
  {
    name: "that has expired",
    at: Date.UTC(2027, 0, 1),
    reason: "it expired on 2027-01-01T00:00:00.000Z; renew it",
  },
  {
    name: "that is not valid yet",
    at: Date.UTC(2025, 11, 31),
    reason: "it is not valid before 2026-01-01T00:00:00.000Z; check the time " +
      "of this machine",
  },
])("checkCertificate() refuses one $name", async ({ at, reason }) => {
  const pem = await makeCertificate({
    starts: Date.UTC(2026, 0, 1),
    expires: Date.UTC(2027, 0, 1),
  });

  assertEquals(await checkCertificate(pem, { source, now: at }), {
    kind: "failed",
    message: AS_CERTIFICATE + reason,
    isUsage: false,
  });
});

Deno.test("loadCertificate() reads two files", async () => {
  await using tree = await makeTree({ "a.crt": own.cert, "a.key": own.key });

  const result = await loadCertificate({
    cert: tree.at("a.crt"),
    key: tree.at("a.key"),
  });

  assert(result.kind === "loaded");
  assertEquals(result.certificate.cert, own.cert);
});

Deno.test("loadCertificate() judges by the time given", async () => {
  await using tree = await makeTree({ "a.crt": own.cert, "a.key": own.key });
  const files = { cert: tree.at("a.crt"), key: tree.at("a.key") };

  const result = await loadCertificate(files, now + 31 * DAY_MS);

  assert(result.kind === "failed");
  assert(result.message.includes("it expired on"));
});

Deno.test("loadCertificate() names the file that is missing", async () => {
  await using tree = await makeTree({ "a.crt": own.cert, "a.key": own.key });
  const missing = tree.at("b");

  const cert = await loadCertificate({ cert: missing, key: tree.at("a.key") });
  const key = await loadCertificate({ cert: tree.at("a.crt"), key: missing });

  assert(cert.kind === "failed" && key.kind === "failed");
  assert(cert.message.startsWith(`Cannot use "${missing}" as the certificate`));
  assert(key.message.startsWith(`Cannot use "${missing}" as the private key`));
});
