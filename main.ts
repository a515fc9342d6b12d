/**
 * The command: reads arguments, and starts what they ask for. Everything else
 * is loaded where it is needed: each process has to wait for its own part alone.
 *
 * ```sh
 * deno run --allow-net=0.0.0.0:8000 --allow-read=. jsr:@org/serve 8000
 * ```
 *
 * @module
 */

// A package that a dynamic import leads to first, the runtime compiles anew each
// time (measured in 2.9: 4 ms for the paths).
import "./lib/disk_path.ts";
import { toPrintable } from "./lib/cli/printable.ts";
import { canStartAgain } from "./lib/command/can_start_again.ts";
import { lookAround } from "./lib/command/machine.ts";
import { readOrders, TOLD } from "./lib/command/orders.ts";
import { COULD_NOT_RUN, type Talk, WRONG_USAGE } from "./lib/command/talk.ts";
import type { CommandOptions } from "./lib/options.ts";

const TALK: Talk = { print, warn, fail };

/** As a shell says it: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

if (import.meta.main) await run();

/**
 * Runs the command with the arguments of the process, as if this module had
 * been started itself: for a program of yours that is compiled with a site.
 *
 * @returns Resolves when nothing listens any more; the process ends itself.
 *
 * @example A site in one executable
 * ```ts ignore
 * import { run } from "jsr:@org/serve";
 *
 * await run();
 * ```
 */
export async function run(): Promise<void> {
  try {
    await runAsAsked();
  } catch (error) {
    // What nobody foresaw still gets one line.
    const reason = error instanceof Error ? error.message : String(error);
    fail(`Cannot start: ${reason}`, COULD_NOT_RUN);
  }
}

async function runAsAsked(): Promise<void> {
  if (Deno.args[0] === TOLD) return await serveAsTold();
  const { parseFlags } = await import("./lib/cli/parse.ts");
  const result = parseFlags(Deno.args, { PORT: portOfEnvironment() });
  switch (result.kind) {
    case "help": {
      const { helpText } = await import("./lib/cli/help.ts");
      return print(helpText(terminalColumns()));
    }
    case "completions": {
      const { completionScript } = await import("./lib/cli/completions.ts");
      return print(await completionScript(result.shell));
    }
    case "version": {
      const { versionText } = await import("./lib/cli/help.ts");
      const { default: { version } } = await import("./deno.json", {
        with: { type: "json" },
      });
      return print(versionText({ serve: version, ...Deno.version }));
    }
    case "usage-error":
      return fail(result.message, WRONG_USAGE);
    case "serve":
      return await serve(result.options);
    case "hash-password":
      return await hashPassword();
    default:
      result satisfies never;
  }
}

async function serve(options: CommandOptions): Promise<void> {
  if (canStartAgain(options)) {
    const { startAgain } = await import("./lib/command/start_again.ts");
    await startAgain(options, TALK);
  }
  const { serve } = await import("./lib/command/serve.ts");
  const machine = lookAround();
  const setting = { ...TALK, machine, taken: [], control: null };
  await serve(await withEmbeddedSite(options), setting);
}

/** An executable may have a site in it, for where no folder is given. */
async function withEmbeddedSite(
  options: CommandOptions,
): Promise<CommandOptions> {
  if (!Deno.build.standalone || options.directoryAsked) return options;
  const { embeddedSite } = await import("./lib/server/embedded_site.ts");
  const directory = embeddedSite();
  return directory === null ? options : { ...options, directory };
}

async function serveAsTold(): Promise<void> {
  // Orders are read when all is loaded: the other side knows by that.
  const { serve } = await import("./lib/command/serve.ts");
  const { orders, control } = await readOrders(Deno.stdin);
  const { options, machine, taken } = orders;
  await serve(options, { ...TALK, machine, taken, control });
}

async function hashPassword(): Promise<void> {
  const { askPasswordHash } = await import("./lib/server/hash_password.ts");
  const result = await askPasswordHash();
  switch (result.kind) {
    case "hash":
      return print(result.hash);
    case "failed":
      return fail(result.message, WRONG_USAGE);
    case "interrupted":
      return Deno.exit(INTERRUPTED);
    default:
      result satisfies never;
  }
}

/** How wide the terminal is; `undefined` where nobody looks on. */
function terminalColumns(): number | undefined {
  try {
    return Deno.stdout.isTerminal() ? Deno.consoleSize().columns : undefined;
  } catch {
    return undefined; // a terminal that does not tell
  }
}

function portOfEnvironment(): string | undefined {
  const { state } = Deno.permissions.querySync({
    name: "env",
    variable: "PORT",
  });
  return state === "granted" ? Deno.env.get("PORT") : undefined;
}

function print(text: string): void {
  try {
    // deno-lint-ignore no-console -- what a command says to its user
    console.log(text);
  } catch {
    // Standard output is a full disk: no reason not to serve.
  }
}

function warn(message: string): void {
  try {
    // deno-lint-ignore no-console -- what a command says to its user
    console.error(toPrintable(message));
  } catch {
    // As in print.
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
