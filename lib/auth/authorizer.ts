/**
 * Who may look: from the `Authorization` field of a request and the address it
 * came from to a user, or why there is none. A pair of name and password that
 * was right once is remembered, so that a page with 50 images costs one
 * derivation; guesses wait their turn and take no more than two threads.
 *
 * @module
 */

import { clientKey } from "../client_key.ts";
import type { User } from "../options.ts";
import { type AccountOf, createAccounts } from "./accounts.ts";
import { createAttempts } from "./attempts.ts";
import { FIELD_LIMIT, parseBasic } from "./basic.ts";
import { createClientTurns, createTurns } from "./derivations.ts";
import { createFingerprint, type Fingerprint } from "./fingerprint.ts";
import { deriveDigest } from "./password_hash.ts";
import { checkUser } from "./user.ts";

/** What a request may do. */
export type AuthResult =
  | { readonly kind: "user"; readonly name: string }
  /** Nobody's name and password, or none. */
  | { readonly kind: "refused" }
  /** Too many are guessing: nobody looked. */
  | { readonly kind: "busy" };

/** Judges a request; at once where nothing has to be derived. */
export type Authorizer = (
  remote: string,
  authorization: string | null,
) => AuthResult | Promise<AuthResult>;

/** What a test can put something else in the place of. */
export interface AuthorizerDeps {
  /** Milliseconds; differences alone matter. */
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** The expensive part of a login. */
  readonly deriveDigest: typeof deriveDigest;
}

/** The clock and the work as they are. */
const DEPS: AuthorizerDeps = Object.freeze({
  now: () => performance.now(),
  wait: (milliseconds: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  deriveDigest,
});

/** Two threads, since a small machine has no more; 32 wait about two seconds. */
const ALL_TURNS = { atOnce: 2, waiting: 32 };

/** A browser opens six connections at once. */
const CLIENT_TURNS = { atOnce: 1, waiting: 8 };

/** What guesses may hold of the 2,048 requests that may be under way. */
const CLAIMS_MAX = 256;

/**
 * What those who failed lately may hold of them, and of the places of
 * {@linkcode ALL_TURNS}: many addresses that guess leave room for a first login.
 */
const SUSPECT_CLAIMS_MAX = 128;
const SUSPECT_TURNS_MAX = 16;

/** About 0.5 MB, whatever comes. */
const CLIENTS_MAX = 4_096;

/** More spellings of right pairs than users have; about 1 MB. */
const REMEMBERED_MAX = 4_096;

const REFUSED: AuthResult = Object.freeze({ kind: "refused" });
const BUSY: AuthResult = Object.freeze({ kind: "busy" });

/** A claim to be somebody. */
interface Claim {
  readonly client: string;
  /** Stand-in for the field, the key under which it is remembered. */
  readonly mark: string;
  readonly name: string;
  readonly password: string;
}

/** What is made when the first password comes, since most requests have none. */
interface Ready {
  readonly fingerprint: Fingerprint;
  readonly accountOf: AccountOf;
}

/**
 * Makes the function that judges requests.
 *
 * @param users Who may look.
 * @param given Clock and work where they are to be other ones.
 * @returns The function. It gives no promise for a remembered pair, and none
 * where there is no password to check.
 * @throws {TypeError} If a user is malformed.
 *
 * @example Usage
 * ```ts
 * import { createAuthorizer } from "./authorizer.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const authorize = createAuthorizer([{ name: "ada", password: "secret" }]);
 * const field = `Basic ${btoa("ada:secret")}`;
 *
 * assertEquals(authorize("127.0.0.1", null), { kind: "refused" });
 * assertEquals(await authorize("127.0.0.1", field), {
 *   kind: "user",
 *   name: "ada",
 * });
 * ```
 */
export function createAuthorizer(
  users: readonly User[],
  given: Partial<AuthorizerDeps> = {},
): Authorizer {
  const deps = { ...DEPS, ...given };
  for (const user of users) {
    const wrong = checkUser(user);
    if (wrong !== undefined) throw new TypeError(wrong);
  }
  const attempts = createAttempts({ now: deps.now, clientsMax: CLIENTS_MAX });
  const clientTurns = createClientTurns(CLIENT_TURNS);
  const allTurns = createTurns(ALL_TURNS);
  const remembered = new Map<string, AuthResult>();
  const underWay = new Map<string, Promise<AuthResult>>();
  let suspectTurns = 0;
  let loading: Promise<Ready> | null = null;
  let fingerprint: Fingerprint | null = null;

  async function makeReady(): Promise<Ready> {
    const key = crypto.getRandomValues(new Uint8Array(32));
    const accountOf = await createAccounts(users);
    fingerprint = await createFingerprint(key);
    return { fingerprint, accountOf };
  }

  /** Many requests of one page are one claim. */
  async function judge(
    remote: string,
    field: string,
  ): Promise<AuthResult> {
    const parsed = parseBasic(field);
    if (parsed.kind === "malformed") return REFUSED;
    const ready = await (loading ??= makeReady());
    const mark = ready.fingerprint(field);
    const client = clientKey(remote);
    const key = `${client} ${mark}`;
    const found = remembered.get(mark) ?? underWay.get(key);
    if (found !== undefined) return await found;
    const isSuspect = attempts.isSuspect(client);
    const room = isSuspect ? SUSPECT_CLAIMS_MAX : CLAIMS_MAX;
    if (underWay.size >= room) return BUSY;
    const claim = { ...parsed, client, mark };
    const judged = clientTurns.run(client, () => check(claim, ready.accountOf));
    if (judged === undefined) return BUSY;
    underWay.set(key, judged);
    try {
      return await judged;
    } finally {
      underWay.delete(key);
    }
  }

  async function check(
    claim: Claim,
    accountOf: AccountOf,
  ): Promise<AuthResult> {
    const delay = attempts.delayOf(claim.client);
    if (delay > 0) await deps.wait(delay);
    // The same pair may have come from elsewhere meanwhile.
    const known = remembered.get(claim.mark);
    if (known !== undefined) return known;
    const { parameters, isRight } = accountOf(claim.name);
    const isSuspect = attempts.isSuspect(claim.client);
    if (isSuspect && suspectTurns >= SUSPECT_TURNS_MAX) return BUSY;
    suspectTurns += isSuspect ? 1 : 0;
    const derived = allTurns.run(() =>
      deps.deriveDigest(claim.password, parameters)
    );
    const digest = await Promise.resolve(derived)
      .finally(() => suspectTurns -= isSuspect ? 1 : 0);
    if (digest === undefined) return BUSY;
    if (isRight(claim.password, digest)) return remember(claim);
    attempts.fail(claim.client);
    return REFUSED;
  }

  function remember({ mark, name }: Claim): AuthResult {
    const result: AuthResult = Object.freeze({ kind: "user", name });
    remembered.set(mark, result);
    const [oldest] = remembered.keys();
    if (remembered.size > REMEMBERED_MAX && oldest !== undefined) {
      remembered.delete(oldest);
    }
    return result;
  }

  return (remote, field) => {
    if (field === null || field.length > FIELD_LIMIT) return REFUSED;
    const known = fingerprint === null
      ? undefined
      : remembered.get(fingerprint(field));
    return known ?? judge(remote, field);
  };
}
