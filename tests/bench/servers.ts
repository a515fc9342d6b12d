/**
 * The servers of the benchmark: ours as a user starts it, with the least
 * permissions, and its peers; each on loopback with its access log in a file.
 *
 * @module
 */

import { fromFileUrl, join } from "@std/path";

import { MAIN } from "../_support/cli.ts";
import {
  caddyConfig,
  lighttpdConfig,
  nginxConfig,
  type Place,
  writeConfig,
} from "./peer_configs.ts";

/** Our own server, as tables name it. */
export const OURS = "serve";

/** Another copy of our program, to be compared with this one: `--main=FILE`. */
const MAIN_PREFIX = "--main=";
const OUR_MAIN = Deno.args.find((arg) => arg.startsWith(MAIN_PREFIX))
  ?.slice(MAIN_PREFIX.length) ?? MAIN;

/** How a server is started. */
export interface ServerKind {
  readonly name: string;
  /** Names of works that it does not claim to do. */
  readonly cannot: readonly string[];
  /** Its command; `null` where it is not installed. */
  readonly prepare: (place: Place) => Promise<readonly string[] | null>;
}

const CODED = ["gzip", "br", "zstd"];
const SIBLINGS = ["gzip-sibling", "br-sibling", "zstd-sibling"];

/** All servers, in the order of the table's columns. */
export const SERVERS: readonly ServerKind[] = [
  {
    name: OURS,
    cannot: [],
    prepare: ({ port, site }) =>
      Promise.resolve([
        ...leastDeno(port, site, OUR_MAIN),
        "--bind",
        "127.0.0.1",
      ]),
  },
  {
    name: "nginx",
    cannot: ["br", "zstd", "br-sibling", "zstd-sibling"],
    prepare: async (place) => {
      const text = nginxConfig(place);
      const path = await writeConfig(place, "nginx.conf", text);
      return await ifThere(["nginx", "-p", place.own, "-c", path], [
        "-e",
        join(place.own, "error.log"),
      ]);
    },
  },
  {
    name: "caddy",
    cannot: ["br"],
    prepare: async (place) => {
      const path = await writeConfig(place, "Caddyfile", caddyConfig(place));
      return await ifThere(["caddy", "run", "--adapter", "caddyfile"], [
        "--config",
        path,
      ]);
    },
  },
  {
    name: "lighttpd",
    cannot: SIBLINGS,
    prepare: async (place) => {
      const text = lighttpdConfig(place);
      const path = await writeConfig(place, "lighttpd.conf", text);
      return await ifThere(["lighttpd", "-D", "-f", path]);
    },
  },
  {
    name: "plain",
    cannot: ["range", "304", "head", "page", ...CODED, ...SIBLINGS],
    prepare: ({ port, site }) =>
      Promise.resolve(leastDeno(port, site, programOf("plain_handler.ts"))),
  },
  {
    name: "sirv",
    cannot: ["page", "zstd-sibling", ...CODED],
    prepare: async ({ port, site, own }) => {
      const program = await install(own, "sirv-cli@3", "sirv-cli/bin.js");
      if (program === null) return null;
      const address = ["--host", "127.0.0.1", "--port", String(port)];
      return ["node", program, site, "--etag", ...address];
    },
  },
  {
    name: "http-server",
    cannot: ["zstd-sibling", ...CODED],
    prepare: async ({ port, site, own }) => {
      const file = "http-server/bin/http-server";
      const program = await install(own, "http-server@14", file);
      if (program === null) return null;
      return ["node", program, site, `-p${port}`, "-a127.0.0.1", "-g", "-b"];
    },
  },
  {
    name: "python",
    cannot: ["range", ...CODED, ...SIBLINGS],
    prepare: async ({ port, site }) => {
      // A version manager's shim would be started first, each time.
      const python = await outputOf("python3", [
        "-c",
        "import sys; print(sys.executable)",
      ]);
      if (python === null) return null;
      const address = ["--bind", "127.0.0.1", "--directory", site];
      return [python, "-m", "http.server", String(port), ...address];
    },
  },
];

/** Starts a program as the README does: one address and one folder. */
export function leastDeno(
  port: number,
  site: string,
  program: string,
): readonly string[] {
  return [
    Deno.execPath(),
    "run",
    "--no-prompt",
    `--allow-net=127.0.0.1:${port}`,
    `--allow-read=${site}`,
    program,
    String(port),
    site,
  ];
}

/** Path of a program beside this file. */
export function programOf(name: string): string {
  return fromFileUrl(new URL(name, import.meta.url));
}

async function ifThere(
  command: readonly string[],
  more: readonly string[] = [],
): Promise<readonly string[] | null> {
  const found = await outputOf("which", command.slice(0, 1));
  return found === null ? null : [...command, ...more];
}

async function install(
  own: string,
  name: string,
  program: string,
): Promise<string | null> {
  const done = await outputOf("npm", [
    "install",
    "--silent",
    "--no-fund",
    "--no-audit",
    "--prefix",
    own,
    name,
  ]);
  return done === null ? null : join(own, "node_modules", program);
}

/** What a program prints; `null` where it is missing or fails. */
export async function outputOf(
  program: string,
  args: readonly string[],
): Promise<string | null> {
  try {
    const { success, stdout } = await new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).trim() : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
