/**
 * Spells the arguments out, so that nothing about them is left to guess: each
 * flag becomes `--name` or `--name=value`, and what is no flag comes last,
 * after `--`. The parser of the standard library guesses otherwise: it takes
 * the folder `true` of `--quiet true` for a value, forgets the value of
 * `--quiet=yes`, and reads `-qp8000` as the value `p8000` of `-q`.
 *
 * What a value means is not looked at here.
 *
 * @module
 */

import { UsageError } from "./errors.ts";
import type { Flag } from "./flag.ts";
import { FLAGS } from "./flags.ts";
import { suggestionFor } from "./suggestion.ts";

/** A flag as it was written, and what may be its value. */
interface Written {
  /** The flag with its dashes, for messages. */
  readonly spelling: string;
  readonly flag: Flag;
  /** What is attached to it, or `undefined`. */
  readonly attached: string | undefined;
  /** The argument after it, or `undefined`. */
  readonly next: string | undefined;
}

/**
 * Spells out the arguments of the command. A flag that asks for something
 * else than serving (`--help`) ends the reading: what follows is not judged.
 *
 * @param args Arguments as they were given.
 * @returns Long flags with attached values, `--`, and the arguments by
 * position.
 * @throws {UsageError} If a flag is unknown, has no value or has one too many.
 *
 * @example Usage
 * ```ts
 * import { spellOut } from "./arguments.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(spellOut(["-qp", "80", "site", "--host=::1"]), [
 *   "--quiet",
 *   "--port=80",
 *   "--bind=::1",
 *   "--",
 *   "site",
 * ]);
 * ```
 */
export function spellOut(args: readonly string[]): string[] {
  const flags: string[] = [];
  const positions: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") {
      positions.push(...args.slice(i + 1));
      break;
    }
    if (!isFlag(arg)) {
      positions.push(arg);
      continue;
    }
    const read = arg.startsWith("--") ? readLong : readShort;
    for (const written of read(arg, args[i + 1])) {
      const { flag } = written;
      if (flag.option === null) return [asked(written), "--"];
      flags.push(spelledOut(written));
      if (takesNext(written)) i++;
    }
  }
  return [...flags, "--", ...positions];
}

/** A dash alone is a name like any other. */
function isFlag(arg: string): boolean {
  return arg.startsWith("-") && arg !== "-";
}

function readLong(arg: string, next: string | undefined): Written[] {
  const equals = arg.indexOf("=");
  const spelling = equals === -1 ? arg : arg.slice(0, equals);
  const attached = equals === -1 ? undefined : arg.slice(equals + 1);
  const name = spelling.slice(2);
  const flag = FLAGS.find((each) =>
    each.name === name || each.aliases.includes(name)
  );
  if (flag === undefined) throw unknownFlag(spelling);
  return [{ spelling, flag, attached, next }];
}

/** Reads `-q`, `-p8000`, `-p=8000`, and several letters in one: `-qp8000`. */
function readShort(arg: string, next: string | undefined): Written[] {
  const word = arg.split("=", 1)[0] ?? arg;
  if (longNames().includes(word.slice(1))) throw unknownFlag(word);
  const found: Written[] = [];
  const letters = [...arg.slice(1)];
  while (letters.length > 0) {
    const letter = letters.shift() ?? "";
    const spelling = `-${letter}`;
    const flag = FLAGS.find((each) => each.short === letter);
    if (flag === undefined) throw unknownFlag(spelling);
    const endsHere = flag.value !== null || letters[0] === "=";
    const rest = letters.join("").replace(/^=/, "");
    const attached = endsHere && letters.length > 0 ? rest : undefined;
    found.push({ spelling, flag, attached, next });
    if (endsHere) return found;
  }
  return found;
}

/** Whoever asks for help gets it, however it is spelt. */
function asked(written: Written): string {
  const { flag } = written;
  return flag.value === null ? `--${flag.name}` : spelledOut(written);
}

function spelledOut(written: Written): string {
  const { spelling, flag, attached } = written;
  if (flag.value === null) {
    if (attached === undefined) return `--${flag.name}`;
    throw new UsageError(
      `Cannot give a value to ${spelling}: write ${spelling} alone`,
    );
  }
  const value = takesNext(written) ? written.next : attached;
  // An empty value is something else: a variable that is not set.
  if (value === undefined && flag.isValueOptional) return `--${flag.name}=*`;
  if (value === undefined) {
    throw new UsageError(
      `Cannot use ${spelling} without a value: ` +
        `write --${flag.name}=${flag.value}`,
    );
  }
  return `--${flag.name}=${value}`;
}

/** A flag is no value, but a negative number is one (though a wrong one). */
function takesNext({ flag, attached, next }: Written): boolean {
  return flag.value !== null && !flag.isValueOptional &&
    attached === undefined && next !== undefined &&
    (!isFlag(next) || /^-\d/.test(next));
}

function unknownFlag(spelling: string): UsageError {
  const name = spelling.replace(/^--?/, "");
  const meant = suggestionFor(name, longNames());
  const advice = meant === undefined || name.length === 1
    ? "see --help"
    : `did you mean --${meant}?`;
  return new UsageError(`Unknown flag ${spelling}: ${advice}`);
}

function longNames(): string[] {
  return FLAGS.flatMap((flag) => [flag.name, ...flag.aliases]);
}
