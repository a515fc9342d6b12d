/**
 * What the arguments give: switches, values by the name of their flag, and
 * ports and paths by position. Here is decided what holds when a value is given
 * twice; what a value means is not looked at.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";

import { COMMAND_DEFAULTS } from "../options.ts";
import { spellOut } from "./arguments.ts";
import { UsageError } from "./errors.ts";
import { FLAGS } from "./flags.ts";
import { isWholeNumber } from "./values.ts";

/** The options that a switch turns into the opposite of their default. */
export type SwitchOption =
  | "archive"
  | "compress"
  | "dotfiles"
  | "followSymlinks"
  | "index"
  | "listing"
  | "open"
  | "qr"
  | "quiet"
  | "sandbox"
  | "tls";

/** Flags that were given, and the arguments that were given by position. */
export interface Given {
  /** Names of the switches. */
  readonly switches: ReadonlySet<string>;
  /** Values by the name of their flag. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Whole numbers. */
  readonly ports: readonly string[];
  /** What is no whole number. */
  readonly paths: readonly string[];
}

/** What was found, by name; what was given by position is under `_`. */
interface Found {
  readonly [name: string]: unknown;
  readonly _: readonly (string | number)[];
}

/**
 * Reads which flags were given, and what by position.
 *
 * @param args Arguments after the name of the program.
 * @returns What was given.
 * @throws {UsageError} If a flag is unknown, has no value or has one too many.
 *
 * @example Usage
 * ```ts
 * import { readGiven } from "./given.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readGiven(["8000", "site"]).paths, ["site"]);
 * ```
 */
export function readGiven(args: readonly string[]): Given {
  const valueFlags = FLAGS.filter((each) => each.value !== null)
    .map((each) => each.name);
  const switchFlags = FLAGS.filter((each) => each.value === null)
    .map((each) => each.name);
  // For lists of names, `parseArgs` declares more than it can know.
  const found: Found = parseArgs(spellOut(args), {
    // `_` too: numbers by position would lose their spelling.
    string: ["_", ...valueFlags],
    collect: valueFlags,
    boolean: switchFlags,
  });
  const positions = found._.map(String);
  return {
    switches: new Set(switchFlags.filter((name) => found[name] === true)),
    values: new Map(valueFlags.map((name) => [name, toStrings(found[name])])),
    ports: positions.filter(isWholeNumber),
    paths: positions.filter((each) => !isWholeNumber(each)),
  };
}

function toStrings(values: unknown): string[] {
  return Array.isArray(values) ? values.map(String) : [];
}

/**
 * Gives every value of a flag.
 *
 * @param given What was given.
 * @param name Name of the flag, without dashes.
 * @returns The values in their order; none where it was not given.
 *
 * @example Usage
 * ```ts
 * import { allValues, readGiven } from "./given.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(allValues(readGiven(["-H", "a: b"]), "header"), ["a: b"]);
 * ```
 */
export function allValues(given: Given, name: string): readonly string[] {
  return given.values.get(name) ?? [];
}

/**
 * Gives the value of a flag that has one; the same value twice does no harm.
 *
 * @param given What was given.
 * @param name Name of the flag, without dashes.
 * @returns The value, or `undefined` where it was not given.
 * @throws {UsageError} If there are two values.
 *
 * @example Usage
 * ```ts
 * import { oneValue, readGiven } from "./given.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(oneValue(readGiven(["-p", "80"]), "port"), "80");
 * assertThrows(() => oneValue(readGiven(["-p", "80", "-p", "81"]), "port"));
 * ```
 */
export function oneValue(given: Given, name: string): string | undefined {
  const [first, ...others] = allValues(given, name);
  const other = others.find((each) => each !== first);
  if (other === undefined) return first;
  throw new UsageError(
    `Cannot use --${name} twice, with "${first}" and "${other}": give one`,
  );
}

/**
 * Tells whether an option is on: a switch that is given turns its default into
 * the opposite.
 *
 * @param given What was given.
 * @param option Option of a switch.
 * @returns Whether it is on.
 *
 * @example Usage
 * ```ts
 * import { isSwitchedOn, readGiven } from "./given.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const given = readGiven(["--quiet", "--no-listing"]);
 *
 * assertEquals(isSwitchedOn(given, "quiet"), true);
 * assertEquals(isSwitchedOn(given, "listing"), false);
 * ```
 */
export function isSwitchedOn(given: Given, option: SwitchOption): boolean {
  const isGiven = FLAGS.some((each) =>
    each.option === option && given.switches.has(each.name)
  );
  return isGiven !== COMMAND_DEFAULTS[option];
}
