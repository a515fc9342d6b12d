// quick
/**
 * The access log of the real command: every line can be parsed, none can be
 * forged, and no state of its reader costs an answer.
 *
 * @module
 */

import type { LogFormat } from "../../../lib/options.ts";
import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { runMain } from "../../_support/cli.ts";
import { rawExchange } from "../../_support/raw.ts";
import { makeTree } from "../../_support/tree.ts";
import { sendMany } from "./_load.ts";
import { heavyOf, mixOf } from "./_mix.ts";
import { type LoggingServer, startLogging, until } from "./_server.ts";

const REQUESTS = 10_000;
/** Enough for the compiler to have seen every path through the program. */
const WARM_UP = 3_000;
const LEAST_RATIO = 0.5;
const TRIES_MAX = 3;
const MOST_GROWTH_BYTES = 20_000_000;

const LINE =
  /^[\da-f.:]+ - \S+ \[\d\d\/\w{3}\/\d{4}:[\d:]{8} [+-]\d{4}\] "(?:[^"\\]|\\.)*" \d{3} (?:\d+|-)(?: "(?:[^"\\]|\\.)*" "(?:[^"\\]|\\.)*")?(?: aborted)?$/;
const ACTIVE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const LOSS = /^# (\d+) log lines? lost/;

await using tree = await makeTree({
  "a.txt": "0123456789\n",
  "empty": "",
  "folder/b.txt": "b\n",
  ".hidden": "h\n",
});
// Whatever has to be fetched before the first run is said on standard error.
await runMain([], ["--version"]);

for (const format of ["common", "combined"] as const) {
  await acceptance(
    `goaccess ${format.toUpperCase()} parses every line of 10,000 mixed requests`,
    () => parsedByGoaccess(format),
  );
}
await acceptance(
  "every line of 10,000 is JSON in the JSON format",
  readsAsJson,
);
await acceptance(
  "a hostile target stays one line, without control characters",
  staysOneLine,
);

await acceptance(
  "2>&1 | head -1 does not stop the serving",
  () => besideNormal(async (normal) => compare(await measure("head"), normal)),
);
await acceptance(
  "a log on /dev/full does not stop the serving",
  () => besideNormal(async (normal) => compare(await measure("full"), normal)),
);
await acceptance(
  "a log that is not read does not stop the serving, and its losses are told",
  () => besideNormal(survivesStall),
);

/** Runs the mix and gives the log of it. */
async function logOfMix(format: LogFormat): Promise<string[]> {
  await using server = await startLogging({
    directory: tree.path,
    format,
    log: "read",
  });
  const { answered } = await sendMany(server.address, REQUESTS, mixOf);
  await server.stop();
  if (answered === REQUESTS) return server.log();
  throw new Error(`${answered} of ${REQUESTS} requests were answered`);
}

async function parsedByGoaccess(format: LogFormat): Promise<Finding> {
  const lines = await logOfMix(format);
  const log = tree.at(`.${format}.log`);
  const report = tree.at(`.${format}.json`);
  await Deno.writeTextFile(log, lines.map((line) => `${line}\n`).join(""));
  const { success, stderr } = await new Deno.Command("goaccess", {
    args: [
      log,
      `--log-format=${format.toUpperCase()}`,
      "--no-global-config",
      "--no-progress",
      "--output",
      report,
    ],
    stdin: "null",
    stdout: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const { general } = JSON.parse(await Deno.readTextFile(report));
  const { valid_requests: valid, failed_requests: failed } = general;
  return {
    holds: lines.length === REQUESTS && valid === REQUESTS && failed === 0,
    figure: `${lines.length} lines, ${valid} parsed, ${failed} failed`,
  };
}

async function readsAsJson(): Promise<Finding> {
  const lines = await logOfMix("json");
  const records = lines.map((line) => JSON.parse(line));
  const fields = new Set(records.map((record) => Object.keys(record).join()));
  return {
    holds: records.length === REQUESTS && fields.size === 1,
    figure: `${records.length} objects, fields ${[...fields].join(" | ")}`,
  };
}

async function staysOneLine(): Promise<Finding> {
  await using server = await startLogging({
    directory: tree.path,
    format: "combined",
    log: "read",
  });
  const hostile = '/"\\"%22%0a%0d%00%1b[2J\\x0a"-"[%e2%80%a8';
  for (let byte = 1; byte < 256; byte++) {
    const character = String.fromCharCode(byte);
    const head = `GET /raw${character}byte HTTP/1.1\r\nHost: x\r\n`;
    const request = `${head}User-Agent: a${character}b\r\n`;
    await rawExchange(
      server.address,
      Uint8Array.from(`${request}Connection: close\r\n\r\n`, toByte),
    );
  }
  await sendMany(server.address, 1, () => ({
    line: `GET ${hostile}`,
    headers: ['Referer: "\\"\x80\x9f', 'User-Agent: "\\" 200 1'],
  }));
  await server.stop();
  const lines = server.log();
  const odd = lines.filter((line) => !LINE.test(line) || ACTIVE.test(line));
  const hostileLines = lines.filter((line) => line.includes("%22%0a"));
  return {
    holds: odd.length === 0 && hostileLines.length === 1 && lines.length > 90,
    figure: `${lines.length} lines, ${odd.length} odd, ${hostileLines.join()}`,
  };
}

interface Measured {
  readonly answered: number;
  readonly perSecond: number;
  readonly growthBytes: number;
  readonly isAlive: boolean;
  readonly output: string;
}

/** Speed and memory of the server with its log in one state. */
async function measure(log: "read" | "head" | "full"): Promise<Measured> {
  await using server = await startLogging({
    directory: tree.path,
    format: "combined",
    log,
  });
  await sendMany(server.address, WARM_UP, heavyOf);
  return await measureLoad(server);
}

async function measureLoad(server: LoggingServer): Promise<Measured> {
  const before = server.memory();
  const { answered, perSecond } = await sendMany(
    server.address,
    REQUESTS,
    heavyOf,
  );
  return {
    answered,
    perSecond,
    growthBytes: server.isAlive() ? server.memory() - before : 0,
    isAlive: server.isAlive(),
    output: server.output(),
  };
}

/**
 * Measures beside a log that is read, again where that falls short: what else
 * the machine does may slow down one of both, what is wrong does each time.
 */
async function besideNormal(
  find: (normal: Measured) => Promise<Finding>,
): Promise<Finding> {
  for (let tries = 1;; tries++) {
    const finding = await find(await measure("read"));
    if (finding.holds || tries === TRIES_MAX) return finding;
  }
}

function compare(measured: Measured, normal: Measured): Finding {
  const { answered, perSecond, growthBytes, isAlive } = measured;
  const ratio = perSecond / normal.perSecond;
  const growth = (growthBytes / 1e6).toFixed(1);
  const usual = (normal.growthBytes / 1e6).toFixed(1);
  return {
    holds: isAlive && answered === REQUESTS && ratio >= LEAST_RATIO &&
      growthBytes < MOST_GROWTH_BYTES,
    figure: `${answered} answered, ${perSecond}/s, ${ratio.toFixed(2)} of ` +
      `${normal.perSecond}/s with a log that is read, memory +${growth} MB ` +
      `(+${usual} MB there)${isAlive ? "" : ", the process ended"}`,
  };
}

async function survivesStall(normal: Measured): Promise<Finding> {
  await using server = await startLogging({
    directory: tree.path,
    format: "combined",
    log: "read",
  });
  await sendMany(server.address, WARM_UP, heavyOf);
  server.readLog("off");
  const measured = await measureLoad(server);
  const readMeanwhile = server.log().length;
  server.readLog("on");
  await until(() => server.log().some((line) => LOSS.test(line)));
  await sendMany(server.address, 100, heavyOf);
  await server.stop();
  const lines = server.log();
  const lost = lines.reduce(
    (sum, line) => sum + Number(LOSS.exec(line)?.[1] ?? 0),
    0,
  );
  const whole = lines.filter((line) => LINE.test(line)).length;
  const { holds, figure } = compare(measured, normal);
  const all = WARM_UP + REQUESTS + 100;
  return {
    holds: holds && lost > 0 && whole + lost === all &&
      readMeanwhile < WARM_UP + REQUESTS / 2,
    figure: `${figure}; ${whole} lines and ${lost} told as lost of ${all}`,
  };
}

function toByte(character: string): number {
  return character.charCodeAt(0);
}
