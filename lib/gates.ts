/**
 * Who is answered at all. Everything here comes before the path or the disk is
 * looked at, and each gate is one reason to refuse:
 *
 * too many requests (503), a target that is too long (414), an authority that
 * cannot be parsed (400), a host name that is not ours (421), a preflight,
 * which browsers send without a password (204), no or a wrong password (401).
 *
 * @module
 */

import type { Authorizer, AuthResult } from "./auth/authorizer.ts";
import { hostOf } from "./http/host_check.ts";
import type { Context } from "./http/context.ts";
import { RETRY_AFTER_SECONDS, TARGET_BYTES_MAX } from "./http/limits.ts";
import type { Reply } from "./reply.ts";
import type { Refuse } from "./replies/refusal.ts";

/** What becomes of a request before its path is looked at. */
export interface Admission {
  /** The answer, or `undefined` where the request goes on. */
  readonly reply: Reply | undefined;
  /** Name of the user whose password was right, or `null`. */
  readonly user: string | null;
}

/** What the gates ask. */
export interface GateKeepers {
  readonly refuse: Refuse;
  /** Whether a host name is answered. */
  readonly isHostAnswered: (authority: string) => boolean;
  /** Is told of a name that was refused. */
  readonly onHostRefused: (host: string) => void;
  readonly preflight: (context: Context) => Reply | undefined;
  /** Judges credentials; `null` where no password is asked for. */
  readonly authorize: Authorizer | null;
  /** The answer to what is no user, `undefined` for one. */
  readonly checkLogin: (
    result: AuthResult,
    refuse: Refuse,
  ) => Reply | undefined;
}

/** A request on its way in. */
export interface Arrival {
  readonly context: Context;
  /** Whether there is a place for it among the requests under way. */
  readonly hasRoom: boolean;
}

const RETRY = [["retry-after", String(RETRY_AFTER_SECONDS)]] as const;

/**
 * Makes the function that admits or refuses requests.
 *
 * @param keepers What the gates ask.
 * @returns A function from a request to its admission, which waits only where
 * a password has to be derived.
 *
 * @example Usage
 * ```ts ignore
 * import { createGates } from "./gates.ts";
 *
 * const admit = createGates(keepers);
 * const { reply, user } = await admit({ context, hasRoom });
 * ```
 */
export function createGates(
  keepers: GateKeepers,
): (arrival: Arrival) => Admission | Promise<Admission> {
  const { refuse, authorize } = keepers;

  function refuseEarly({ context, hasRoom }: Arrival): Reply | undefined {
    if (!hasRoom) return refuse(503, RETRY);
    // A target holds ASCII: each character is a byte.
    if (context.target.length > TARGET_BYTES_MAX) return refuse(414);
    if (!context.isAuthorityValid) return refuse(400);
    if (!keepers.isHostAnswered(context.authority)) {
      keepers.onHostRefused(hostOf(context.authority));
      return refuse(421);
    }
    return keepers.preflight(context);
  }

  function admitUser(result: AuthResult): Admission {
    const reply = keepers.checkLogin(result, refuse);
    return { reply, user: result.kind === "user" ? result.name : null };
  }

  return (arrival) => {
    const reply = refuseEarly(arrival);
    if (reply !== undefined || authorize === null) return { reply, user: null };
    const { remote, headers } = arrival.context;
    const result = authorize(remote, headers.get("authorization"));
    return result instanceof Promise
      ? result.then(admitUser)
      : admitUser(result);
  };
}
