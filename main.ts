/**
 * The command: reads arguments, settles permissions, starts the server, and
 * ends with the right exit code.
 *
 * ```sh
 * deno run --allow-net=0.0.0.0:8000 --allow-read=. jsr:@org/serve 8000
 * ```
 *
 * @module
 */

import config from "./deno.json" with { type: "json" };
import { addressUrls } from "./lib/cli/address_urls.ts";
import { displayPath, isRisky } from "./lib/cli/display_path.ts";
import { helpText, versionText } from "./lib/cli/help.ts";
import { narrowCommand } from "./lib/cli/narrow_command.ts";
import { parseFlags } from "./lib/cli/parse.ts";
import { toPrintable } from "./lib/cli/printable.ts";
import { type StartFacts, startPage } from "./lib/cli/start_page.ts";
import { buildHandler } from "./lib/build_handler.ts";
import type { CommandOptions } from "./lib/options.ts";
import { type CommandLog, openCommandLog } from "./lib/server/command_log.ts";
import { explain, listen, listenOrExplain } from "./lib/server/listen.ts";
import {
  describeExcess,
  formatHost,
  giveBack,
  isGranted,
} from "./lib/server/permissions.ts";
import { explainRootError, findRoot } from "./lib/server/shared_root.ts";
import { DRAIN_MS, stopOnSignals, waitAtMost } from "./lib/server/stop.ts";
import { Supervisor } from "./lib/server/supervise.ts";

const COULD_NOT_RUN = 1;
const WRONG_USAGE = 2;

/** How long the end of the process may wait for the log (SPEC: 1 s). */
const FLUSH_MS = 1_000;

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    // What nobody foresaw still gets one line.
    const reason = error instanceof Error ? error.message : String(error);
    fail(`Cannot start: ${reason}`, COULD_NOT_RUN);
  }
}

async function main(): Promise<void> {
  const port = isGranted({ name: "env", variable: "PORT" })
    ? Deno.env.get("PORT")
    : undefined;
  const result = parseFlags(Deno.args, { PORT: port });
  switch (result.kind) {
    case "help":
      return print(helpText());
    case "version":
      return print(versionText({ serve: config.version, ...Deno.version }));
    case "usage-error":
      return fail(result.message, WRONG_USAGE);
    case "serve":
      return await serve(result.options);
    default:
      result satisfies never;
  }
}

async function serve(options: CommandOptions): Promise<void> {
  const found = await findRoot(options.directory);
  if (found.kind === "failed") {
    return fail(found.message, found.isUsage ? WRONG_USAGE : COULD_NOT_RUN);
  }
  const machine = lookAround();
  giveBack();
  const log = openCommandLog({
    ...options,
    color: Deno.stderr.isTerminal() && !Deno.noColor,
  });
  let bound = { bind: options.bind, port: options.port };
  const supervisor = new Supervisor({
    listenAgain: (handler) => listen(bound, handler),
    report: log.note,
    onHopeless: async (error) => {
      log.note(`error: ${explain(error, bound)}`);
      await log.flush(FLUSH_MS);
      Deno.exit(COULD_NOT_RUN);
    },
  });
  const { directory } = options;
  const handler = supervisor.count(
    await buildHandler(directory, { ...options, log: log.access }, "released")
      .catch((error) =>
        fail(explainRootError(error, directory).message, COULD_NOT_RUN)
      ),
  );
  const listening = listenOrExplain(bound, handler, {
    isPortAsked: options.portAsked,
  });
  if (listening.kind === "failed") {
    return fail(listening.message, COULD_NOT_RUN);
  }
  bound = { bind: options.bind, port: listening.server.addr.port };
  stopOnSignals({
    stop: () => stop(supervisor, log),
    exit: Deno.exit,
  });
  const { home, interfaces } = machine;
  const { path, kind } = found.root;
  const folder = displayPath(path, home);
  const isTerminal = Deno.stdout.isTerminal();
  const facts: StartFacts = {
    ...bound,
    ...addressUrls({ ...bound, scheme: "http" }, interfaces),
    scheme: "http",
    shared: kind === "file" ? "file" : "folder",
    folder,
    isTerminal,
    color: isTerminal && !Deno.noColor,
    allowed: [`read ${folder}`, `listen on port ${bound.port}`],
    more: describeExcess(found.root, bound),
    narrowCommand: narrowerLine(options, { ...bound, path }),
    warnings: warningsOf({ path, home, taken: listening.taken, ...bound }),
  };
  print(startPage(facts));
  if (!isTerminal) takenLines(listening.taken, bound.port).forEach(log.note);
  surviveErrors(log);
  await supervisor.watch(listening.server, handler);
}

/** What may be read only before permissions are given back. */
function lookAround(): {
  readonly home: string | null;
  readonly interfaces: Deno.NetworkInterfaceInfo[] | null;
} {
  const mayAsk = isGranted({ name: "sys", kind: "networkInterfaces" });
  const variable = Deno.build.os === "windows" ? "USERPROFILE" : "HOME";
  const home = isGranted({ name: "env", variable })
    ? Deno.env.get(variable) ?? null
    : null;
  return { home, interfaces: mayAsk ? Deno.networkInterfaces() : null };
}

function warningsOf(facts: {
  readonly path: string;
  readonly home: string | null;
  readonly port: number;
  readonly taken: readonly number[];
}): string[] {
  const warnings = takenLines(facts.taken, facts.port);
  if (isRisky(facts.path, facts.home)) {
    const shown = displayPath(facts.path, facts.home);
    warnings.push(`all of ${shown} is shared: give a folder to share less`);
  }
  return warnings;
}

function takenLines(taken: readonly number[], port: number): string[] {
  const [first, ...others] = taken;
  if (first === undefined) return [];
  const last = others.at(-1);
  const ports = last === undefined
    ? `port ${first} is taken`
    : `ports ${first} to ${last} are taken`;
  return [`${ports}, so this is port ${port}`];
}

/** The same server with less, where a line of arguments can say so. */
function narrowerLine(
  options: CommandOptions,
  bound: {
    readonly bind: string;
    readonly port: number;
    readonly path: string;
  },
): string | null {
  // An executable cannot be narrowed, and where links lead nobody can list.
  if (Deno.build.standalone || options.followSymlinks) return null;
  const port = options.port === 0 ? 0 : bound.port;
  return narrowCommand({
    module: Deno.mainModule,
    cwd: Deno.cwd(),
    host: formatHost({ ...bound, port }),
    port,
    path: bound.path,
    args: Deno.args,
  });
}

async function stop(supervisor: Supervisor, log: CommandLog): Promise<void> {
  const drained = supervisor.stop();
  const count = supervisor.requestsUnderWay;
  if (count > 0 && Deno.stdout.isTerminal()) {
    const downloads = count === 1 ? "1 download" : `${count} downloads`;
    const line =
      `Stopping, ${downloads} under way (Ctrl-C again to stop now)\n`;
    // Asynchronous: a terminal that stands still must not hold the end up.
    Deno.stdout.write(new TextEncoder().encode(line)).catch(() => {
      // The terminal is gone, and nobody reads the line.
    });
  }
  await waitAtMost(drained, DRAIN_MS);
  await log.flush(FLUSH_MS);
}

/** A bug in one answer or in a timer is no reason to stop the others. */
function surviveErrors(log: CommandLog): void {
  const note = (error: unknown) =>
    log.note(`error: ${error instanceof Error ? error.stack : error}`);
  addEventListener("error", (event) => {
    event.preventDefault();
    note(event.error);
  });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    note(event.reason);
  });
}

function print(text: string): void {
  try {
    // deno-lint-ignore no-console -- what a command says to its user
    console.log(text);
  } catch {
    // Standard output is a full disk: no reason not to serve.
  }
}

function fail(message: string, code: number): never {
  try {
    // deno-lint-ignore no-console -- what a command says to its user
    console.error(`error: ${toPrintable(message)}`);
  } catch {
    // As in print; the exit code tells.
  }
  Deno.exit(code);
}
