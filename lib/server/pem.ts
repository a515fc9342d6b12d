/**
 * The blocks of a PEM file (RFC 7468): certificates, private keys and what
 * people take for them.
 *
 * @module
 */

/** What kind of block it is. */
export type PemKind =
  | "certificate"
  | "certificate-request"
  | "key"
  | "encrypted-key"
  | "public-key"
  | "other";

/** A block, from its first line to its last. */
export interface PemBlock {
  readonly kind: PemKind;
  /** The block's own text, with a final line feed. */
  readonly text: string;
}

const BEGIN = /^-----BEGIN ([A-Z0-9 ]{1,40})-----\s*$/;

const KINDS: ReadonlyMap<string, PemKind> = new Map([
  ["CERTIFICATE", "certificate"],
  ["CERTIFICATE REQUEST", "certificate-request"],
  ["NEW CERTIFICATE REQUEST", "certificate-request"],
  ["PRIVATE KEY", "key"],
  ["RSA PRIVATE KEY", "key"],
  ["EC PRIVATE KEY", "key"],
  ["ENCRYPTED PRIVATE KEY", "encrypted-key"],
  ["PUBLIC KEY", "public-key"],
]);

/**
 * Takes a PEM file apart. What stands between blocks is passed over, as RFC
 * 7468 section 2 wants it; a block without an end is none.
 *
 * @param text Content of the file.
 * @returns Its blocks, in order.
 *
 * @example Usage
 * ```ts
 * import { parsePem } from "./pem.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
 *
 * assertEquals(parsePem(`a comment\n${text}`), [{ kind: "key", text }]);
 * ```
 */
export function parsePem(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  let label = "";
  let lines: string[] = [];
  for (const line of text.split(/\r\n?|\n/)) {
    const begins = BEGIN.exec(line)?.[1];
    if (begins !== undefined) {
      label = begins;
      lines = [];
    }
    if (label === "") continue;
    lines.push(line.trimEnd());
    if (line.trimEnd() !== `-----END ${label}-----`) continue;
    blocks.push({ kind: kindOf(label, lines), text: `${lines.join("\n")}\n` });
    label = "";
  }
  return blocks;
}

function kindOf(label: string, lines: readonly string[]): PemKind {
  const kind = KINDS.get(label) ?? "other";
  // The older form says it in a header: `Proc-Type: 4,ENCRYPTED`.
  const isEncrypted = lines.some((line) => /^Proc-Type:.*ENCRYPTED/.test(line));
  return kind === "key" && isEncrypted ? "encrypted-key" : kind;
}
