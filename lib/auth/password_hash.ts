/**
 * Passwords as hashes: PBKDF2-HMAC-SHA-512 (RFC 8018 section 5.2) by Web
 * Crypto, written as a PHC string, `$pbkdf2-sha512$i=ROUNDS$SALT$DIGEST` with
 * the bytes in base64 without padding. The parameters stand inside, so that
 * a later default does not break an older hash.
 *
 * A password is taken in Normalization Form C, as RFC 7617 section 2.1 has a
 * browser send it: "é" is one password, however a keyboard composes it.
 *
 * @module
 */

/** What a derivation depends on besides the password. */
export interface HashParameters {
  /** How often the function is applied: what makes a guess expensive. */
  readonly rounds: number;
  /** Makes equal passwords have different hashes. */
  readonly salt: Uint8Array<ArrayBuffer>;
}

/** The hash of a password. */
export interface PasswordHash extends HashParameters {
  /** Result of the derivation. */
  readonly digest: Uint8Array<ArrayBuffer>;
}

/** OWASP Password Storage Cheat Sheet, 2023: about 0.1 s of one core. */
export const DEFAULT_ROUNDS = 210_000;

const SALT_BYTES = 16;
/** The whole output of SHA-512: more would double the work of our side only. */
const DIGEST_BYTES = 64;

// SECURITY: a hash comes from a file. Fewer rounds protect nothing, and with
// more than these one login would hold a core for seconds.
const LEAST_ROUNDS = 1_000;
const MOST_ROUNDS = 10_000_000;
const LEAST_SALT_BYTES = 8;
const MOST_SALT_BYTES = 64;

const PHC_STRING =
  /^\$pbkdf2-sha512\$i=([1-9]\d{3,7})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/**
 * Hashes a password with a salt of its own.
 *
 * @param password Password in clear.
 * @param rounds How often the function is applied.
 * @returns The hash.
 *
 * @example Usage
 * ```ts
 * import { formatPasswordHash, hashPassword } from "./password_hash.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const hash = await hashPassword("secret", 1_000);
 *
 * assertMatch(formatPasswordHash(hash), /^\$pbkdf2-sha512\$i=1000\$/);
 * ```
 */
export async function hashPassword(
  password: string,
  rounds: number = DEFAULT_ROUNDS,
): Promise<PasswordHash> {
  const parameters = { rounds, salt: newSalt() };
  return { ...parameters, digest: await deriveDigest(password, parameters) };
}

/**
 * Makes a salt.
 *
 * @returns Random bytes.
 *
 * @example Usage
 * ```ts
 * import { newSalt } from "./password_hash.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(newSalt().length, 16);
 * ```
 */
export function newSalt(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(SALT_BYTES));
}

/**
 * Derives the digest of a password: the expensive part of a login. The runtime
 * does it on another thread.
 *
 * @param password Password in clear.
 * @param parameters Rounds and salt.
 * @returns The digest.
 *
 * @example Usage
 * ```ts
 * import { deriveDigest } from "./password_hash.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const salt = new Uint8Array(16);
 *
 * assertEquals((await deriveDigest("x", { rounds: 1_000, salt })).length, 64);
 * ```
 */
export async function deriveDigest(
  password: string,
  parameters: HashParameters,
): Promise<Uint8Array<ArrayBuffer>> {
  const { rounds, salt } = parameters;
  const bytes = new TextEncoder().encode(password.normalize("NFC"));
  const key = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, [
    "deriveBits",
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-512", salt, iterations: rounds },
    key,
    DIGEST_BYTES * 8,
  );
  return new Uint8Array(bits);
}

/**
 * Compares two digests in a time that does not depend on where they differ.
 *
 * @param first One digest.
 * @param second The other.
 * @returns Whether they are the same.
 *
 * @example Usage
 * ```ts
 * import { isSameDigest } from "./password_hash.ts";
 * import { assert } from "@std/assert";
 *
 * assert(isSameDigest(new Uint8Array([1, 2]), new Uint8Array([1, 2])));
 * ```
 */
export function isSameDigest(first: Uint8Array, second: Uint8Array): boolean {
  // Lengths are no secret.
  if (first.length !== second.length) return false;
  // SECURITY: no way out before the end.
  return first.reduce((sum, byte, i) => sum | (byte ^ (second[i] ?? 0)), 0) ===
    0;
}

/**
 * Parses a PHC string.
 *
 * @param text Text, such as a line of a file holds.
 * @returns The hash, or `undefined` where it is no such string or its
 * parameters are out of bounds.
 *
 * @example Usage
 * ```ts
 * import { parsePasswordHash } from "./password_hash.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parsePasswordHash("$apr1$salt$hash"), undefined);
 * ```
 */
export function parsePasswordHash(text: string): PasswordHash | undefined {
  const parts = PHC_STRING.exec(text);
  if (parts === null) return undefined;
  const rounds = Number(parts[1]);
  const salt = decodeBase64(parts[2] ?? "");
  const digest = decodeBase64(parts[3] ?? "");
  const isGood = rounds >= LEAST_ROUNDS && rounds <= MOST_ROUNDS &&
    salt !== undefined && salt.length >= LEAST_SALT_BYTES &&
    salt.length <= MOST_SALT_BYTES && digest?.length === DIGEST_BYTES;
  return isGood ? { rounds, salt, digest } : undefined;
}

/**
 * Writes a hash as a PHC string.
 *
 * @param hash Hash.
 * @returns The string; it holds no colon and no space.
 *
 * @example Usage
 * ```ts
 * import { formatPasswordHash, parsePasswordHash } from "./password_hash.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const hash = {
 *   rounds: 1_000,
 *   salt: new Uint8Array(16),
 *   digest: new Uint8Array(64),
 * };
 *
 * assertEquals(parsePasswordHash(formatPasswordHash(hash)), hash);
 * ```
 */
export function formatPasswordHash(hash: PasswordHash): string {
  const salt = encodeBase64(hash.salt);
  return `$pbkdf2-sha512$i=${hash.rounds}$${salt}$${encodeBase64(hash.digest)}`;
}

function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
}

/** Without padding, and spelt in the one canonical way. */
function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  return encodeBase64(bytes) === text ? bytes : undefined;
}
