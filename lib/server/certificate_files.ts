/**
 * Reading the files of `--tls-cert` and `--tls-key`: what is wrong with one of
 * them in one line, before anything looks into what it holds.
 *
 * @module
 */

import { resolve } from "../disk_path.ts";
import { isGranted } from "./permissions.ts";

/** What a file is for. */
export type CertificateFileUse = "certificate" | "private key";

/** Why a certificate or its key cannot be used. */
export interface CertificateFailure {
  readonly kind: "failed";
  /** One line without `error: ` in front. */
  readonly message: string;
  /** Whether the command was wrong, rather than the machine. */
  readonly isUsage: boolean;
}

/** Text of a file, or why it cannot be had. */
export type CertificateFileResult =
  | { readonly kind: "read"; readonly text: string }
  | CertificateFailure;

/** A chain has some 10 KB; every root that browsers know has 250 KB. */
const LIMIT_BYTES = 1_048_576;

/**
 * Reads a file.
 *
 * @param path File as the user wrote it.
 * @param use What it is for.
 * @returns Its text, or one line that says what to do.
 *
 * @example Usage
 * ```ts
 * import { readCertificateFile } from "./certificate_files.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await readCertificateFile("no-such.pem", "private key"), {
 *   kind: "failed",
 *   message: 'Cannot use "no-such.pem" as the private key: there is no such ' +
 *     "file; give one that exists",
 *   isUsage: true,
 * });
 * ```
 */
export async function readCertificateFile(
  path: string,
  use: CertificateFileUse,
): Promise<CertificateFileResult> {
  if (!isGranted({ name: "read", path })) {
    return notPermitted(path, use);
  }
  let bytes: Uint8Array;
  try {
    const { isFile, size } = await Deno.stat(path);
    // A FIFO could hold the start up for ever.
    if (!isFile) return wrong(path, use, "it is no file; give a PEM file");
    if (size > LIMIT_BYTES) {
      return wrong(path, use, "it is larger than 1 MB; give a PEM file");
    }
    bytes = await Deno.readFile(path);
  } catch (error) {
    return explainReadError(error, path, use);
  }
  if (bytes.length === 0) {
    return wrong(path, use, "it is empty; give a PEM file");
  }
  const text = new TextDecoder().decode(bytes);
  // Both forms are a DER sequence (X.690 section 8.9.1).
  if (bytes[0] === 0x30 && !text.includes("-----BEGIN")) {
    return wrong(
      path,
      use,
      "it is in a binary form (DER or PKCS #12); give a PEM file",
    );
  }
  return { kind: "read", text };
}

/**
 * Says in one line that a file cannot be used.
 *
 * @param path File as the user wrote it.
 * @param use What it is for.
 * @param reason What is wrong and what to do.
 * @returns The failure, as one of wrong usage.
 *
 * @example Usage
 * ```ts
 * import { wrong } from "./certificate_files.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   wrong("a.pem", "certificate", "it is empty").message,
 *   'Cannot use "a.pem" as the certificate: it is empty',
 * );
 * ```
 */
export function wrong(
  path: string,
  use: CertificateFileUse,
  reason: string,
): CertificateFailure {
  const message = `Cannot use ${JSON.stringify(path)} as the ${use}: ${reason}`;
  return { kind: "failed", message, isUsage: true };
}

function notPermitted(
  path: string,
  use: CertificateFileUse,
): CertificateFailure {
  const flag = `--allow-read=${resolve(path)}`;
  return { ...wrong(path, use, `run with ${flag}`), isUsage: false };
}

function explainReadError(
  error: unknown,
  path: string,
  use: CertificateFileUse,
): CertificateFailure {
  if (
    error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.FilesystemLoop
  ) {
    return wrong(path, use, "there is no such file; give one that exists");
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return {
      ...wrong(path, use, "this user may not read it"),
      isUsage: false,
    };
  }
  // Folders of the system: no flag for reading grants them.
  if (error instanceof Deno.errors.NotCapable) return notPermitted(path, use);
  const reason = error instanceof Error ? error.message : String(error);
  return {
    ...wrong(path, use, reason.split("\n", 1)[0] ?? ""),
    isUsage: false,
  };
}
