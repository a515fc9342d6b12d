/**
 * Who may look and over what: the users of both flags, the host names, and the
 * certificate, read from the files that the user named.
 *
 * @module
 */

import { checkAllowedHost } from "../access_checks.ts";
import { resolve } from "../disk_path.ts";
import { isLoopback } from "../http/loopback.ts";
import type { CommandOptions, User } from "../options.ts";
import type { AuthFileResult } from "../server/auth_file.ts";
import type {
  CertificateResult,
  TlsCertificate,
} from "../server/certificate.ts";
import { withTargets } from "../server/real_path.ts";
import type { RenewalSource } from "../server/renewal.ts";
import type { Machine } from "./machine.ts";
import { COULD_NOT_RUN, type Talk, WRONG_USAGE } from "./talk.ts";

/** Who may look and over what. */
export interface Access {
  /** All users, `null` where everybody may look. */
  readonly users: readonly User[] | null;
  /** Host names that are answered besides the local ones. */
  readonly hosts: readonly string[];
  /** Certificate for HTTPS, `null` for HTTP. */
  readonly certificate: TlsCertificate | null;
  /** Where a renewed certificate comes from, `null` for HTTP. */
  readonly renewal: RenewalSource | null;
  /** Files besides the shared folder that may be read. */
  readonly files: readonly string[];
  /** What is worth a warning, one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Reads what decides who may look.
 *
 * @param options What the user asked for.
 * @param machine What is known about the machine.
 * @param talk How something is said; what is wrong ends the process.
 * @returns Users, hosts and certificate.
 *
 * @example Usage
 * ```ts ignore
 * import { readAccess } from "./access.ts";
 *
 * const access = await readAccess(options, machine, talk);
 * ```
 */
export async function readAccess(
  options: CommandOptions,
  machine: Machine,
  { fail }: Pick<Talk, "fail">,
): Promise<Access> {
  const { authFile, tlsCert, tlsKey } = options;
  const fromFile = authFile === null ? null : await readUsers(authFile);
  if (fromFile?.kind === "failed") {
    return fail(
      fromFile.message,
      fromFile.isUsage ? WRONG_USAGE : COULD_NOT_RUN,
    );
  }
  const users = [...options.users ?? [], ...fromFile?.users ?? []];
  const named = users.map(({ name }) => name);
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  if (twice !== undefined) {
    return fail(
      `Cannot use --auth and --auth-file for the same user "${twice}": ` +
        "give one password",
      WRONG_USAGE,
    );
  }
  const renewal = renewalOf(options, machine);
  const result = renewal === null ? null : await findCertificate(renewal);
  if (result?.kind === "failed") {
    return fail(result.message, result.isUsage ? WRONG_USAGE : COULD_NOT_RUN);
  }
  return {
    users: users.length === 0 ? null : users,
    hosts: [...options.hosts ?? [], ...ownNames(options.bind, machine)],
    certificate: result?.certificate ?? null,
    renewal,
    files: await withTargets(
      [fromFile?.path ?? null, tlsCert, tlsKey]
        .filter((file) => file !== null)
        .map((file) => resolve(file)),
    ),
    warnings: fromFile?.warnings ?? [],
  };
}

/** What the machine is called, and where it listens if that is a name. */
function ownNames(bind: string, { hostName }: Machine): string[] {
  const names = hostName === null ? [bind] : [bind, hostName];
  // Systems allow host names that no URL can hold.
  return names.filter((name) =>
    /[a-z]/i.test(name) && checkAllowedHost(name) === undefined
  );
}

/** Where the certificate comes from, now and when it is renewed. */
function renewalOf(
  { tls, tlsCert, tlsKey, bind }: CommandOptions,
  machine: Machine,
): RenewalSource | null {
  if (tlsCert !== null && tlsKey !== null) {
    return { kind: "files", cert: tlsCert, key: tlsKey };
  }
  if (!tls) return null;
  // Whoever can only come from this machine need not be told of its networks.
  if (isLoopback(bind)) return { kind: "self-signed", names: [bind] };
  const addresses = machine.interfaces?.map(({ address }) => address) ?? [];
  const names = [bind, ...ownNames(bind, machine), ...addresses];
  return { kind: "self-signed", names };
}

// What these two need is loaded only here: most starts need none of it.

async function readUsers(file: string): Promise<AuthFileResult> {
  const { readAuthFile } = await import("../server/auth_file.ts");
  return await readAuthFile(file);
}

async function findCertificate(
  source: RenewalSource,
): Promise<CertificateResult> {
  if (source.kind === "files") {
    const { loadCertificate } = await import("../server/certificate.ts");
    return await loadCertificate(source);
  }
  const { createSelfSigned } = await import("../server/self_signed.ts");
  const certificate = await createSelfSigned(source.names, Date.now());
  return { kind: "loaded", certificate };
}
