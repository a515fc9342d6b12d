/**
 * From a path and options to a handler, for the library and the command alike.
 *
 * @module
 */

import { checkAllowedHost, checkOrigins } from "./access_checks.ts";
import { createAnswer, type Handler, STAGES } from "./answer.ts";
import type { BlockUse } from "./disk/file_source.ts";
import { openRoot } from "./disk/root.ts";
import { LOOKS } from "./disk/seen.ts";
import {
  checkCache,
  checkHeader,
  checkTheme,
  checkTitle,
} from "./option_checks.ts";
import type { SignalOf } from "./http/context.ts";
import {
  FULL_MS,
  REQUESTS_IN_FLIGHT_MAX,
  REQUESTS_PER_ADDRESS_MAX,
} from "./http/limits.ts";
import {
  createInFlight,
  type InFlight,
  type InFlightLimits,
} from "./in_flight.ts";
import { DEFAULTS, type ServeOptions } from "./options.ts";
import type { LogFields } from "./record.ts";

/** What the command gives and the library does without. */
export interface HandlerSide {
  /**
   * Whether the runtime alone reads the bodies of the responses: only then may
   * blocks be `released`.
   */
  readonly blocks: BlockUse;
  /** What the log makes use of. */
  readonly logFields: LogFields;
  /** Tells the operator something, in one line. */
  readonly note: (message: string) => void;
  /** Counts the requests under way. */
  readonly inFlight: InFlight;
  /** Tells whether a client has left. */
  readonly signalOf: SignalOf;
  /** Is told that descriptors ran out. */
  readonly onExhausted: () => void;
  /** Origins that lead to the server from its networks, the best first. */
  readonly origins: () => readonly string[];
}

/**
 * Makes a handler.
 *
 * @param directory Path of the folder or file.
 * @param options What is to differ from the defaults; `undefined` counts as not
 * given.
 * @param side What the command gives and the library does without.
 * @returns The handler.
 * @throws {Deno.errors.NotFound} If there is nothing at the path.
 * @throws {Deno.errors.NotCapable} If the path may not be read.
 * @throws {TypeError} If the path is neither a folder nor a regular file, or a
 * header, title or theme is malformed.
 * @throws {RangeError} If the number of seconds for `cache` is out of range.
 *
 * @example Usage
 * ```ts
 * import { buildHandler } from "./build_handler.ts";
 *
 * const handler = await buildHandler(".", {});
 * const server = Deno.serve({ port: 0, hostname: "127.0.0.1" }, handler);
 * await server.shutdown();
 * ```
 */
export async function buildHandler(
  directory: string,
  options: Partial<ServeOptions>,
  side: HandlerSide = librarySide(),
): Promise<Handler> {
  const given = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
  const whole: ServeOptions = Object.freeze({ ...DEFAULTS, ...given });
  for (const [name, value] of whole.headers) {
    const wrong = checkHeader(name, value);
    if (wrong !== undefined) throw new TypeError(wrong);
  }
  const wrong = whole.cache === null ? undefined : checkCache(whole.cache);
  if (wrong !== undefined) throw new RangeError(wrong);
  checkPages(whole);
  checkAccess(whole);
  return await createAnswer(whole, {
    root: await openRoot(directory),
    now: Date.now,
    isWindows: Deno.build.os === "windows",
    looks: LOOKS,
    stages: STAGES,
    ...side,
  });
}

function checkPages({ title, theme }: ServeOptions): void {
  const wrong = (title === null ? undefined : checkTitle(title)) ??
    checkTheme(theme);
  if (wrong !== undefined) throw new TypeError(wrong);
}

function checkAccess({ hosts, cors, headers }: ServeOptions): void {
  for (const host of hosts ?? []) {
    const wrong = checkAllowedHost(host);
    if (wrong !== undefined) throw new TypeError(wrong);
  }
  const wrong = cors === null ? undefined : checkOrigins(cors);
  if (wrong !== undefined) throw new TypeError(wrong);
  const asksCredentials = headers.some(([name]) =>
    name.toLowerCase() === "access-control-allow-credentials"
  );
  if (asksCredentials && cors?.includes("*")) {
    throw new TypeError(
      "Cannot let pages of any origin send passwords: name the origins, " +
        "as in --cors=https://a.example",
    );
  }
}

/**
 * Loads what the first answer does without.
 *
 * @param options How the folder is served.
 * @param path Canonical path of what is shared.
 * @returns Resolves when all is loaded.
 *
 * @example Usage
 * ```ts
 * import { loadRest } from "./build_handler.ts";
 * import { DEFAULTS } from "./options.ts";
 *
 * await loadRest(DEFAULTS, ".");
 * ```
 */
export async function loadRest(
  options: Pick<ServeOptions, "listing">,
  path: string,
): Promise<void> {
  const rest = await import("./answer_rest.ts");
  await rest.loadRest(options, path);
}

/** How many requests may be under way. */
export const IN_FLIGHT_LIMITS: InFlightLimits = Object.freeze({
  whole: REQUESTS_IN_FLIGHT_MAX,
  perAddress: REQUESTS_PER_ADDRESS_MAX,
  fullMs: FULL_MS,
});

/**
 * Makes what stands in for the command: a library has no one to tell, and no
 * server to stop.
 *
 * @returns What a handler needs besides its options.
 *
 * @example Usage
 * ```ts
 * import { librarySide } from "./build_handler.ts";
 *
 * librarySide().note("nobody reads this");
 * ```
 */
export function librarySide(): HandlerSide {
  const silent = () => {};
  return {
    blocks: "kept",
    logFields: "all",
    note: silent,
    // The runtime would remark on it, to whoever uses the library.
    signalOf: () => null,
    onExhausted: silent,
    origins: () => [],
    inFlight: createInFlight(IN_FLIGHT_LIMITS, {
      now: () => performance.now(),
      onStuck: silent,
    }),
  };
}
