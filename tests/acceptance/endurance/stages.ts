// quick
/**
 * A bug in any step of a request's way is one plain 500 in the answer and one
 * line in the log, and nothing else: no text of the error, no descriptor that
 * stays open, no server that stops.
 *
 * @module
 */

import {
  createAnswer,
  type Handler,
  STAGES,
  type Stages,
} from "../../../lib/answer.ts";
import { librarySide } from "../../../lib/build_handler.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import { LOOKS, type Looks } from "../../../lib/disk/seen.ts";
import { DEFAULTS } from "../../../lib/options.ts";
import type { LogRecord } from "../../../lib/record.ts";
import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { rawRequest, type RawResponse } from "../../_support/raw.ts";
import { makeTree } from "../../_support/tree.ts";
import { openFilesBelow } from "./_open_files.ts";

/** Nothing is answered from memory, which passes most stages by. */
const FORGETFUL: Looks = {
  ...LOOKS,
  isAsSeenNow: () => false,
  isAsSeen: () => Promise.resolve(false),
};

/** What breaks while {@linkcode Fault.isOn}. */
interface Fault {
  isOn: boolean;
  /** What is thrown: mostly, but not always, an Error. */
  value: unknown;
}

/** Each step of the flow, and how it is broken. */
const BREAKAGES: Readonly<
  Record<string, (fault: Fault) => Partial<Stages>>
> = {
  context: (fault) => ({ toContext: broken(fault, STAGES.toContext) }),
  gates: (fault) => ({ checkMethod: broken(fault, STAGES.checkMethod) }),
  resolve: (fault) => ({ resolveTarget: broken(fault, STAGES.resolveTarget) }),
  "resolve, later": (fault) => ({
    resolveTarget: rejecting(fault, STAGES.resolveTarget),
  }),
  open: (fault) => ({ openFile: broken(fault, STAGES.openFile) }),
  "open, later": (fault) => ({ openFile: rejecting(fault, STAGES.openFile) }),
  finish: (fault) => ({
    createHeaderFinisher: (rules) =>
      broken(fault, STAGES.createHeaderFinisher(rules)),
  }),
  response: (fault) => ({ toResponse: broken(fault, STAGES.toResponse) }),
  log: () => ({}),
};

const TARGETS = [
  "/small.txt",
  "/large.bin",
  "/sub/",
  "/",
  "/?format=json",
  "/sub",
  "/none",
  "/%zz",
];
/** Requests whose way does not lead through a step, or not before its end. */
const UNTOUCHED: Readonly<Record<string, readonly string[]>> = {
  resolve: ["/%zz"],
  "resolve, later": ["/%zz"],
  open: TARGETS.slice(3),
  "open, later": TARGETS.slice(3),
  // A streamed body is on its way before the log hears of it.
  log: ["/large.bin"],
};
const SECRET = "internal detail";
const THROWN = [new Error(SECRET), SECRET, undefined, null];
const ROUNDS = 20;

await using tree = await makeTree({
  "small.txt": "small",
  "large.bin": "x".repeat(900_000),
  "sub/index.html": "<p>index",
});

for (const [stage, breakage] of Object.entries(BREAKAGES)) {
  await acceptance(
    `a throw in ${stage} gives a plain 500 with our headers and a log line, and the server goes on`,
    () => run(stage, breakage),
  );
}

async function run(
  stage: string,
  breakage: (fault: Fault) => Partial<Stages>,
): Promise<Finding> {
  const fault: Fault = { isOn: false, value: null };
  const records: LogRecord[] = [];
  const options = Object.freeze({
    ...DEFAULTS,
    headers: [["x-ours", "yes"]] as const,
    log(record: LogRecord) {
      // The log breaks at the true answer and works for the 500.
      if (stage === "log" && record.status !== 500) throwIf(fault);
      records.push(record);
    },
  });
  const handler = await createAnswer(options, {
    root: await openRoot(tree.path),
    now: Date.now,
    isWindows: false,
    looks: FORGETFUL,
    ...librarySide(),
    stages: { ...STAGES, ...breakage(fault) },
  });
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
  }, handler);
  const targets = TARGETS.filter((t) => !UNTOUCHED[stage]?.includes(t));
  const faults: string[] = [];
  let answers = 0;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const target of targets) {
        fault.value = THROWN[round % THROWN.length];
        for (const method of ["GET", "HEAD"]) {
          const about = `${method} ${target}`;
          records.length = 0;
          fault.isOn = true;
          const answer = await rawRequest(server.addr, target, { method });
          fault.isOn = false;
          faults.push(...judge(answer).map((f) => `${about}: ${f}`));
          faults.push(...judgeLog(records, fault).map((f) => `${about}: ${f}`));
          faults.push(...await judgeDirect(handler, target, fault));
          answers += 2;
        }
      }
      const { status } = await rawRequest(server.addr, "/small.txt");
      if (status !== 200) faults.push(`afterwards: ${status}`);
    }
    const left = openFilesBelow(tree.path);
    if (left.length > 0) faults.push(`left open: ${left.join(", ")}`);
  } finally {
    await server.shutdown();
  }
  return {
    holds: faults.length === 0,
    figure: [`${answers} answers`, ...new Set(faults)].slice(0, 6).join("; "),
  };
}

/** What is wrong with a 500 that came over a socket. */
function judge(answer: RawResponse): string[] {
  const faults: string[] = [];
  const { status, headers, body } = answer;
  const text = new TextDecoder().decode(body);
  if (status !== 500) faults.push(`status ${status}`);
  if (text.includes(SECRET)) faults.push("tells the client what broke");
  const wanted = {
    "cache-control": "no-cache",
    "content-type": "text/html; charset=utf-8",
    "x-content-type-options": "nosniff",
    "x-ours": "yes",
  };
  for (const [name, value] of Object.entries(wanted)) {
    const got = headers.get(name);
    if (got !== value) faults.push(`${name}: ${got}`);
  }
  if (!/^[1-9]\d*$/.test(headers.get("content-length") ?? "")) {
    faults.push(`content-length: ${headers.get("content-length")}`);
  }
  return faults;
}

function judgeLog(records: readonly LogRecord[], fault: Fault): string[] {
  const faults: string[] = [];
  const logged = records.filter((record) => record.status === 500);
  if (logged.length !== 1) faults.push(`${logged.length} log lines`);
  if (fault.value !== null && logged.some((line) => line.error === null)) {
    faults.push("the log does not say what broke");
  }
  return faults;
}

/** The same without a socket: the handler answers, it never rejects. */
async function judgeDirect(
  handler: Handler,
  target: string,
  fault: Fault,
): Promise<string[]> {
  fault.isOn = true;
  try {
    const response = await handler(new Request(`http://localhost${target}`), {
      remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 1 },
      completed: Promise.resolve(),
    });
    const text = await response.text();
    const isPlain = response.status === 500 && !text.includes(SECRET);
    return isPlain ? [] : [`${target} without a socket: ${response.status}`];
  } catch (error) {
    return [`${target} without a socket: the handler rejects with ${error}`];
  } finally {
    fault.isOn = false;
  }
}

/** The step, throwing at once while the fault is on. */
function broken<A extends unknown[], R>(
  fault: Fault,
  step: (...args: A) => R,
): (...args: A) => R {
  return (...args) => {
    throwIf(fault);
    return step(...args);
  };
}

/** The step, throwing a little later while the fault is on. */
function rejecting<A extends unknown[], R>(
  fault: Fault,
  step: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  return async (...args) => {
    await Promise.resolve();
    throwIf(fault);
    return await step(...args);
  };
}

function throwIf(fault: Fault): void {
  // deno-lint-ignore no-throw-literal -- a bug may throw anything
  if (fault.isOn) throw fault.value;
}
