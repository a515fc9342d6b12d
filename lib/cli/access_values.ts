/**
 * What the flags about who may look mean: users, host names, origins, and the
 * files for HTTPS. The rules themselves stand with their topics, in `auth/`
 * and `http/`, since they hold for the library as well.
 *
 * @module
 */

import { checkAllowedHost, checkOrigins } from "../access_checks.ts";
import { parseUser } from "../auth/user.ts";
import type { User } from "../options.ts";
import { UsageError } from "./errors.ts";

/** The flags that choose how HTTPS is served. */
export interface TlsFlags {
  readonly tls: boolean;
  readonly tlsCert: string | null;
  readonly tlsKey: string | null;
}

/**
 * Reads the users of `--auth`.
 *
 * @param values One `USER:PASSWORD` for each time that it was given.
 * @returns The users, or `null` where there is none.
 * @throws {UsageError} If one is malformed or named twice. It never tells a
 * password.
 *
 * @example Usage
 * ```ts
 * import { parseUsers } from "./access_values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseUsers(["ada:se:cret"]), [
 *   { name: "ada", password: "se:cret" },
 * ]);
 * assertEquals(parseUsers([]), null);
 * ```
 */
export function parseUsers(values: readonly string[]): readonly User[] | null {
  const users = values.map((value) => {
    const parsed = parseUser(value);
    if (parsed.kind === "malformed") throw new UsageError(parsed.message);
    return parsed.user;
  });
  const names = users.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UsageError(
      `Cannot use two passwords for the user "${twice}": give one`,
    );
  }
  return users.length === 0 ? null : users;
}

/**
 * Reads the names of `--allow-host`.
 *
 * @param values One name for each time that it was given.
 * @returns The names in lower case.
 * @throws {UsageError} If one is no host name.
 *
 * @example Usage
 * ```ts
 * import { parseHosts } from "./access_values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseHosts(["Files.Example.com"]), ["files.example.com"]);
 * ```
 */
export function parseHosts(values: readonly string[]): readonly string[] {
  return values.map((value) => {
    const wrong = checkAllowedHost(value);
    if (wrong !== undefined) throw new UsageError(wrong);
    return value.toLowerCase();
  });
}

/**
 * Reads the origins of `--cors`.
 *
 * @param values Lists of origins with commas between; `*` where the flag stood
 * alone.
 * @returns The origins, `["*"]` for any, or `null` where it was not given.
 * @throws {UsageError} If one is no origin.
 *
 * @example Usage
 * ```ts
 * import { parseOrigins } from "./access_values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseOrigins(["*"]), ["*"]);
 * assertEquals(parseOrigins(["https://a.example,http://localhost:3000"]), [
 *   "https://a.example",
 *   "http://localhost:3000",
 * ]);
 * assertEquals(parseOrigins([]), null);
 * ```
 */
export function parseOrigins(
  values: readonly string[],
): readonly string[] | null {
  if (values.length === 0) return null;
  const origins = values.flatMap((value) => value.split(","))
    .map((origin) => origin.trim());
  const wrong = checkOrigins(origins);
  if (wrong !== undefined) throw new UsageError(wrong);
  return [...new Set(origins)];
}

/**
 * Checks that the flags for HTTPS go together.
 *
 * @param flags The flags.
 * @returns The same flags.
 * @throws {UsageError} If one of certificate and key is missing, or both a
 * certificate and none were asked for.
 *
 * @example Usage
 * ```ts
 * import { checkTlsFlags } from "./access_values.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => checkTlsFlags({ tls: false, tlsCert: "cert.pem", tlsKey: null }),
 *   Error,
 *   "give its key with --tls-key",
 * );
 * ```
 */
export function checkTlsFlags(flags: TlsFlags): TlsFlags {
  const { tls, tlsCert, tlsKey } = flags;
  if (tlsCert !== null && tlsKey === null) {
    throw new UsageError(
      "Cannot use --tls-cert alone: give its key with --tls-key",
    );
  }
  if (tlsCert === null && tlsKey !== null) {
    throw new UsageError(
      "Cannot use --tls-key alone: give its certificate with --tls-cert",
    );
  }
  if (tls && tlsCert !== null) {
    throw new UsageError(
      "Cannot use --tls with --tls-cert: --tls makes a certificate of its own",
    );
  }
  return flags;
}
