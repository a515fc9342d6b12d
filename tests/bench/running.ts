/**
 * Starts a server of the benchmark and counts the lines of its log.
 *
 * @module
 */

import { join } from "@std/path";

import { freePort } from "../_support/cli.ts";
import type { Address } from "../_support/raw.ts";
import type { ServerKind } from "./servers.ts";
import { treeOf } from "./usage.ts";

/** A running server. */
export interface Running extends AsyncDisposable {
  readonly kind: ServerKind;
  readonly name: string;
  readonly address: Address;
  /** The processes that it consists of. */
  readonly pids: readonly number[];
  readonly command: string;
  /** Lines in its access log since the last call. */
  countLogLines(): Promise<number>;
}

const HOSTNAME = "127.0.0.1";
const START_MS = 20_000;
/** Only so much of a log is kept on disk. */
const LOG_BYTES = 64 * 2 ** 20;

/** Starts one; `null` where it is not installed. */
export async function startRunning(
  kind: ServerKind,
  site: string,
): Promise<Running | null> {
  const own = await Deno.makeTempDir({ prefix: "serve_bench_" });
  try {
    const port = freePort(HOSTNAME);
    const log = join(own, "access.log");
    await Deno.writeTextFile(log, "");
    const command = await kind.prepare({ port, site, own, log });
    if (command === null) {
      await Deno.remove(own, { recursive: true });
      return null;
    }
    const address = { hostname: HOSTNAME, port };
    return await spawn(kind, { address, own, log, command });
  } catch (error) {
    await Deno.remove(own, { recursive: true });
    throw error;
  }
}

interface Start {
  readonly address: Address;
  readonly own: string;
  readonly log: string;
  readonly command: readonly string[];
}

async function spawn(kind: ServerKind, start: Start): Promise<Running> {
  const { address, own, log, command } = start;
  // What it prints goes to files as from a shell; the log is appended to, so
  // that it can be cut while it is written.
  const child = new Deno.Command("sh", {
    args: [
      "-c",
      'out=$1; shift; exec "$@" >> "$out" 2>> "$out"',
      "sh",
      log,
      ...command,
    ],
    cwd: own,
    stdin: "null",
    env: {
      NO_COLOR: "1",
      HOME: own,
      XDG_CONFIG_HOME: own,
      XDG_DATA_HOME: own,
      DENO_DIR: denoFolder(),
    },
  }).spawn();
  const dispose = async () => {
    try {
      child.kill("SIGTERM");
    } catch { /* has ended already */ }
    await child.status;
    await Deno.remove(own, { recursive: true });
  };
  try {
    await waitFor(address);
  } catch (error) {
    const text = await Deno.readTextFile(log);
    try {
      child.kill("SIGTERM");
    } catch { /* has ended already */ }
    await child.status;
    throw new Error(`${kind.name} did not start: ${text}`, { cause: error });
  }
  return {
    kind,
    name: kind.name,
    address,
    pids: treeOf(child.pid),
    command: command.join(" "),
    countLogLines: createLineCounter(log),
    [Symbol.asyncDispose]: dispose,
  };
}

/** Where this process found its modules: HOME of the server is another. */
function denoFolder(): string {
  return Deno.env.get("DENO_DIR") ?? join(
    Deno.env.get("XDG_CACHE_HOME") ??
      join(Deno.env.get("HOME") ?? "", ".cache"),
    "deno",
  );
}

async function waitFor(address: Address): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (true) {
    try {
      (await Deno.connect(address)).close();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function createLineCounter(path: string): () => Promise<number> {
  const buffer = new Uint8Array(2 ** 20);
  let position = 0;
  return async () => {
    using file = await Deno.open(path, { read: true, write: true });
    await file.seek(position, Deno.SeekMode.Start);
    let lines = 0;
    while (true) {
      const count = await file.read(buffer);
      if (count === null) break;
      position += count;
      const end = buffer.subarray(0, count);
      for (let at = end.indexOf(10); at >= 0; at = end.indexOf(10, at + 1)) {
        lines++;
      }
    }
    if (position > LOG_BYTES) {
      await file.truncate(0);
      position = 0;
    }
    return lines;
  };
}
