// quick
/**
 * How the two processes under plain `-A` end: neither leaves the other or the
 * port behind, and exit codes are those of one process.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { freePort, type Server, startServer } from "../../_support/cli.ts";
import { childrenOf, isRunning } from "../../_support/processes.ts";
import { makeTree } from "../../_support/tree.ts";
import {
  hasTerminal,
  startCommand,
  waitFor,
  waitForOutput,
  waitForPort,
  waitForRefusal,
} from "../../cli/_command.ts";
import { beginDownload, makeLargeFile } from "../../cli/_download.ts";

const ROUNDS = 10;
const LIMIT_MS = 2_000;

for (const victim of ["the one that was started", "the one that serves"]) {
  await acceptance(
    `kill -9 of ${victim} leaves neither a process nor a port taken after 2 s, ${ROUNDS} rounds`,
    () => killRounds(victim === "the one that serves"),
  );
}

const CODES: readonly (readonly [signals: Deno.Signal[], code: number])[] = [
  [["SIGINT"], 0],
  [["SIGTERM"], 0],
  [["SIGHUP"], 0],
  [["SIGINT", "SIGINT"], 130],
  [["SIGTERM", "SIGTERM"], 143],
  [["SIGTERM", "SIGINT"], 130],
  [["SIGKILL"], 137],
];

await acceptance("exit codes under plain -A are those of SPEC 1", async () => {
  const seen: string[] = [];
  let holds = true;
  for (const [signals, expected] of CODES) {
    const code = await codeAfter(signals);
    holds &&= code === expected;
    seen.push(`${signals.join("+")} ${code}`);
  }
  return { holds, figure: seen.join(", ") };
});

if (await hasTerminal()) {
  await acceptance(
    "Ctrl-C on a terminal under plain -A: a download finishes and 0; twice: 130",
    async () => {
      const once = await pressControlC(1);
      const twice = await pressControlC(2);
      return {
        holds: once.code === 0 && twice.code === 130 && once.lines === 1 &&
          twice.lines === 1,
        figure: `once ${once.code}, twice ${twice.code}; "Stopping" was said ` +
          `${once.lines} and ${twice.lines} time`,
      };
    },
  );
}

async function killRounds(isServing: boolean): Promise<Finding> {
  await using tree = await makeTree({});
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await using server = await startFreely(tree.path);
    const child = servingPid(server);
    Deno.kill(isServing ? child : server.pid, "SIGKILL");
    const before = performance.now();
    await waitForRefusal(server);
    await waitFor(() => isRunning(child) ? null : true);
    await server.status;
    // Nobody is left who could hold it: it can be taken at once.
    Deno.listen({ hostname: server.hostname, port: server.port }).close();
    times.push(performance.now() - before);
  }
  const longest = Math.max(...times);
  return {
    holds: longest < LIMIT_MS,
    figure: `free after ${longest.toFixed(0)} ms at most`,
  };
}

function startFreely(directory: string): Promise<Server> {
  return startServer({ directory, permissions: "all" });
}

function servingPid(server: Server): number {
  const [child] = childrenOf(server.pid);
  if (child === undefined) throw new Error("No second process");
  return child;
}

async function codeAfter(signals: readonly Deno.Signal[]): Promise<number> {
  await using tree = await makeLargeFile();
  await using server = await startFreely(tree.path);
  const [first = "SIGINT", ...others] = signals;
  if (first === "SIGKILL") {
    Deno.kill(servingPid(server), first);
  } else if (others.length === 0) {
    server.kill(first);
  } else {
    using _stalled = await beginDownload(server);
    server.kill(first);
    await waitForRefusal(server);
    for (const signal of others) server.kill(signal);
    return (await server.status).code;
  }
  return (await server.status).code;
}

async function pressControlC(times: 1 | 2) {
  await using tree = await makeLargeFile();
  const port = freePort();
  await using command = startCommand({
    denoFlags: ["-A"],
    args: ["-b127.0.0.1", String(port), tree.path],
    isOnTerminal: true,
  });
  await waitForPort(command);
  using download = await beginDownload({ hostname: "127.0.0.1", port });
  await command.type("\x03");
  await waitForOutput(command, /Stopping, /);
  if (times === 2) await command.type("\x03");
  else await download.finish();
  const { code } = await command.status;
  return { code, lines: command.stdout().split("Stopping, ").length - 1 };
}
