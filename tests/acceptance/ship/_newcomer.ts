/**
 * Somebody who has the README and a runtime: an empty home, where nothing has
 * been fetched yet, and a shell that runs what the README says.
 *
 * @module
 */

import { freePort } from "../../_support/cli.ts";
import type { Tree } from "../../_support/tree.ts";
import { run } from "../clients/_tools.ts";

/** Enough to fetch packages over a slow line, and to compile. */
const LIMIT_MS = 180_000;

/** Time in which what was ended has to be gone. */
const END_LIMIT_MS = 20_000;

const POLL_MS = 50;

/** Where somebody types. */
export interface Shell {
  readonly cwd: string;
  readonly env: Record<string, string>;
}

/** What a command was asked while it ran. */
export interface Served {
  readonly status: number;
  readonly body: string;
  /** Exit code after Ctrl-C. */
  readonly code: number;
  readonly seconds: string;
}

/** Makes an empty home, and the environment of somebody who lives there. */
export async function moveIn(
  place: Tree,
  name: string,
  jsr: string,
): Promise<Record<string, string>> {
  const home = place.at(`home_of_${name}`);
  await Deno.mkdir(home);
  const path = Deno.env.get("PATH") ?? "";
  return {
    HOME: home,
    DENO_DIR: `${home}/.cache/deno`,
    XDG_CACHE_HOME: `${home}/.cache`,
    PATH: `${place.at("bin")}:${path}`,
    JSR_URL: jsr,
    NPM_CONFIG_REGISTRY: await npmRegistry(),
    // Older runtimes, which compile, ask only Mozilla whom to trust.
    DENO_TLS_CA_STORE: "mozilla,system",
    NO_COLOR: "1",
  };
}

/** The one that this machine has; its configuration may be in the home. */
async function npmRegistry(): Promise<string> {
  const { stdout } = await run("npm", ["config", "get", "registry"]);
  return stdout.trim() || "https://registry.npmjs.org/";
}

/**
 * Takes the first command in backticks that begins so.
 *
 * @throws {Error} If the README has none.
 */
export function inlineCode(readme: string, beginning: string): string {
  // A line of the text may end within it.
  const codes = readme.matchAll(/(?<!`)`([^`]+)`(?!`)/g);
  for (const [, code = ""] of codes) {
    const line = code.replaceAll(/\s+/g, " ");
    if (line.startsWith(beginning)) return line;
  }
  throw new Error(`README.md has no \`${beginning}…\``);
}

/** Puts another port into a command or a program. */
export function onPort(text: string, port: number): string {
  return text.replaceAll(/\b8000\b/g, String(port));
}

/** A port that is free on every address. */
export function anyPort(): number {
  return freePort("0.0.0.0");
}

/** Runs a command, fetches a file while it serves, and types Ctrl-C. */
export async function serveAndFetch(
  command: string,
  url: string,
  { cwd, env }: Shell,
): Promise<Served> {
  const started = Date.now();
  // In a session of its own: Ctrl-C is for all that the command has started.
  const child = new Deno.Command("setsid", {
    args: ["bash", "-c", command],
    cwd,
    env,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const said = new Response(child.stderr).text();
  let end: Deno.CommandStatus | null = null;
  const ended = child.status.then((status) => end = status);
  try {
    let response: Response | null = null;
    while (response === null) {
      if (end !== null || Date.now() - started > LIMIT_MS) {
        await run("kill", ["-KILL", "--", `-${child.pid}`]);
        throw new Error(`\`${command}\` does not serve: ${lastOf(await said)}`);
      }
      response = await fetch(url).catch(() => null);
      if (response === null) await sleep(POLL_MS);
    }
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const body = await response.text();
    await run("kill", ["-INT", "--", `-${child.pid}`]);
    const timer = setTimeout(
      () => run("kill", ["-KILL", "--", `-${child.pid}`]),
      END_LIMIT_MS,
    );
    const { code } = await ended;
    clearTimeout(timer);
    return { status: response.status, body, code, seconds };
  } finally {
    await ended;
    await said;
  }
}

/** What a program said went wrong, or else the end of what it said. */
export function lastOf(text: string): string {
  const error = /^error: [^]*?(?=\n\s*\n|$)/m.exec(text)?.[0];
  return error ?? text.trim().split("\n").slice(-5).join("\n");
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
