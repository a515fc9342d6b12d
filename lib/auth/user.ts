/**
 * What a user may be called and which passwords there are: the rules for
 * `--auth`, the file of hashes and the library alike. No message tells a
 * password or a hash.
 *
 * @module
 */

import type { User } from "../options.ts";
import { parsePasswordHash } from "./password_hash.ts";

/** A user, or what is wrong with it. */
export type UserResult =
  | { readonly kind: "user"; readonly user: User }
  | { readonly kind: "malformed"; readonly message: string };

/** Longest name and longest password in bytes: no person types more. */
export const SECRET_LIMIT_BYTES = 1_024;

/**
 * Parses the value of `--auth`.
 *
 * @param text `USER:PASSWORD`; the password may hold further colons.
 * @returns The user, or one line that says what is wrong.
 *
 * @example Usage
 * ```ts
 * import { parseUser } from "./user.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseUser("ada:se:cret"), {
 *   kind: "user",
 *   user: { name: "ada", password: "se:cret" },
 * });
 * ```
 */
export function parseUser(text: string): UserResult {
  const colon = text.indexOf(":");
  if (colon === -1) {
    // SECURITY: what came may be the password alone.
    const message = "Cannot use --auth without a colon: give USER:PASSWORD";
    return { kind: "malformed", message };
  }
  const name = text.slice(0, colon).normalize("NFC");
  const user = { name, password: text.slice(colon + 1) };
  const message = checkUser(user);
  if (message !== undefined) return { kind: "malformed", message };
  if (parsePasswordHash(user.password) !== undefined) {
    return {
      kind: "malformed",
      message: `Cannot use a hash as the password of the user "${name}": ` +
        "write the line into a file and give it with --auth-file",
    };
  }
  return { kind: "user", user };
}

/**
 * Checks a user.
 *
 * @param user User with a password or a hash.
 * @returns What is wrong and what to do, or `undefined` for a good one.
 *
 * @example Usage
 * ```ts
 * import { checkUser } from "./user.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(checkUser({ name: "ada", password: "x" }), undefined);
 * assertEquals(
 *   checkUser({ name: "ada", password: "" }),
 *   'Cannot use an empty password for the user "ada": give one',
 * );
 * ```
 */
export function checkUser(user: User): string | undefined {
  const { name } = user;
  if (name === "") return "Cannot use an empty user name: give USER:PASSWORD";
  if (/\p{Cc}/u.test(name)) {
    return "Cannot use a user name with control characters: leave them out";
  }
  if (name.includes(":")) {
    // RFC 7617 section 2: the first colon ends the name.
    return `Cannot use "${name}" as a user name: leave out the colon`;
  }
  if (sizeOf(name) > SECRET_LIMIT_BYTES) {
    return `Cannot use a user name of more than ${SECRET_LIMIT_BYTES} bytes: ` +
      "give a shorter one";
  }
  return "hash" in user
    ? checkHash(name, user.hash)
    : checkPassword(user.password, name);
}

/**
 * Checks a password.
 *
 * @param password Password in clear.
 * @param name Whose it is, where that is known.
 * @returns What is wrong and what to do, or `undefined` for a good one.
 *
 * @example Usage
 * ```ts
 * import { checkPassword } from "./user.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(checkPassword("open sesame"), undefined);
 * assertEquals(checkPassword(""), "Cannot use an empty password: give one");
 * ```
 */
export function checkPassword(
  password: string,
  name?: string,
): string | undefined {
  const whose = name === undefined ? "" : ` for the user "${name}"`;
  if (password === "") return `Cannot use an empty password${whose}: give one`;
  if (/\p{Cc}/u.test(password)) {
    return `Cannot use a password with control characters${whose}: ` +
      "leave them out";
  }
  if (sizeOf(password) > SECRET_LIMIT_BYTES) {
    return `Cannot use a password of more than ${SECRET_LIMIT_BYTES} ` +
      `bytes${whose}: give a shorter one`;
  }
}

function checkHash(name: string, hash: string): string | undefined {
  if (parsePasswordHash(hash) !== undefined) return undefined;
  return `Cannot read the password hash of the user "${name}": ` +
    "make one with --hash-password";
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
