/**
 * The certificate of `--tls`: made in memory, signed by itself, for the names
 * under which this machine is called. Nothing of it is ever written to a disk.
 * The library is loaded only when a certificate is made.
 *
 * @module
 */

import type { TlsCertificate } from "./certificate.ts";

/** How long it is valid. Safari refuses more than 825 days. */
export const VALID_DAYS = 90;

const DAY_MS = 86_400_000;

// Clocks that are a little behind, such as those of phones, are right as well.
const EARLIER_MS = DAY_MS;

// RFC 5280 section 4.1.2.2: positive, at most 20 bytes; CAs use 16 and more.
const SERIAL_BYTES = 16;

const ALGORITHM = {
  name: "ECDSA",
  namedCurve: "P-256",
  hash: "SHA-256",
} as const;

/** A name that a certificate is for. */
export interface AlternativeName {
  readonly type: "dns" | "ip";
  readonly value: string;
}

/** Names that are always in it. */
const OWN_NAMES: readonly string[] = ["localhost", "127.0.0.1", "::1"];

const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

/**
 * Makes a certificate.
 *
 * @param names Host names and IP addresses besides those of this machine
 * alone; what is neither is passed over.
 * @param now Milliseconds since the epoch.
 * @returns The certificate with its key.
 *
 * @example Usage
 * ```ts ignore
 * import { createSelfSigned } from "./self_signed.ts";
 *
 * const certificate = await createSelfSigned(["192.168.1.23"], Date.now());
 * ```
 */
export async function createSelfSigned(
  names: readonly string[],
  now: number,
): Promise<TlsCertificate> {
  // Its containers need a polyfill, and in this order.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, [
    "sign",
    "verify",
  ]);
  const expires = now + VALID_DAYS * DAY_MS;
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: createSerial(),
    // Nobody looks at it, and it is to name nothing to strangers.
    name: "CN=localhost",
    notBefore: new Date(now - EARLIER_MS),
    notAfter: new Date(expires),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.SubjectAlternativeNameExtension(toAlternativeNames(names)),
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([SERVER_AUTHENTICATION]),
    ],
  }, crypto);
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  const digest = await crypto.subtle.digest("SHA-256", made.rawData);
  return {
    cert: `${made.toString("pem")}\n`,
    key: toPem(new Uint8Array(key)),
    fingerprint: toHex(new Uint8Array(digest)).join(":").toUpperCase(),
    expires,
  };
}

/**
 * Sorts names into those of hosts and those of addresses.
 *
 * @param names Host names and IP addresses.
 * @returns Each once, as an entry of a certificate.
 *
 * @example Usage
 * ```ts
 * import { toAlternativeNames } from "./self_signed.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(toAlternativeNames(["My.Host", "0.0.0.0"]), [
 *   { type: "dns", value: "localhost" },
 *   { type: "ip", value: "127.0.0.1" },
 *   { type: "ip", value: "::1" },
 *   { type: "dns", value: "my.host" },
 * ]);
 * ```
 */
export function toAlternativeNames(
  names: readonly string[],
): AlternativeName[] {
  const all = [...OWN_NAMES, ...names]
    // An interface of IPv6 may come with its zone, which no client sends.
    .map((name) => name.replace(/%.*$/, "").replace(/\.$/, "").toLowerCase())
    .filter((name) => name !== "0.0.0.0" && name !== "::");
  return [...new Set(all)].flatMap((value): AlternativeName[] => {
    if (isAddress(value)) return [{ type: "ip", value }];
    // Others would make the whole certificate invalid (RFC 5280 4.2.1.6).
    return NAME.test(value) ? [{ type: "dns", value }] : [];
  });
}

const LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
// No name ends in a number: it would be a wrong address.
const NAME = new RegExp(
  `^(?=.{1,253}$)(?!(?:.*\\.)?[0-9]+$)${LABEL}(?:\\.${LABEL})*$`,
);
const IPV4 = /^(\d{1,3}\.){3}\d{1,3}$/;

function isAddress(name: string): boolean {
  return name.includes(":")
    ? URL.canParse(`http://[${name}]/`)
    : IPV4.test(name) && URL.canParse(`http://${name}/`);
}

function createSerial(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SERIAL_BYTES));
  // Neither negative nor with a leading zero byte.
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return toHex(bytes).join("");
}

function toPem(bytes: Uint8Array): string {
  const lines = btoa(String.fromCharCode(...bytes)).match(/.{1,64}/g) ?? [];
  return [
    "-----BEGIN PRIVATE KEY-----",
    ...lines,
    "-----END PRIVATE KEY-----",
    "",
  ].join("\n");
}

function toHex(bytes: Uint8Array): string[] {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
}
