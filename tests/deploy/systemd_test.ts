/**
 * The unit of the README: systemd takes it, and what it forbids is nothing that
 * the server does.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";

import { FLUSH_MS } from "../../lib/command/stop_serving.ts";
import { DRAIN_MS } from "../../lib/server/stop.ts";
import { freePort, MAIN, startServer } from "../_support/cli.ts";
import { rawRequest } from "../_support/raw.ts";
import { childrenOf } from "../_support/processes.ts";
import { proseOf } from "../_support/decode.ts";
import { makeTree } from "../_support/tree.ts";
import { findProgram, run, runWell } from "../acceptance/clients/_tools.ts";
import { readmeBlock, replaced } from "./_readme.ts";

/** Ten times what `systemd-analyze security` prints; 10.0 is no protection. */
const EXPOSURE_MAX = 20;

const HAS_SYSTEMD = findProgram("systemd-analyze") !== null;
const CAN_TRACE = HAS_SYSTEMD && await canTrace();

Deno.test({
  name: HAS_SYSTEMD
    ? "systemd finds no fault with the unit, and calls it protected"
    : "systemd finds no fault with the unit (ignored: no systemd-analyze)",
  ignore: !HAS_SYSTEMD,
  async fn() {
    await using tree = await makeTree({});
    const path = tree.at("serve.service");
    // It looks whether the program is there.
    await Deno.writeTextFile(
      path,
      replaced(
        await readmeBlock("systemd"),
        "/usr/local/bin/serve",
        "/bin/true",
      ),
    );

    const verified = await run("systemd-analyze", ["verify", "--man=no", path]);
    await Deno.writeTextFile(path, await withDeno());
    const other = await run("systemd-analyze", ["verify", "--man=no", path]);
    const security = await run("systemd-analyze", [
      "security",
      "--offline=true",
      `--threshold=${EXPOSURE_MAX}`,
      path,
    ]);

    assertEquals(verified, { code: 0, stdout: "", stderr: "" });
    assertEquals(other, verified);
    assertEquals(security.code, 0, security.stdout);
  },
});

Deno.test({
  name: "with deno, the unit's command needs a cache and no home",
  ignore: Deno.build.os === "windows",
  async fn() {
    const [command = ""] = settings(await withDeno(), "ExecStart");
    const [variable = ""] = settings(await withDeno(), "Environment");
    await using tree = await makeTree({
      "site/a.txt": "hello",
      "cache/": null,
    });
    const { denoDir } = JSON.parse(
      await runWell(Deno.execPath(), ["info", "--json"]),
    );
    const port = freePort("0.0.0.0");
    const [, ...args] = command
      .replaceAll("8000", String(port))
      .replaceAll("/srv/files", tree.at("site"))
      .replace("jsr:@org/serve", MAIN)
      .split(" ");
    await using server = await startAlone(args, {
      [variable.split("=")[0] ?? ""]: denoDir,
    });

    const answer = await rawRequest({ hostname: "127.0.0.1", port }, "/a.txt");

    assertEquals(new TextDecoder().decode(answer.body), "hello");
    assertMatch(server.said, /^Serving HTTP on 0\.0\.0\.0 port \d+/);
  },
});

Deno.test("the unit leaves the time that downloads have to finish", async () => {
  const unit = await readmeBlock("systemd");

  const [seconds = ""] = settings(unit, "TimeoutStopSec");

  assert(Number(seconds) * 1_000 > DRAIN_MS + FLUSH_MS);
});

Deno.test("the unit lets the runtime compile", async () => {
  const unit = await readmeBlock("systemd");

  assertEquals(settings(unit, "MemoryDenyWriteExecute"), []);
});

Deno.test("the unit shows the folder that it serves", async () => {
  const unit = await readmeBlock("systemd");

  const [command = ""] = settings(unit, "ExecStart");
  const [port = "", folder = ""] = command.split(" ").slice(-2);

  assertEquals(settings(unit, "BindReadOnlyPaths"), [folder]);
  assertEquals(settings(unit, "SocketBindAllow"), [`tcp:${port}`]);
});

Deno.test({
  name: CAN_TRACE
    ? "the unit allows every system call that the server makes"
    : "the unit allows every system call that the server makes (ignored: " +
      "no systemd-analyze, or strace cannot trace)",
  ignore: !CAN_TRACE,
  async fn() {
    const unit = await readmeBlock("systemd");
    const [filter = ""] = settings(unit, "SystemCallFilter");
    const [families = ""] = settings(unit, "RestrictAddressFamilies");

    const trace = await traceServing();

    const calls = matches(trace, /^\d+ +(\w+)\(/gm);
    const allowed = await callsOf(filter.split(" "));
    assert(calls.has("openat") && calls.has("accept4"), "nothing was traced");
    assertEquals([...calls].filter((name) => !allowed.has(name)), []);
    assertEquals(
      [...matches(trace, / socket\((AF_\w+)/g)]
        .filter((name) => !families.split(" ").includes(name)),
      [],
    );
  },
});

/** The unit with the lines for Deno in place of the executable. */
async function withDeno(): Promise<string> {
  return (await readmeBlock("systemd")).replace(
    /^ExecStart=.*$/m,
    await readmeBlock("systemd with deno"),
  ).replace("/usr/local/bin/deno", Deno.execPath());
}

/** Starts Deno with nothing of this environment, until it says something. */
async function startAlone(args: string[], env: Record<string, string>) {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    clearEnv: true,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const output = child.stdout.getReader();
  const { value } = await output.read();
  return {
    said: new TextDecoder().decode(value),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await output.cancel();
      await child.status;
    },
  };
}

/** Values of a setting. */
function settings(unit: string, name: string): string[] {
  return unit.split("\n")
    .filter((line) => line.startsWith(`${name}=`))
    .map((line) => line.slice(name.length + 1));
}

/** The calls of a filter, whose sets (`@name`) hold calls and sets. */
async function callsOf(names: readonly string[]): Promise<Set<string>> {
  const calls = new Set<string>();
  for (const name of names) {
    if (!name.startsWith("@")) {
      calls.add(name);
      continue;
    }
    const text = await runWell("systemd-analyze", ["syscall-filter", name]);
    const inside = text.split("\n").slice(1).map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#"));
    for (const call of await callsOf(inside)) calls.add(call);
  }
  return calls;
}

/** Starts the server, asks for all kinds of answers, and stops it. */
async function traceServing(): Promise<string> {
  await using tree = await makeTree({
    "site/a.txt": proseOf(50_000),
    "site/large.bin": new Uint8Array(4_000_000),
    "site/folder/b.txt": "b",
  });
  const output = tree.at("trace");
  await using server = await startServer({
    directory: tree.at("site"),
    permissions: "all",
    args: ["--no-sandbox"], // as in the executable, which asks for addresses
    prefix: ["strace", "-f", "-qq", "-o", output],
  });
  const headers = { "Accept-Encoding": "gzip" };
  for (
    const target of ["/", "/a.txt", "/large.bin", "/folder", "/nothing"]
  ) {
    await rawRequest(server, target, { headers, deadlineMs: 60_000 });
  }
  await rawRequest(server, "/large.bin", {
    headers: { Range: "bytes=0-9,100-109" },
    deadlineMs: 60_000,
  });
  for (const pid of childrenOf(server.pid)) Deno.kill(pid, "SIGTERM");
  const { code } = await server.status;
  assertEquals(code, 0);
  return await Deno.readTextFile(output);
}

function matches(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].map(([, name = ""]) => name));
}

/** Whether `strace` is there and permitted to trace a process. */
async function canTrace(): Promise<boolean> {
  if (findProgram("strace") === null) return false;
  return (await run("strace", ["-qq", "-e", "trace=none", "true"])).code === 0;
}
