/**
 * The server that is attacked: the command itself in one of its modes, and
 * whether it is still well.
 *
 * @module
 */

import { memoryOf, type Server, startServer } from "../_support/cli.ts";
import { oneRequest } from "./attack.ts";
import type { Tally } from "./campaign.ts";
import { exchange } from "./exchange.ts";
import type { Fault } from "./oracle.ts";
import { type Place, PUBLIC } from "./place.ts";

/** The only password that opens a locked server. */
export const PASSWORD = "user:pass-4f1d";

/** How the command is started. */
export interface Mode {
  readonly name: string;
  readonly permissions: "least" | "all";
  readonly args: readonly string[];
  /** Whether everything asks for {@linkcode PASSWORD}. */
  readonly isLocked?: true;
  /** Whether it is HTTPS with the place's certificate. */
  readonly isTls?: true;
}

/** The three ways to be held to the folder. */
export const MODES: readonly Mode[] = [
  { name: "least set", permissions: "least", args: [] },
  {
    name: "-A",
    permissions: "all",
    args: ["--log-format", "combined"],
  },
  {
    name: "-A --no-sandbox",
    permissions: "all",
    args: ["--no-sandbox", "--log-format", "json"],
  },
  {
    name: "least set with a password",
    permissions: "least",
    args: ["--auth", PASSWORD],
    isLocked: true,
  },
  { name: "-A with TLS", permissions: "all", args: [], isTls: true },
];

/** A server under attack. */
export interface Target extends AsyncDisposable {
  readonly server: Server;
  /** Opens a connection, for HTTP/2 where TLS has to be told so. */
  connect(protocol: "http/1.1" | "h2"): Promise<Deno.Conn>;
  /** What is not well; empty when nothing changed and a plain file is served. */
  check(): Promise<Fault[]>;
  /** Resident memory of the largest process at its highest, in bytes. */
  peakMemory(): Promise<number>;
  /** What the log says that it must not, and whether a line is missing. */
  checkLog(tally: Tally, counted: "exactly" | "at least"): Promise<Fault[]>;
}

/** A variable of the environment that has the token. */
const VARIABLE = "ATTACK_SECRET";

/** How long the last lines of the log may take on a busy machine. */
const LOG_MS = 3_000;

/** Starts the command on the place. */
export async function startTarget(place: Place, mode: Mode): Promise<Target> {
  const server = await startServer({
    directory: place.site,
    permissions: mode.permissions,
    args: mode.isTls === true
      ? [...mode.args, "--tls-cert", place.cert, "--tls-key", place.key]
      : mode.args,
    env: { [VARIABLE]: place.token },
    // Root reads what nobody may, unless this is taken from it.
    prefix: await canDropPrivileges()
      ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
      : [],
  });
  let hasEnded = false;
  server.status.then(() => hasEnded = true);
  const before = await processesOf(server.pid);
  const authority = mode.isTls === true
    ? await Deno.readTextFile(place.authority)
    : null;
  let plain = 0;
  function connect(protocol: "http/1.1" | "h2"): Promise<Deno.Conn> {
    const { port } = server;
    return authority === null
      ? Deno.connect({ hostname: "127.0.0.1", port })
      : Deno.connectTls({
        hostname: "localhost",
        port,
        caCerts: [authority],
        alpnProtocols: [protocol],
      });
  }
  return {
    server,
    connect,
    async check() {
      if (hasEnded) return [fault("the process has ended")];
      const faults: Fault[] = [];
      const after = await processesOf(server.pid);
      if (after.join() !== before.join()) {
        faults.push(fault(`processes ${before} became ${after}`));
      }
      const lines = mode.isLocked === true
        ? [`Authorization: Basic ${btoa(PASSWORD)}`]
        : [];
      const plainRequest = oneRequest("plain", {
        target: "/public.txt",
        lines,
      });
      const { answers: [answer] } = await exchange(
        plainRequest,
        () => connect("http/1.1"),
      );
      plain++;
      if (answer?.status !== 200 || answer.body !== PUBLIC) {
        faults.push(fault(`a plain request gets ${answer?.status}`));
      }
      return faults;
    },
    async peakMemory() {
      const pids = await processesOf(server.pid);
      return Math.max(...pids.map((pid) => memoryOf(pid).peak));
    },
    async checkLog(tally, counted) {
      const wanted = tally.ours + plain;
      const deadline = performance.now() + LOG_MS;
      while (true) {
        const faults = judgeLog(server.stderr(), { wanted, counted });
        // Lines are gathered before they are written.
        if (faults.length === 0 || performance.now() > deadline) return faults;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const COMMON =
  /^\S+ - \S+ \[[^\]]+\] "\S+ \S+ \S+" \d{3} (?:\d+|-)(?: "(?:[^"\\]|\\.)*" "(?:[^"\\]|\\.)*")?(?: aborted)?$/;

/** What the log may say besides answers. */
const NOTE = /refused (?:Host|more Hosts)/;

/** Warnings of the runtime's own HTTP/2, which nothing of ours can hold back. */
const RUNTIME = /^recv PING ack that we never sent|^recv_reset; remotely-reset/;

/** Counts the lines of answers and finds those that should not be there. */
function judgeLog(
  text: string,
  { wanted, counted }: {
    readonly wanted: number;
    readonly counted: "exactly" | "at least";
  },
): Fault[] {
  const faults: Fault[] = [];
  // deno-lint-ignore no-control-regex -- control characters are what it looks for
  const control = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]/
    .exec(text);
  if (control !== null) {
    const around = text.slice(
      Math.max(0, control.index - 40),
      control.index + 9,
    );
    faults.push({
      kind: "malformed",
      detail: `control character in the log: ${JSON.stringify(around)}`,
    });
  }
  let lines = 0;
  for (const line of text.split("\n").slice(0, -1)) {
    if (isAnswerLine(line)) lines++;
    else if (!NOTE.test(line) && !RUNTIME.test(line)) {
      faults.push({ kind: "error", detail: `log: ${line.slice(0, 200)}` });
    }
  }
  if (counted === "exactly" ? lines !== wanted : lines < wanted) {
    faults.push({
      kind: "malformed",
      detail: `${lines} log lines for ${wanted} answers`,
    });
  }
  return faults.slice(0, 20);
}

function isAnswerLine(line: string): boolean {
  if (!line.startsWith("{")) return COMMON.test(line);
  try {
    return typeof JSON.parse(line).status === "number";
  } catch {
    return false; // not JSON: reported as a line that should not be there
  }
}

/** The process and those that it started, where the system tells. */
async function processesOf(pid: number): Promise<number[]> {
  try {
    const children = await Deno.readTextFile(
      `/proc/${pid}/task/${pid}/children`,
    );
    return [pid, ...children.trim().split(" ").filter(Boolean).map(Number)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [pid];
    throw error;
  }
}

async function canDropPrivileges(): Promise<boolean> {
  if (Deno.uid() !== 0) return false;
  try {
    const { success } = await new Deno.Command("setpriv", {
      args: ["--bounding-set", "-dac_override,-dac_read_search", "true"],
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function fault(detail: string): Fault {
  return { kind: "error", detail };
}
