/**
 * Certificates for tests: of any time, self-signed or signed by another.
 *
 * @module
 */

import "reflect-metadata";
import * as x509 from "@peculiar/x509";

/** A certificate and its private key, as PEM. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** What to make. */
export interface TestCertificateOptions {
  /** `localhost` unless told. */
  readonly name?: string;
  readonly kind?: "P-256" | "P-384" | "RSA" | "Ed25519";
  /** Milliseconds since the epoch; a day ago unless told. */
  readonly starts?: number;
  /** Milliseconds since the epoch; in thirty days unless told. */
  readonly expires?: number;
  /** Who signs it; itself unless told. */
  readonly issuer?: TestCertificate;
}

const DAY_MS = 86_400_000;

const ALGORITHMS = {
  "P-256": { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  "P-384": { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" },
  "RSA": {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: "SHA-256",
  },
  "Ed25519": { name: "Ed25519" },
} as const;

/** Makes a certificate for `localhost`, 127.0.0.1 and ::1. */
export async function makeCertificate(
  options: TestCertificateOptions = {},
): Promise<TestCertificate> {
  const { name = "localhost", kind = "P-256", issuer } = options;
  const algorithm = ALGORITHMS[kind];
  const keys = await generate(algorithm);
  const signer = issuer === undefined ? null : await readIssuer(issuer);
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: "01",
    subject: `CN=${name}`,
    issuer: signer?.subject ?? `CN=${name}`,
    notBefore: new Date(options.starts ?? Date.now() - DAY_MS),
    notAfter: new Date(options.expires ?? Date.now() + 30 * DAY_MS),
    publicKey: keys.publicKey,
    signingKey: signer?.key ?? keys.privateKey,
    signingAlgorithm: signer === null ? algorithm : ALGORITHMS["P-256"],
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
        { type: "ip", value: "::1" },
      ]),
    ],
  }, crypto);
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    cert: `${made.toString("pem")}\n`,
    key: `${x509.PemConverter.encode(key, "PRIVATE KEY")}\n`,
  };
}

async function generate(
  algorithm: (typeof ALGORITHMS)[keyof typeof ALGORITHMS],
): Promise<CryptoKeyPair> {
  const made = await crypto.subtle.generateKey(algorithm, true, [
    "sign",
    "verify",
  ]);
  if (!("privateKey" in made)) throw new Error("A key without its other half");
  return made;
}

async function readIssuer(issuer: TestCertificate) {
  const { subject } = new x509.X509Certificate(issuer.cert);
  const [bytes] = x509.PemConverter.decode(issuer.key);
  if (bytes === undefined) throw new Error("An issuer without a key");
  const key = await crypto.subtle.importKey(
    "pkcs8",
    bytes,
    ALGORITHMS["P-256"],
    false,
    ["sign"],
  );
  return { subject, key };
}
