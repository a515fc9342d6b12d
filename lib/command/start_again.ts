/**
 * Starting the program once more with the least permissions, where it was given
 * more and may run programs (`deno run -A`). The runtime cannot narrow what it
 * has granted, so a second process serves; this one keeps nothing and hands
 * signals and the exit code through. Output is inherited.
 *
 * Every millisecond here is one that the start takes longer: what is not needed
 * is not imported.
 *
 * @module
 */

import type { CommandOptions } from "../options.ts";
import { openerOf } from "../server/opener.ts";
import { giveBackAll, isGranted } from "../server/permissions.ts";
import { realPathOf, withTargets } from "../server/real_path.ts";
import { stopSignals } from "../server/stop.ts";
import { findPort } from "./free_port.ts";
import { filesOf, type Grants, leastGrants } from "./grants.ts";
import { lookAround } from "./machine.ts";
import { type Orders, ordersLine, TOLD } from "./orders.ts";
import { COULD_NOT_RUN, type Talk, WRONG_USAGE } from "./talk.ts";

/** What the second process is to do, and may. */
interface Plan {
  readonly orders: Orders;
  /** `null` where no flag can say what is to be permitted. */
  readonly grants: Grants | null;
}

/** How long the second process may take to end when it is to end at once. */
const PATIENCE_MS = 1_000;

/**
 * Serves in a second process and ends with its exit code.
 *
 * @param options What the user asked for.
 * @param talk How something is said.
 * @returns Resolves only where this process is to serve itself.
 *
 * @example Usage
 * ```ts ignore
 * import { startAgain } from "./start_again.ts";
 *
 * await startAgain(options, talk);
 * await serve(options, talk);
 * ```
 */
export async function startAgain(
  options: CommandOptions,
  talk: Talk,
): Promise<void> {
  const plan = await makePlan(options, talk);
  if (plan === null) return;
  const failure = await run(plan);
  talk.warn(
    `Cannot start again with fewer permissions (${failure}); ` +
      "serving with all of them",
  );
}

async function makePlan(
  options: CommandOptions,
  { fail }: Talk,
): Promise<Plan | null> {
  const { directory, bind, followSymlinks } = options;
  if (!isGranted({ name: "read", path: directory })) return null;
  // Where links lead is granted as a whole or not known.
  if (followSymlinks && !isWhole({ name: "read" })) return null;
  let path: string;
  try {
    path = await realPathOf(directory);
  } catch (error) {
    const { explainRootError } = await import("../server/shared_root.ts");
    const { message, isUsage } = explainRootError(error, directory);
    return fail(message, isUsage ? WRONG_USAGE : COULD_NOT_RUN);
  }
  const files = await withTargets(filesOf(options));
  const found = findPort(options);
  // The second process gets nothing that this one does not have.
  const isShort = found.kind === "none" ||
    [path, ...files].some((path) => !isWhole({ name: "read", path }));
  if (isShort) return null;
  const { port, taken } = found;
  return {
    orders: {
      options: { ...options, directory: path, port, portAsked: true },
      machine: lookAround(),
      taken,
    },
    grants: leastGrants(
      { address: { bind, port }, path, files, programs: programsOf(options) },
      options,
    ),
  };
}

/** Opening a browser is done without, where it may not be done. */
function programsOf({ open }: CommandOptions): string[] {
  const { program } = openerOf(Deno.build.os);
  return open && isGranted({ name: "run", command: program }) ? [program] : [];
}

/** Ends the process, or says why the second one did not start. */
async function run({ orders, grants }: Plan): Promise<string> {
  if (grants === null) return "no flag permits a path with a comma";
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        // The runtime's own remarks, which a frame of HTTP/2 can cause.
        "--quiet",
        ...grants.flags,
        ...configFlags(grants),
        Deno.mainModule,
        TOLD,
      ],
      ...(grants.cwd === null ? {} : { cwd: grants.cwd }),
      stdin: "piped",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const pipe = child.stdin.getWriter();
  const handedOn = handSignalsOn(child, pipe);
  const isReady = await pipe.write(ordersLine(orders))
    .then(() => true, () => false);
  if (isReady) giveBackAll();
  const { code, signal } = await child.status;
  // What ended by a signal, or served before it ended, did start.
  if (isReady || signal !== null || handedOn.count > 0) {
    Deno.exit(handedOn.code ?? code);
  }
  handedOn.stop();
  return `the second process ended with exit code ${code}`;
}

/** A package needs no configuration; a file has its own beside it. */
function configFlags({ cwd }: Grants): string[] {
  // SECURITY: else it would be looked for in what is shared.
  return cwd === null || Deno.mainModule.startsWith("file:")
    ? []
    : ["--no-config", "--no-lock"];
}

interface HandedOn {
  /** How many signals came. */
  readonly count: number;
  /** Exit code where the second process had to be killed. */
  readonly code: number | null;
  /** Hands no more on. */
  stop(): void;
}

function handSignalsOn(
  child: Deno.ChildProcess,
  pipe: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>,
): HandedOn {
  const codes = stopSignals(Deno.build.os);
  const listeners = new Map<Deno.Signal, () => void>();
  let count = 0;
  let killedWith: number | null = null;
  for (const [name, code] of codes) {
    const listener = () => {
      count++;
      pipe.write(new TextEncoder().encode(`${name}\n`)).catch(() => {
        // It has ended, and its exit code is on the way.
      });
      if (count !== 2) return;
      // It ends at once now, unless it hangs.
      Deno.unrefTimer(setTimeout(() => {
        killedWith = code;
        child.kill("SIGKILL");
      }, PATIENCE_MS));
    };
    listeners.set(name, listener);
    Deno.addSignalListener(name, listener);
  }
  return {
    get count() {
      return count;
    },
    get code() {
      return killedWith;
    },
    stop() {
      for (const [name, listener] of listeners) {
        Deno.removeSignalListener(name, listener);
      }
    },
  };
}

/** `--deny-read` inside what is granted: no flag of ours would repeat it. */
function isWhole(descriptor: Deno.PermissionDescriptor): boolean {
  const { state, partial } = Deno.permissions.querySync(descriptor);
  return state === "granted" && !partial;
}
