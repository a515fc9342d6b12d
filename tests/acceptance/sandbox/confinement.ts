// quick
/**
 * What the serving process may do under plain `-A`, tried from inside it: a
 * copy of the program has one more path, and who asks for it runs `_probe.ts`
 * in the process that answers.
 *
 * @module
 */

import { fromFileUrl, join } from "@std/path";

import { acceptance } from "../../_support/acceptance.ts";
import { MAIN, REPOSITORY } from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { link, makeTree, type Tree } from "../../_support/tree.ts";
import { startCommand, waitForPort } from "../../cli/_command.ts";
import type { Attempt, ProbeTargets } from "./_probe.ts";

/** What the runtime says where something was not permitted. */
const REFUSED = /^(?:NotCapable|PermissionDenied)$/;

/** Asked for in the copy of the program. */
const PROBE_PATH = "/probe-from-inside";

await acceptance(
  "under plain -A the serving process cannot read outside DIR, connect out, write, run, or read the environment, tried from inside",
  async () => {
    const held = await probeWith([]);
    const free = await probeWith(["--no-sandbox"]);
    const done = held.attempts.filter(([, error]) => !isRefused(error));
    const total = held.attempts.length;
    return {
      holds: total > 30 && done.length === 0 && held.isIntact &&
        held.linkStatus === 404,
      figure: `${total - done.length} of ${total} attempts refused by the ` +
        `runtime${listOf(done)}; nothing was changed: ${held.isIntact}; a ` +
        `link to the outside: ${held.linkStatus}, by our own code; with ` +
        `--no-sandbox ${refusedIn(free.attempts)} of ${total} are refused`,
    };
  },
);

function isRefused(error: string | null): boolean {
  return error !== null && REFUSED.test(error);
}

function refusedIn(attempts: readonly Attempt[]): number {
  return attempts.filter(([, error]) => isRefused(error)).length;
}

function listOf(done: readonly Attempt[]): string {
  return done.map(([what, error]) => `, not: ${what} (${error ?? "done"})`)
    .join("");
}

interface Probed {
  readonly attempts: readonly Attempt[];
  /** Whether the shared folder is what it was. */
  readonly isIntact: boolean;
  /** What a link in the folder to the outside is answered with. */
  readonly linkStatus: number;
}

async function probeWith(args: readonly string[]): Promise<Probed> {
  await using tree = await makeTree({
    "shared/a.txt": "a",
    "shared/out": link("../secret.txt"),
    "secret.txt": "export default 1;",
    "program/": null,
  });
  await using elsewhere = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () =>
      new Response("export default 1;", {
        headers: { "content-type": "text/javascript" },
      }),
  );
  await using victim = startVictim();
  await copyWithProbe(tree, {
    shared: tree.at("shared"),
    secret: tree.at("secret.txt"),
    port: elsewhere.addr.port,
    victim: victim.pid,
  });
  await using command = startCommand({
    denoFlags: ["-A"],
    main: tree.at("program/main.ts"),
    args: ["-b127.0.0.1", "0", tree.at("shared"), ...args],
    env: { SANDBOX_SECRET: "secret" },
  });
  const address = {
    hostname: "127.0.0.1",
    port: await waitForPort(command),
  };
  const linked = await rawRequest(address, "/out");
  const answer = await fetch(`http://127.0.0.1:${address.port}${PROBE_PATH}`);
  const entries = await Array.fromAsync(Deno.readDir(tree.at("shared")));
  return {
    attempts: await answer.json(),
    isIntact: entries.map(({ name }) => name).sort().join() === "a.txt,out" &&
      await Deno.readTextFile(tree.at("shared/a.txt")) === "a",
    linkStatus: linked.status,
  };
}

/** The program, with a handler in front of its own. */
async function copyWithProbe(tree: Tree, targets: ProbeTargets): Promise<void> {
  const program = tree.at("program");
  for (const name of ["lib", "deno.json", "deno.lock"]) {
    await run("cp", ["-r", join(REPOSITORY, name), program]);
  }
  await Deno.copyFile(MAIN, join(program, "main.ts"));
  await Deno.copyFile(
    fromFileUrl(new URL("_probe.ts", import.meta.url)),
    join(program, "probe.ts"),
  );
  const built = join(program, "lib", "build_handler.ts");
  await Deno.rename(built, join(program, "lib", "built.ts"));
  await Deno.writeTextFile(
    built,
    `
    import * as built from "./built.ts";
    import { probe } from "../probe.ts";
    export * from "./built.ts";
    export async function buildHandler(...args) {
      const handler = await built.buildHandler(...args);
      return async (request, info) =>
        request.url.endsWith(${JSON.stringify(PROBE_PATH)})
          ? Response.json(await probe(${JSON.stringify(targets)}))
          : await handler(request, info);
    }`,
  );
}

/** A process that is there to be stopped. */
function startVictim() {
  const child = new Deno.Command("sleep", { args: ["600"] }).spawn();
  return {
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch { /* was stopped already */ }
      await child.status;
    },
  };
}

async function run(program: string, args: string[]): Promise<void> {
  const { success } = await new Deno.Command(program, { args }).output();
  if (!success) throw new Error(`${program} failed`);
}
