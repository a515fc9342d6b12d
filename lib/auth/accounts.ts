/**
 * Who the users are, and what is compared when somebody claims to be one of
 * them. Every claim costs one derivation, whether there is such a user or not
 * and whether its password was given in clear or as a hash.
 *
 * @module
 */

import type { User } from "../options.ts";
import { createFingerprint } from "./fingerprint.ts";
import {
  DEFAULT_ROUNDS,
  type HashParameters,
  isSameDigest,
  newSalt,
  parsePasswordHash,
} from "./password_hash.ts";

/** How a claim is checked. */
export interface Account {
  /** What the password that came is to be derived with. */
  readonly parameters: HashParameters;
  /** Judges a password and what was derived from it. */
  isRight(password: string, digest: Uint8Array): boolean;
}

/** Finds the account of a name; there is one for every name. */
export type AccountOf = (name: string) => Account;

/** The check of one kind of user. */
type Check = Account["isRight"];

/**
 * Makes the accounts of users.
 *
 * @param users Users; where two have one name, the first counts.
 * @returns A function from a name to its account. That of an unknown name has
 * the parameters of one of the users, the same each time, and is never right.
 * @throws {TypeError} If a hash is malformed.
 *
 * @example Usage
 * ```ts
 * import { createAccounts } from "./accounts.ts";
 * import { deriveDigest } from "./password_hash.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const accountOf = await createAccounts([{ name: "ada", password: "secret" }]);
 * const { parameters, isRight } = accountOf("ada");
 * const digest = await deriveDigest("secret", parameters);
 *
 * assertEquals(isRight("secret", digest), true);
 * ```
 */
export async function createAccounts(
  users: readonly User[],
): Promise<AccountOf> {
  const accounts = new Map<string, Account>();
  for (const user of users.toReversed()) {
    accounts.set(
      user.name.normalize("NFC"),
      "hash" in user
        ? hashAccount(user.hash)
        : await plainAccount(user.password),
    );
  }
  // SECURITY: hashes of several ages have several costs. An unknown name costs
  // as much as one of the users, and the same again after a restart: which one,
  // only somebody who knows the hashes can tell.
  const hashes = users.map((user) => "hash" in user ? user.hash : "").join();
  const fingerprint = await createFingerprint(new TextEncoder().encode(hashes));
  const parameters = [...accounts.values()].map((each) => each.parameters);
  const nobody = newParameters();

  return (name) => {
    const index = indexOf(fingerprint(name), parameters.length);
    const stranger = toStranger(parameters[index] ?? nobody);
    return accounts.get(name) ?? stranger;
  };
}

function hashAccount(text: string): Account {
  const hash = parsePasswordHash(text);
  if (hash === undefined) throw new TypeError("Cannot read a password hash");
  const isRight: Check = (_, digest) => isSameDigest(digest, hash.digest);
  return { parameters: hash, isRight };
}

/**
 * A password in clear needs no derivation to be compared: the one that every
 * claim costs is for the sake of the cost.
 */
async function plainAccount(secret: string): Promise<Account> {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const fingerprint = await createFingerprint(key);
  const encoder = new TextEncoder();
  const toMark = (password: string) =>
    encoder.encode(fingerprint(password.normalize("NFC")));
  const expected = toMark(secret);
  const isRight: Check = (password) => isSameDigest(toMark(password), expected);
  return { parameters: newParameters(), isRight };
}

function toStranger(parameters: HashParameters): Account {
  const expected = new Uint8Array(64);
  // Compared as that of a user is, and wrong whatever comes out.
  const isRight: Check = (_, digest) => isSameDigest(digest, expected) && false;
  return { parameters, isRight };
}

function newParameters(): HashParameters {
  return { rounds: DEFAULT_ROUNDS, salt: newSalt() };
}

/** A number below a limit, from a fingerprint in base64. */
function indexOf(mark: string, limit: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = new TextEncoder().encode(atob(mark));
  return (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) % Math.max(1, limit);
}
