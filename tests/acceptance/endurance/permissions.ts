// quick
/**
 * What the process is allowed: everything works with the two grants, what is
 * missing is named, and what is not needed is refused by the runtime once the
 * server runs. For the last, code is loaded into the very process by the
 * runtime's `--preload` and tries its luck when it gets a signal.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { freePort, runMain } from "../../_support/cli.ts";
import { type RawRequest, rawRequest } from "../../_support/raw.ts";
import { makeTree } from "../../_support/tree.ts";
import { type Command, startCommand } from "./_command.ts";
import type { Attempt } from "./_intruder.ts";
import { waitUntil } from "./_wait.ts";

/** A request and what its answer must be like. */
interface Check {
  readonly title: string;
  readonly target: string;
  readonly request?: RawRequest;
  readonly status: number;
  readonly holds: RegExp;
}

const CHECKS: readonly Check[] = [
  { title: "file", target: "/small.txt", status: 200, holds: /^small$/ },
  {
    title: "HEAD",
    target: "/small.txt",
    request: { method: "HEAD" },
    status: 200,
    holds: /^$/,
  },
  {
    title: "range",
    target: "/small.txt",
    request: { headers: { range: "bytes=1-2" } },
    status: 206,
    holds: /^ma$/,
  },
  {
    title: "no such range",
    target: "/small.txt",
    request: { headers: { range: "bytes=99-" } },
    status: 416,
    holds: /416/,
  },
  {
    title: "not modified",
    target: "/small.txt",
    request: {
      headers: { "if-modified-since": "Mon, 06 May 2024 07:08:09 GMT" },
    },
    status: 304,
    holds: /^$/,
  },
  {
    title: "large file",
    target: "/large.bin",
    status: 200,
    holds: /^x{900000}$/,
  },
  {
    title: "page",
    target: "/",
    status: 200,
    holds: /<a href="\.\/sub\/".*<a href="\.\/small\.txt"/s,
  },
  {
    title: "JSON",
    target: "/?format=json",
    status: 200,
    holds: /"name":"small\.txt","type":"file","size":5/,
  },
  { title: "index", target: "/sub/", status: 200, holds: /^<p>index$/ },
  { title: "folder", target: "/sub", status: 301, holds: /^/ },
  { title: "missing", target: "/none", status: 404, holds: /404/ },
  { title: "link outside", target: "/outside", status: 404, holds: /404/ },
];

await using tree = await makeTree({
  "small.txt": "small",
  "large.bin": "x".repeat(900_000),
  "sub/index.html": "<p>index",
  "outside": { link: "/etc/hostname" },
});
const directory = tree.path;
const port = isFree(8000) ? 8000 : freePort("0.0.0.0");
const net = `--allow-net=0.0.0.0:${port}`;
const read = `--allow-read=${directory}`;
const args = [String(port), directory];
const address = { hostname: "127.0.0.1", port };

await acceptance(
  "deno run --no-prompt --allow-net=0.0.0.0:8000 --allow-read=DIR main.ts 8000 DIR does everything",
  async () => {
    await using command = await startCommand([net, read], args);
    const faults = await checkAll();
    const hasLog = await waitUntil(
      () => command.stderr().includes('"GET /small.txt HTTP/1.1" 206 2'),
      2000,
    );
    if (!hasLog) faults.push("the log lacks a line");
    return {
      holds: faults.length === 0,
      figure: [
        `${CHECKS.length} kinds of answers and the log, port ${port}`,
        ...port === 8000 ? [] : ["8000 was taken"],
        ...faults,
      ].join("; "),
    };
  },
);
await acceptance(
  "without --allow-read it exits 1 with the one line that names the flag",
  () => refuseToStart([net], read),
);
await acceptance(
  "without --allow-net it exits 1 with the one line that names the flag",
  () => refuseToStart([read], net),
);
await acceptance(
  "with -A, code that tries to write, run, read the environment or load a native library after start is refused",
  () => intrude(["-A"]),
);
await acceptance(
  "with the least set the same, and a fetch to another address too",
  () => intrude([net, read]),
);

async function checkAll(): Promise<string[]> {
  const faults: string[] = [];
  for (const { title, target, request, status, holds } of CHECKS) {
    const answer = await rawRequest(address, target, request);
    const text = new TextDecoder().decode(answer.body);
    if (answer.status !== status || !holds.test(text)) {
      faults.push(`${title}: ${answer.status} ${text.slice(0, 60)}`);
    }
  }
  return faults;
}

async function refuseToStart(
  grants: readonly string[],
  missing: string,
): Promise<Finding> {
  const { code, stdout, stderr } = await runMain(grants, args);
  const lines = stderr.trimEnd().split("\n");
  return {
    holds: code === 1 && lines.length === 1 && stdout === "" &&
      lines[0]?.startsWith("error: ") === true && stderr.includes(missing),
    figure: `exit ${code}, ${stderr.replaceAll(directory, "DIR").trimEnd()}`,
  };
}

/** Loads the intruder into the process, lets it try, and serves on. */
async function intrude(grants: readonly string[]): Promise<Finding> {
  const intruder = new URL("./_intruder.ts", import.meta.url).href;
  await using command = await startCommand(
    [...grants, `--preload=${intruder}`],
    args,
  );
  command.kill("SIGUSR2");
  const attempts = await readAttempts(command);
  const faults = await checkAll();
  const worked = attempts.filter(({ error }) => {
    return error === null || !/Requires \w+ access/.test(error);
  });
  const isWhole = await Deno.stat(tree.at("small.txt"))
    .then((info) => info.size === 5);
  return {
    holds: attempts.length > 10 && worked.length === 0 && isWhole &&
      faults.length === 0,
    figure: [
      `${attempts.length - worked.length} of ${attempts.length} refused`,
      ...worked.map(({ attempt, error }) => `${attempt}: ${error ?? "worked"}`),
      ...isWhole ? [] : ["a file was changed"],
      ...faults,
    ].join("; "),
  };
}

async function readAttempts(command: Command): Promise<readonly Attempt[]> {
  const report = /^\{"attempts":.*\}$/m;
  await waitUntil(() => report.test(command.stderr()), 10_000);
  const line = report.exec(command.stderr())?.[0];
  if (line === undefined) throw new Error(`No report: ${command.stderr()}`);
  return JSON.parse(line).attempts;
}

function isFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "0.0.0.0", port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}
