/**
 * Turns the arguments into options, or into the one sentence that says what
 * is wrong with them. How flags may be written is decided in `arguments.ts`,
 * what a value means in `values.ts`; here is decided what holds when a value
 * is given by flag, by position, by the environment, or not at all.
 *
 * @module
 */

import { COMMAND_DEFAULTS, type CommandOptions } from "../options.ts";
import {
  checkTlsFlags,
  parseHosts,
  parseOrigins,
  parseUsers,
} from "./access_values.ts";
import { parseShell } from "./completions.ts";
import { UsageError } from "./errors.ts";
import type { Shell } from "./flag.ts";
import {
  allValues,
  type Given,
  isSwitchedOn,
  oneValue,
  readGiven,
} from "./given.ts";
import { parseTheme, parseTitle } from "./page_values.ts";
import { toPrintable } from "./printable.ts";
import {
  parseBind,
  parseCache,
  parseHeader,
  parseLogFormat,
  parsePath,
  parsePort,
} from "./values.ts";

/** What the command line asks for. */
export type CliResult =
  | { readonly kind: "serve"; readonly options: CommandOptions }
  | { readonly kind: "help" }
  | { readonly kind: "completions"; readonly shell: Shell }
  | { readonly kind: "hash-password" }
  | { readonly kind: "version" }
  | {
    readonly kind: "usage-error";
    /** One printable line without `error: ` in front. */
    readonly message: string;
  };

/** What the environment says, where it may be read. */
export interface CliEnvironment {
  /** The variable `PORT`; empty counts as not set. */
  readonly PORT: string | undefined;
}

/**
 * Parses the arguments of the command.
 *
 * @param args Arguments after the name of the program.
 * @param env What the environment says.
 * @returns Options to serve with, or what else was asked for or is wrong.
 *
 * @example Usage
 * ```ts
 * import { parseFlags } from "./parse.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const result = parseFlags(["8080", "site"], { PORT: undefined });
 *
 * assertEquals(result.kind === "serve" && result.options.port, 8080);
 * assertEquals(parseFlags(["--prot", "1"], { PORT: undefined }), {
 *   kind: "usage-error",
 *   message: "Unknown flag --prot: did you mean --port?",
 * });
 * ```
 */
export function parseFlags(
  args: readonly string[],
  env: CliEnvironment,
): CliResult {
  try {
    const given = readGiven(args);
    if (given.switches.has("help")) return { kind: "help" };
    if (given.switches.has("version")) return { kind: "version" };
    if (given.switches.has("hash-password")) return { kind: "hash-password" };
    const shell = oneValue(given, "completions");
    if (shell !== undefined) {
      return { kind: "completions", shell: parseShell(shell) };
    }
    return { kind: "serve", options: optionsOf(given, env) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { kind: "usage-error", message: toPrintable(error.message) };
  }
}

function optionsOf(given: Given, env: CliEnvironment): CommandOptions {
  const bind = oneValue(given, "bind");
  const cache = oneValue(given, "cache");
  const logFormat = oneValue(given, "log-format");
  return Object.freeze({
    ...choosePort(given, env),
    ...chooseDirectory(given),
    bind: bind === undefined ? COMMAND_DEFAULTS.bind : parseBind(bind),
    compress: isSwitchedOn(given, "compress"),
    dotfiles: isSwitchedOn(given, "dotfiles"),
    followSymlinks: isSwitchedOn(given, "followSymlinks"),
    index: isSwitchedOn(given, "index"),
    listing: isSwitchedOn(given, "listing"),
    quiet: isSwitchedOn(given, "quiet"),
    headers: allValues(given, "header").map(parseHeader),
    cache: cache === undefined ? COMMAND_DEFAULTS.cache : parseCache(cache),
    logFormat: logFormat === undefined
      ? COMMAND_DEFAULTS.logFormat
      : parseLogFormat(logFormat),
    sandbox: isSwitchedOn(given, "sandbox"),
    qr: isSwitchedOn(given, "qr"),
    open: isSwitchedOn(given, "open"),
    ...pagesOf(given),
    ...accessOf(given),
  });
}

function pagesOf(given: Given) {
  const title = oneValue(given, "title");
  const theme = oneValue(given, "theme");
  return {
    archive: isSwitchedOn(given, "archive"),
    title: title === undefined ? COMMAND_DEFAULTS.title : parseTitle(title),
    theme: theme === undefined ? COMMAND_DEFAULTS.theme : parseTheme(theme),
  };
}

function accessOf(given: Given) {
  return {
    hosts: parseHosts(allValues(given, "allow-host")),
    users: parseUsers(allValues(given, "auth")),
    authFile: pathOrNull(given, "auth-file"),
    cors: parseOrigins(allValues(given, "cors")),
    ...checkTlsFlags({
      tls: isSwitchedOn(given, "tls"),
      tlsCert: pathOrNull(given, "tls-cert"),
      tlsKey: pathOrNull(given, "tls-key"),
    }),
  };
}

/** By position or by flag, then from the environment, then the default. */
function choosePort(
  given: Given,
  env: CliEnvironment,
): Pick<CommandOptions, "port" | "portAsked"> {
  const flag = oneValue(given, "port");
  const [first, second] = given.ports;
  if (first !== undefined && second !== undefined) {
    throw new UsageError(
      `Cannot use two ports, "${first}" and "${second}": give one, or write ` +
        `./${second} for a folder`,
    );
  }
  if (first !== undefined && flag !== undefined) {
    throw new UsageError(
      `Cannot use two ports, "${first}" and "--port ${flag}": give one, or ` +
        `write ./${first} for a folder`,
    );
  }
  if (first !== undefined) {
    return { port: parsePort(first, "position"), portAsked: true };
  }
  if (flag !== undefined) {
    return { port: parsePort(flag, "flag"), portAsked: true };
  }
  if (env.PORT !== undefined && env.PORT !== "") {
    return { port: parsePort(env.PORT, "environment"), portAsked: true };
  }
  return { port: COMMAND_DEFAULTS.port, portAsked: false };
}

function chooseDirectory(
  given: Given,
): Pick<CommandOptions, "directory" | "directoryAsked"> {
  const flag = oneValue(given, "directory");
  const [first, second] = given.paths;
  const origin = given.paths.find((path) => /^https?:\/\//.test(path));
  if (origin !== undefined) {
    throw new UsageError(
      `Cannot share "${origin}": give a folder, or an origin with ` +
        `--cors=${origin}`,
    );
  }
  if (first !== undefined && second !== undefined) {
    throw new UsageError(
      `Cannot share two folders, "${first}" and "${second}": give one`,
    );
  }
  if (first !== undefined && flag !== undefined) {
    throw new UsageError(
      `Cannot share two folders, "${first}" and "--directory ${flag}": ` +
        "give one",
    );
  }
  const asked = first ?? flag;
  return asked === undefined
    ? { directory: COMMAND_DEFAULTS.directory, directoryAsked: false }
    : { directory: parsePath(asked), directoryAsked: true };
}

function pathOrNull(given: Given, name: string): string | null {
  const value = oneValue(given, name);
  return value === undefined ? null : parsePath(value);
}
