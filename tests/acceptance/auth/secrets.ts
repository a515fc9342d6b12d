// quick
/**
 * Passwords and hashes are nowhere to be read: not in the log, on the start
 * page, in an answer, in an error, or, where they are in a file, in what `ps`
 * shows.
 *
 * @module
 */

import {
  formatPasswordHash,
  hashPassword,
} from "../../../lib/auth/password_hash.ts";
import { acceptance } from "../../_support/acceptance.ts";
import { runMain } from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { makeTree } from "../../_support/tree.ts";
import {
  type Command,
  hasTerminal,
  startCommand,
  waitForPort,
} from "../../cli/_command.ts";
import { basic } from "./_client.ts";

const PASSWORD = "s3cr3t-0f-4da";
const GUESS = "gu3ss-0f-3ve";
const hash = formatPasswordHash(await hashPassword(PASSWORD, 1_000));
const SECRETS = [
  PASSWORD,
  GUESS,
  hash,
  ...hash.split("$").filter((part) => part.length > 20),
  basic(`ada:${PASSWORD}`).slice(6),
  basic(`ada:${GUESS}`).slice(6),
];

await using tree = await makeTree({
  "site/a.txt": "a",
  "users": `ada:${hash}\n`,
  "broken": `ada:${hash}\nbob:${PASSWORD}\n`,
  "twice": `ada:${hash}\nada:${hash}\n`,
  "bare": `${PASSWORD}\n`,
});
const site = tree.at("site");

/** The secrets that a text tells. */
function told(text: string): string[] {
  return SECRETS.filter((secret) => text.includes(secret));
}

/** Command lines of a process and of those that it started. */
async function commandLines(pid: number): Promise<string> {
  let text = await Deno.readTextFile(`/proc/${pid}/cmdline`);
  const children = await Deno.readTextFile(
    `/proc/${pid}/task/${pid}/children`,
  );
  for (const child of children.trim().split(/\s+/).filter((id) => id)) {
    text += await commandLines(Number(child));
  }
  return text;
}

/** Logs in rightly and wrongly, on routes of all kinds. */
async function visit(port: number): Promise<string> {
  const address = { hostname: "127.0.0.1", port };
  let answers = "";
  for (const target of ["/", "/a.txt", "/none", "/%zz"]) {
    for (const password of [PASSWORD, GUESS]) {
      const authorization = basic(`ada:${password}`);
      const { headerLines, body } = await rawRequest(address, target, {
        headers: { authorization },
      });
      answers += headerLines.join("\n") + new TextDecoder().decode(body);
    }
  }
  return answers;
}

const LEAST = [
  "--allow-net=127.0.0.1:0",
  `--allow-read=${site},${tree.at("users")}`,
];
const FORMATS = ["common", "combined", "json", "python"];

interface Way {
  readonly name: string;
  readonly denoFlags: readonly string[];
  readonly auth: readonly string[];
  readonly isOnTerminal: boolean;
}

const fromFile = [`--auth-file=${tree.at("users")}`];
const given = ["--auth", `ada:${PASSWORD}`];
const WAYS: readonly Way[] = [
  { name: "file", denoFlags: LEAST, auth: fromFile, isOnTerminal: false },
  { name: "file, -A", denoFlags: ["-A"], auth: fromFile, isOnTerminal: true },
  { name: "--auth", denoFlags: LEAST, auth: given, isOnTerminal: false },
  { name: "--auth, -A", denoFlags: ["-A"], auth: given, isOnTerminal: true },
  {
    name: "--auth, -A, --no-sandbox",
    denoFlags: ["-A"],
    auth: [...given, "--no-sandbox"],
    isOnTerminal: true,
  },
];

for (const way of WAYS) {
  if (way.isOnTerminal && !await hasTerminal()) continue;
  await acceptance(`nothing secret is shown: ${way.name}`, async () => {
    const found: string[] = [];
    let lines = 0;
    for (const format of way.isOnTerminal ? ["common"] : FORMATS) {
      await using command = startCommand({
        denoFlags: way.denoFlags,
        args: [
          "-b127.0.0.1",
          "--port=0",
          `--log-format=${format}`,
          ...way.auth,
          site,
        ],
        isOnTerminal: way.isOnTerminal,
      });
      const port = await waitForPort(command);
      found.push(...told(await visit(port)).map((it) => `answer: ${it}`));
      if (way.auth === fromFile) {
        found.push(
          ...told(await commandLines(command.pid)).map((it) => `ps: ${it}`),
        );
      }
      await end(command, way);
      const text = command.stdout() + command.stderr();
      lines += text.split("\n").length;
      found.push(...told(text).map((it) => `output: ${it}`));
    }
    return {
      holds: found.length === 0,
      figure: found[0] ?? `${lines} lines of output, 8 answers each`,
    };
  });
}

await acceptance("nothing secret is told by an error", async () => {
  const rows = [
    ["--auth", PASSWORD],
    ["--auth", `:${PASSWORD}`],
    ["--auth", `ada:${PASSWORD}\x07`],
    ["--auth", `ada:${hash}`],
    ["--auth", `ada:${PASSWORD}`, "--auth", `ada:${GUESS}`],
    ["--auth", `ada:${PASSWORD}`, "--port", "x"],
    ["--auth", `ada:${PASSWORD}`, "--auht", "x"],
    ["--auth-file", tree.at("broken")],
    ["--auth-file", tree.at("twice")],
    ["--auth-file", tree.at("bare")],
    ["--auth-file", tree.at("users"), `--auth=ada:${PASSWORD}`],
  ];
  const wrong: string[] = [];
  for (const row of rows) {
    const { code, stdout, stderr } = await runMain([
      `--allow-read=${tree.path}`,
      "--allow-net=127.0.0.1:0",
    ], ["-b127.0.0.1", "-p0", ...row, site]);
    const line = stdout + stderr;
    if (code !== 2 || told(line).length > 0 || !/^error: .*\n$/.test(line)) {
      wrong.push(`${code} ${line}`);
    }
  }
  return {
    holds: wrong.length === 0,
    figure: wrong[0] ?? `${rows.length} errors, one line each, exit code 2`,
  };
});

/** Ends the command so that its whole log has been written. */
async function end(command: Command, way: Way): Promise<void> {
  if (way.isOnTerminal) await command.type("\x03");
  else command.kill("SIGTERM");
  await command.status;
}
