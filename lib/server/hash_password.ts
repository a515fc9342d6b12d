/**
 * `--hash-password`: from a password of whoever started the command to the hash
 * that goes into the file of `--auth-file`.
 *
 * @module
 */

import { formatPasswordHash, hashPassword } from "../auth/password_hash.ts";
import {
  type PasswordResult,
  type PasswordSource,
  readPassword,
} from "./password_prompt.ts";

/** A hash to print, or why there is none. */
export type HashResult =
  | { readonly kind: "hash"; readonly hash: string }
  | Exclude<PasswordResult, { readonly kind: "password" }>;

/** More than a password with its line end, and little to read at once. */
const CHUNK_BYTES = 4_096;

/** A terminal stays as a program left it, so these must not just end it. */
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? []
  : ["SIGTERM", "SIGHUP", "SIGINT"];

/**
 * Asks for a password and hashes it. Needs no permission.
 *
 * @returns The hash; `interrupted` by Ctrl-C or a signal, with the terminal as
 * it was before.
 *
 * @example Usage
 * ```ts ignore
 * import { askPasswordHash } from "./hash_password.ts";
 *
 * const result = await askPasswordHash();
 * ```
 */
export async function askPasswordHash(): Promise<HashResult> {
  const isTerminal = Deno.stdin.isTerminal();
  const end = Promise.withResolvers<null>();
  const onSignal = () => end.resolve(null);
  // What reads a pipe may just end.
  const signals = isTerminal ? SIGNALS : [];
  for (const signal of signals) Deno.addSignalListener(signal, onSignal);
  try {
    const result = await readPassword(createSource(isTerminal, end.promise));
    if (result.kind !== "password") return result;
    const hash = await hashPassword(result.password);
    return { kind: "hash", hash: formatPasswordHash(hash) };
  } finally {
    for (const signal of signals) Deno.removeSignalListener(signal, onSignal);
  }
}

function createSource(isTerminal: boolean, end: Promise<null>): PasswordSource {
  return {
    isTerminal,
    async read() {
      const buffer = new Uint8Array(CHUNK_BYTES);
      const count = await Promise.race([Deno.stdin.read(buffer), end]);
      return count === null ? null : buffer.subarray(0, count);
    },
    async write(text) {
      await Deno.stderr.write(new TextEncoder().encode(text));
    },
    hide() {
      // Raw: the terminal shows nothing and leaves Ctrl-C to us, so that it
      // can be put back first.
      Deno.stdin.setRaw(true);
      return { [Symbol.dispose]: () => Deno.stdin.setRaw(false) };
    },
  };
}
