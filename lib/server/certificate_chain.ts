/**
 * Which certificate of a file belongs to a private key, and the order in which
 * TLS sends them (RFC 8446 section 4.4.2): its own first, then each issuer.
 * Files come in every order; the runtime takes the first for its own.
 *
 * @module
 */

// deno-lint-ignore no-external-import -- a part of the runtime
import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  X509Certificate,
} from "node:crypto";

/** A chain in order, or why there is none. */
export type ChainResult =
  | {
    readonly kind: "sorted";
    /** PEM blocks, the one that belongs to the key first. */
    readonly chain: readonly string[];
    /** SHA-256 of the first: `AA:BB:…`. */
    readonly fingerprint: string;
    /** Since when the first is valid, in milliseconds since the epoch. */
    readonly starts: number;
    /** When the first expires, in milliseconds since the epoch. */
    readonly expires: number;
  }
  | {
    readonly kind: "unreadable-certificate" | "unreadable-key" | "mismatch";
  };

interface Certificate {
  readonly text: string;
  readonly parsed: X509Certificate;
}

/**
 * Brings certificates into order.
 *
 * @param certificates PEM blocks, at least one.
 * @param key PEM block of the private key.
 * @returns The chain, or what is wrong.
 *
 * @example Usage
 * ```ts
 * import { sortChain } from "./certificate_chain.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(sortChain(["nothing"], "nothing"), {
 *   kind: "unreadable-certificate",
 * });
 * ```
 */
export function sortChain(
  certificates: readonly string[],
  key: string,
): ChainResult {
  const all: Certificate[] = [];
  for (const text of certificates) {
    const parsed = attempt(() => new X509Certificate(text));
    if (parsed === null) return { kind: "unreadable-certificate" };
    all.push({ text, parsed });
  }
  const ownKey = attempt(() => createPrivateKey(key));
  if (ownKey === null) return { kind: "unreadable-key" };
  const first = all.find(({ parsed }) => belongs(parsed, ownKey) === "yes") ??
    // Older runtimes cannot compare every kind; the server will.
    all.find(({ parsed }) => belongs(parsed, ownKey) === "unknown");
  if (first === undefined) return { kind: "mismatch" };
  const chain = [first];
  const rest = new Set(all.filter((certificate) => certificate !== first));
  for (let last = first; rest.size > 0;) {
    const { issuer } = last.parsed;
    const next = [...rest].find(({ parsed }) => parsed.subject === issuer);
    if (next === undefined) break;
    rest.delete(next);
    chain.push(next);
    last = next;
  }
  const { parsed } = first;
  return {
    kind: "sorted",
    // What leads to no other may still be a way to another root.
    chain: [...chain, ...rest].map(({ text }) => text),
    fingerprint: parsed.fingerprint256,
    starts: Date.parse(parsed.validFrom),
    expires: Date.parse(parsed.validTo),
  };
}

function belongs(
  certificate: X509Certificate,
  key: KeyObject,
): "yes" | "no" | "unknown" {
  const ofCertificate = attempt(() => toText(certificate.publicKey));
  const ofKey = attempt(() => toText(createPublicKey(key)));
  if (ofCertificate === null || ofKey === null) return "unknown";
  return ofCertificate === ofKey ? "yes" : "no";
}

function toText(key: KeyObject): string {
  return key.export({ type: "spki", format: "der" }).toString("base64");
}

/** Whatever the parser throws, there is one answer to it. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null; // not readable: the caller says so in its own words
  }
}
