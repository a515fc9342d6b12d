/**
 * A certificate that is replaced while the server runs: files that were renewed
 * on the disk are picked up, and one that was made in memory is made again
 * before it expires.
 *
 * @module
 */

import {
  type CertificateSource,
  loadCertificate,
  type TlsCertificate,
} from "./certificate.ts";
import { createSelfSigned } from "./self_signed.ts";

/** Where a certificate comes from. */
export type RenewalSource =
  | ({ readonly kind: "files" } & CertificateSource)
  | {
    readonly kind: "self-signed";
    /** Names besides those of this machine alone. */
    readonly names: readonly string[];
  };

/** What a renewal needs from its caller. */
export interface RenewalOptions {
  /** The certificate that is in use. */
  readonly current: TlsCertificate;
  /** Takes the certificate that new connections are to get. */
  readonly onRenewed: (certificate: TlsCertificate) => void;
  /** Tells the operator something, in one line. */
  readonly note: (message: string) => void;
  /** Milliseconds between two looks, else {@linkcode LOOK_MS}. */
  readonly everyMs?: number;
  /** Tells the time, else the machine's clock. */
  readonly now?: () => number;
}

/** Whoever renews a certificate looks whether it worked: not for a minute. */
export const LOOK_MS = 10_000;

// One that is made here is made again a day before its end.
const EARLY_MS = 86_400_000;

/**
 * Looks again and again whether there is a newer certificate.
 *
 * @param source Where the certificate comes from.
 * @param options What is in use, and who is told.
 * @returns Ends it.
 *
 * @example Usage
 * ```ts ignore
 * import { watchCertificate } from "./renewal.ts";
 *
 * const stop = watchCertificate({ kind: "self-signed", names: [] }, {
 *   current: certificate,
 *   onRenewed(next) {
 *     certificate = next;
 *     supervisor.replaceServer();
 *   },
 *   note: log.note,
 * });
 * ```
 */
export function watchCertificate(
  source: RenewalSource,
  options: RenewalOptions,
): () => void {
  const look = source.kind === "files"
    ? createFileLook(source, options)
    : createClockLook(source.names, options);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  async function lookAndWait(): Promise<void> {
    try {
      const renewed = await look();
      if (renewed !== null && !isOver) options.onRenewed(renewed);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      options.note(`renewing the certificate failed (${reason})`);
    }
    if (!isOver) wait();
  }
  function wait(): void {
    timer = setTimeout(lookAndWait, options.everyMs ?? LOOK_MS);
    Deno.unrefTimer(timer);
  }
  wait();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/**
 * Creates what looks whether files hold another certificate. It reads them each
 * time: they are small, and times and sizes do not tell of every change.
 *
 * @param source The two files.
 * @param options What is in use, and who is told.
 * @returns Gives the new certificate, or `null` where there is none. Files
 * that do not fit together may be half written: they are left for the next
 * look, and only what is still wrong then is worth a line.
 *
 * @example Usage
 * ```ts ignore
 * import { createFileLook } from "./renewal.ts";
 *
 * const look = createFileLook({ cert: "a.crt", key: "a.key" }, options);
 * const renewed = await look();
 * ```
 */
export function createFileLook(
  source: CertificateSource,
  options: Pick<RenewalOptions, "current" | "note" | "now">,
): () => Promise<TlsCertificate | null> {
  const { now = Date.now, note } = options;
  let current = options.current;
  let lastFailure = "";
  let notedFailure = "";
  let hasNotedEnd = false;

  function fail(message: string): void {
    if (message === lastFailure && message !== notedFailure) {
      notedFailure = message;
      note(`the certificate in use stays: ${message}`);
    }
    lastFailure = message;
  }

  return async () => {
    const result = await loadCertificate(source, now());
    if (!hasNotedEnd && now() > current.expires) {
      hasNotedEnd = true;
      note("the certificate in use has expired");
    }
    if (result.kind === "failed") {
      fail(result.message);
      return null;
    }
    const { certificate } = result;
    lastFailure = notedFailure = "";
    if (isSame(certificate, current)) return null;
    current = certificate;
    hasNotedEnd = false;
    const day = new Date(certificate.expires).toISOString().slice(0, 10);
    note(`the certificate was renewed; it expires on ${day}`);
    return certificate;
  };
}

/**
 * Creates what looks whether a certificate that was made here ends soon.
 *
 * @param names Names besides those of this machine alone.
 * @param options What is in use, and who is told.
 * @returns Gives a new certificate, or `null` while there is time.
 *
 * @example Usage
 * ```ts ignore
 * import { createClockLook } from "./renewal.ts";
 *
 * const look = createClockLook(["my-laptop"], options);
 * const renewed = await look();
 * ```
 */
export function createClockLook(
  names: readonly string[],
  options: Pick<RenewalOptions, "current" | "note" | "now">,
): () => Promise<TlsCertificate | null> {
  const { now = Date.now } = options;
  let { expires } = options.current;
  return async () => {
    if (now() < expires - EARLY_MS) return null;
    const certificate = await createSelfSigned(names, now());
    expires = certificate.expires;
    options.note(`a new certificate was made: ${certificate.fingerprint}`);
    return certificate;
  };
}

function isSame(a: TlsCertificate, b: TlsCertificate): boolean {
  return a.cert === b.cert && a.key === b.key;
}
