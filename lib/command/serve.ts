/**
 * Serving: finds what is to be shared, gives permissions back, listens, tells
 * where, and keeps going until a signal.
 *
 * @module
 */

import type { ListenAddress } from "../cli/address_urls.ts";
import { buildHandler, IN_FLIGHT_LIMITS, loadRest } from "../build_handler.ts";
import { createInFlight } from "../in_flight.ts";
import type { CommandOptions } from "../options.ts";
import { type CommandLog, openCommandLog } from "../server/command_log.ts";
import { explain, listen, listenOrExplain } from "../server/listen.ts";
import { giveBack } from "../server/permissions.ts";
import { explainRootError, findRoot } from "../server/shared_root.ts";
import {
  ownSignals,
  type SignalSource,
  stopOnSignals,
} from "../server/stop.ts";
import { Supervisor } from "../server/supervise.ts";
import { readAccess } from "./access.ts";
import { createClientSignals } from "./client_signals.ts";
import type { Machine } from "./machine.ts";
import type { Control } from "./orders.ts";
import { FLUSH_MS, stopServing } from "./stop_serving.ts";
import { surviveErrors } from "./survive_errors.ts";
import { COULD_NOT_RUN, type Talk, WRONG_USAGE } from "./talk.ts";

/** What serving depends on besides what the user asked for. */
export interface Setting extends Talk {
  /** What is known about the machine. */
  readonly machine: Machine;
  /** Ports that were tried before and are taken. */
  readonly taken: readonly number[];
  /** What the process that started this one says, or `null`. */
  readonly control: Control | null;
}

/**
 * Serves until the process ends.
 *
 * @param options What the user asked for.
 * @param setting How something is said, and what is known already.
 * @returns Resolves when nothing listens any more; the process ends itself.
 *
 * @example Usage
 * ```ts ignore
 * import { serve } from "./serve.ts";
 *
 * await serve(options, setting);
 * ```
 */
export async function serve(
  options: CommandOptions,
  { print, fail, machine, control, ...setting }: Setting,
): Promise<void> {
  const found = await findRoot(options.directory);
  if (found.kind === "failed") {
    return fail(found.message, found.isUsage ? WRONG_USAGE : COULD_NOT_RUN);
  }
  giveBack(options.open ? ["run"] : []);
  const access = await readAccess(options, machine, { fail });
  let { certificate } = access;
  let accepted = certificate;
  const log = openCommandLog({
    ...options,
    color: Deno.stderr.isTerminal() && !Deno.noColor,
  });
  let origins: readonly string[] = [];
  let bound = { bind: options.bind, port: options.port };
  const inFlight = createInFlight(IN_FLIGHT_LIMITS, {
    now: () => performance.now(),
    onStuck: () => supervisor.cut(),
  });
  const supervisor = new Supervisor({
    listenAgain(handler, signal) {
      try {
        const again = listen(bound, handler, { signal, tls: certificate });
        accepted = certificate;
        return again;
      } catch (error) {
        if (certificate === accepted || !isAboutCertificate(error)) throw error;
        certificate = accepted;
        log.note(`the certificate before stays: ${explain(error, bound)}`);
        return listen(bound, handler, { signal, tls: certificate });
      }
    },
    traffic: inFlight,
    report: log.note,
    onHopeless: async (error) => {
      log.note(`error: ${explain(error, bound)}`);
      await log.flush(FLUSH_MS);
      Deno.exit(COULD_NOT_RUN);
    },
  });
  const { directory } = options;
  const { users, hosts } = access;
  const first = supervisor.prepare(
    await buildHandler(
      directory,
      { ...options, users, hosts, log: log.access },
      {
        blocks: "released",
        logFields: log.fields,
        note: log.note,
        inFlight,
        signalOf: createClientSignals(globalThis.console),
        onExhausted: () => supervisor.exhausted(),
        origins: () => origins,
      },
    ).catch((error) => {
      const { message, isUsage } = explainRootError(error, directory);
      return fail(message, isUsage ? WRONG_USAGE : COULD_NOT_RUN);
    }),
  );
  const listening = listenOrExplain(bound, first.handler, {
    isPortAsked: options.portAsked,
    signal: first.signal,
    tls: certificate,
  });
  if (listening.kind === "failed") {
    return fail(listening.message, COULD_NOT_RUN);
  }
  const { server } = listening;
  const taken = [...setting.taken, ...listening.taken];
  bound = { bind: options.bind, port: server.addr.port };
  stopOnSignals({
    stop: () => stopServing(supervisor, log),
    exit: Deno.exit,
  }, control === null ? [ownSignals] : [ownSignals, signalsOf(control, log)]);
  const scheme = certificate === null ? "http" : "https";
  const address: ListenAddress = { ...bound, scheme };
  surviveErrors(log.note);
  const watching = supervisor.watch(server);
  const started = { root: found.root, address, taken, machine, access };
  const { announce } = await import("./announce.ts");
  origins = await announce(started, options, { print, note: log.note });
  if (certificate !== null && access.renewal !== null) {
    const { watchCertificate } = await import("../server/renewal.ts");
    watchCertificate(access.renewal, {
      current: certificate,
      note: log.note,
      onRenewed(renewed) {
        certificate = renewed;
        supervisor.replaceServer();
      },
    });
  }
  await Promise.all([watching, loadRest(options, found.root.path)]);
}

/** Signals that are handed on; without a parent nothing serves on. */
function signalsOf(control: Control, log: CommandLog): SignalSource {
  return async (onSignal) => {
    for (;;) {
      const signal = await control.next();
      if (signal === null) break;
      onSignal(signal);
    }
    await log.flush(FLUSH_MS);
    Deno.exit(COULD_NOT_RUN);
  };
}

function isAboutCertificate(error: unknown): boolean {
  return error instanceof Error && /certificate|\bkeys?\b/i.test(error.message);
}
