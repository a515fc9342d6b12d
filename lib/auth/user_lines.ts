/**
 * The text of a file of users: `user:hash` a line, the hash as
 * `--hash-password` prints it. Empty lines and lines that begin with `#` say
 * nothing; space around a line does not count.
 *
 * @module
 */

import type { User } from "../options.ts";
import { parsePasswordHash } from "./password_hash.ts";
import { checkUser } from "./user.ts";

/** The users of a file, or what is wrong with it. */
export type UserLinesResult =
  | { readonly kind: "users"; readonly users: readonly User[] }
  | {
    readonly kind: "malformed";
    /** Number of the line, from 1; 0 where it is the whole file. */
    readonly line: number;
    /** What is wrong and what to do, without any hash. */
    readonly reason: string;
  };

/**
 * Parses the text of a file of users.
 *
 * @param text Text; the line ends and the mark in front that Windows writes do
 * no harm.
 * @returns The users, or the first line that is wrong.
 *
 * @example Usage
 * ```ts
 * import { parseUserLines } from "./user_lines.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseUserLines("# nobody yet\n").kind, "malformed");
 * ```
 */
export function parseUserLines(text: string): UserLinesResult {
  const users = new Map<string, { user: User; line: number }>();
  for (
    const [index, raw] of text.replace(/^\ufeff/, "").split("\n").entries()
  ) {
    const entry = raw.trim();
    if (entry === "" || entry.startsWith("#")) continue;
    const line = index + 1;
    const parsed = parseEntry(entry);
    if (typeof parsed === "string") {
      return { kind: "malformed", line, reason: parsed };
    }
    const { name } = parsed;
    const earlier = users.get(name);
    if (earlier !== undefined) {
      const reason = `the user "${name}" stands in line ${earlier.line} ` +
        "already: leave one of them out";
      return { kind: "malformed", line, reason };
    }
    users.set(name, { user: parsed, line });
  }
  if (users.size === 0) {
    const reason = "there is no user: write user:hash on a line, the hash " +
      "as --hash-password prints it";
    return { kind: "malformed", line: 0, reason };
  }
  return { kind: "users", users: [...users.values()].map(({ user }) => user) };
}

/** The user of a line, or what is wrong with it. */
function parseEntry(entry: string): User | string {
  const colon = entry.indexOf(":");
  // SECURITY: never the entry itself; it may hold a password in clear.
  if (colon === -1) return "there is no colon: write user:hash";
  const name = entry.slice(0, colon).trimEnd().normalize("NFC");
  const hash = entry.slice(colon + 1).trimStart();
  if (name === "") return "there is no user: write user:hash";
  if (parsePasswordHash(hash) === undefined) {
    return `what follows "${name}:" is no hash: ` +
      "make one with --hash-password";
  }
  const user = { name, hash };
  return checkUser(user) ?? user;
}
