/**
 * Whether a certificate and a private key can be used: that there is one of
 * each, that they belong together, and that it is the time of the certificate.
 * The runtime says some of it late and all of it in words of its own.
 *
 * @module
 */

import {
  type CertificateFailure,
  readCertificateFile,
  wrong,
} from "./certificate_files.ts";
import { parsePem, type PemKind } from "./pem.ts";

/** A certificate that HTTPS can be served with. */
export interface TlsCertificate {
  /** The certificate and those of its issuers, as PEM, its own first. */
  readonly cert: string;
  /** Its private key, as PEM. */
  readonly key: string;
  /** SHA-256 of the certificate as browsers show it: `AA:BB:…`. */
  readonly fingerprint: string;
  /** When it expires, in milliseconds since the epoch. */
  readonly expires: number;
}

/** A certificate, or why there is none. */
export type CertificateResult =
  | { readonly kind: "loaded"; readonly certificate: TlsCertificate }
  | CertificateFailure;

/** Two files as the user wrote them. */
export interface CertificateSource {
  readonly cert: string;
  readonly key: string;
}

/**
 * Loads a certificate and its private key from files.
 *
 * @param source The two files, which may be one.
 * @param now Milliseconds since the epoch.
 * @returns The certificate with the chain in the order that TLS wants, or one
 * line that says what to do.
 *
 * @example Usage
 * ```ts
 * import { loadCertificate } from "./certificate.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const result = await loadCertificate({ cert: "no.crt", key: "no.key" });
 *
 * assertEquals(result.kind, "failed");
 * ```
 */
export async function loadCertificate(
  source: CertificateSource,
  now: number = Date.now(),
): Promise<CertificateResult> {
  const cert = await readCertificateFile(source.cert, "certificate");
  if (cert.kind === "failed") return cert;
  const key = await readCertificateFile(source.key, "private key");
  if (key.kind === "failed") return key;
  return await checkCertificate(
    { cert: cert.text, key: key.text },
    { source, now },
  );
}

/**
 * Checks a certificate and its private key.
 *
 * @param pem Text of the two files.
 * @param options How the files are called, and the time.
 * @returns The certificate, or one line that says what to do.
 *
 * @example Usage
 * ```ts
 * import { checkCertificate } from "./certificate.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const result = await checkCertificate({ cert: "a", key: "b" }, {
 *   source: { cert: "a.crt", key: "a.key" },
 *   now: Date.now(),
 * });
 *
 * assertEquals(result, {
 *   kind: "failed",
 *   message: 'Cannot use "a.crt" as the certificate: it holds none; give a ' +
 *     'PEM file with "-----BEGIN CERTIFICATE-----"',
 *   isUsage: true,
 * });
 * ```
 */
export async function checkCertificate(
  pem: { readonly cert: string; readonly key: string },
  options: { readonly source: CertificateSource; readonly now: number },
): Promise<CertificateResult> {
  const { source } = options;
  const [certs, keys] = [parsePem(pem.cert), parsePem(pem.key)];
  const failure = findWrongKind(
    { cert: certs.map(({ kind }) => kind), key: keys.map(({ kind }) => kind) },
    source,
  );
  if (failure !== null) return failure;
  const key = keys.find(({ kind }) => kind === "key")?.text ?? "";
  const chain = certs.filter(({ kind }) => kind === "certificate");
  // Loaded only here: it costs 25 ms, which plain HTTP need not pay.
  const { sortChain } = await import("./certificate_chain.ts");
  const sorted = sortChain(chain.map(({ text }) => text), key);
  switch (sorted.kind) {
    case "unreadable-certificate":
      return wrong(
        source.cert,
        "certificate",
        "it is damaged; give a PEM file as it was issued",
      );
    case "unreadable-key":
      return wrong(
        source.key,
        "private key",
        "it is damaged or of an unknown kind; give an RSA, EC or Ed25519 key",
      );
    case "mismatch":
      return wrong(
        source.key,
        "private key",
        `it does not belong to the certificate in ${quote(source.cert)}; ` +
          "give the key that the certificate was made for",
      );
    case "sorted":
      return checkTime({ ...sorted, key }, options);
    default:
      return sorted satisfies never;
  }
}

function checkTime(
  found: {
    readonly chain: readonly string[];
    readonly key: string;
    readonly fingerprint: string;
    readonly starts: number;
    readonly expires: number;
  },
  options: { readonly source: CertificateSource; readonly now: number },
): CertificateResult {
  const { starts, expires, fingerprint, key } = found;
  const path = options.source.cert;
  if (!(expires > options.now)) {
    const reason = `it expired on ${toDay(expires)}; renew it`;
    return { ...wrong(path, "certificate", reason), isUsage: false };
  }
  if (starts > options.now) {
    const reason = `it is not valid before ${
      toDay(starts)
    }; check the time of this machine`;
    return { ...wrong(path, "certificate", reason), isUsage: false };
  }
  return {
    kind: "loaded",
    certificate: { cert: found.chain.join(""), key, fingerprint, expires },
  };
}

function toDay(time: number): string {
  return Number.isNaN(time) ? "a day" : new Date(time).toISOString();
}

function quote(path: string): string {
  return JSON.stringify(path);
}

function findWrongKind(
  kinds: {
    readonly cert: readonly PemKind[];
    readonly key: readonly PemKind[];
  },
  source: CertificateSource,
): CertificateFailure | null {
  const { cert, key } = kinds;
  const hasCertificate = cert.includes("certificate");
  if (
    !hasCertificate && key.includes("certificate") &&
    cert.some((kind) => kind === "key" || kind === "encrypted-key")
  ) {
    return wrong(
      source.cert,
      "certificate",
      `it holds the private key, and ${quote(source.key)} the certificate; ` +
        "give them the other way round",
    );
  }
  if (!hasCertificate) {
    return wrong(source.cert, "certificate", whyNoCertificate(cert));
  }
  if (!key.includes("key")) {
    return wrong(source.key, "private key", whyNoKey(key));
  }
  return null;
}

function whyNoCertificate(kinds: readonly PemKind[]): string {
  if (kinds.includes("certificate-request")) {
    return "it holds only a request for one; give what the issuer made of it";
  }
  return kinds.includes("key") || kinds.includes("encrypted-key")
    ? "it holds a private key; give the file with the certificate"
    : 'it holds none; give a PEM file with "-----BEGIN CERTIFICATE-----"';
}

function whyNoKey(kinds: readonly PemKind[]): string {
  if (kinds.includes("encrypted-key")) {
    return 'it is encrypted; give it without a passphrase, as "openssl pkey" ' +
      "writes it";
  }
  return kinds.includes("certificate")
    ? "it holds a certificate; give the file with the private key"
    : 'it holds none; give a PEM file with "-----BEGIN PRIVATE KEY-----"';
}
