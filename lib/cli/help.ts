/**
 * What `--help` and `--version` print, and the table of flags in the README:
 * all made from the one table of flags.
 *
 * @module
 */

import { type Flag, FLAG_GROUPS } from "./flag.ts";
import { FLAGS } from "./flags.ts";

/** Columns of the narrowest terminal that is still common; more is not used. */
const WIDTH_COLUMNS = 80;

/** Below this no terminal is read, and nothing could be wrapped. */
const WIDTH_MIN_COLUMNS = 32;

/** Column at which the help of each flag begins, where there is room for it. */
const HELP_COLUMN = 27;
const HELP_ROOM_COLUMNS = 30;

/** Column at which it begins below its flag, in a narrow terminal. */
const NARROW_HELP_COLUMN = 10;

/** Stands for a space at which no line ends. */
const NO_BREAK = "\u00a0";

const USAGE = "Usage: serve [OPTIONS] [PORT] [DIRECTORY]";

const INTRODUCTION = "Shares a folder, or a single file, over HTTP or HTTPS. " +
  "A whole number is the PORT, any other argument the DIRECTORY; write " +
  "./8000 for a folder of that name. Without a PORT, the environment variable " +
  "PORT counts where it may be read.";

const EXAMPLES = `Examples:
  Share this folder on port 8000
    serve 8000
  Share a finished site: no folder pages, cached for an hour
    serve --no-listing --cache 3600 dist
  Share this folder, and let the process do nothing else
    deno run --allow-net=0.0.0.0:8000 --allow-read=. jsr:@org/serve 8000`;

/**
 * Writes the text of `--help`.
 *
 * @param columns Width of the terminal. No line is longer than that or than 80
 * columns, but for command lines and words that are.
 * @returns The text, without a line break at its end.
 *
 * @example Usage
 * ```ts
 * import { helpText } from "./help.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(helpText(), "-p, --port PORT");
 * ```
 */
export function helpText(columns: number = WIDTH_COLUMNS): string {
  const width = Math.max(WIDTH_MIN_COLUMNS, Math.min(columns, WIDTH_COLUMNS));
  const groups = FLAG_GROUPS.map((group) =>
    [
      `${group}:`,
      ...FLAGS.filter((flag) => flag.group === group)
        .flatMap((flag) => linesOf(flag, width)),
    ].join("\n")
  );
  const introduction = wrap(INTRODUCTION, width).join("\n");
  return [USAGE, introduction, ...groups, EXAMPLES].join("\n\n");
}

function linesOf(flag: Flag, width: number): string[] {
  const short = flag.short === null ? "    " : `-${flag.short}, `;
  const heading = `  ${short}--${flag.name}${valueOf(flag)}`;
  const isBeside = width >= HELP_COLUMN + HELP_ROOM_COLUMNS;
  const column = isBeside ? HELP_COLUMN : NARROW_HELP_COLUMN;
  const lines = wrap(`${flag.help}${notesOf(flag)}`, width - column)
    .map((line) => " ".repeat(column) + line);
  const [first = "", ...more] = lines;
  return isBeside
    ? [heading.padEnd(column) + first.trimStart(), ...more]
    : [heading, ...lines];
}

function valueOf(flag: Flag): string {
  if (flag.value === null) return "";
  return flag.isValueOptional ? `[=${flag.value}]` : ` ${flag.value}`;
}

function notesOf(flag: Flag): string {
  const notes = [
    ...flag.aliases.map((alias) => `also --${alias}`),
    ...(flag.default === null ? [] : [`default: ${flag.default}`]),
  ];
  if (notes.length === 0) return "";
  // A note is not broken between its words unless it is a sentence.
  const joined = notes.map((note) => note.replace(": ", `:${NO_BREAK}`));
  return ` (${joined.join("; ")})`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((each) => each.replaceAll(NO_BREAK, " "));
}

/** What a version line names. */
export interface Versions {
  /** Version of this program. */
  readonly serve: string;
  /** Version of the runtime. */
  readonly deno: string;
  /** Version of the runtime's engine. */
  readonly v8: string;
}

/**
 * Writes the text of `--version`.
 *
 * @param versions The versions.
 * @returns One line, without a line break at its end.
 *
 * @example Usage
 * ```ts
 * import { versionText } from "./help.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   versionText({ serve: "0.1.0", deno: "2.9.6", v8: "15.0" }),
 *   "serve 0.1.0 (deno 2.9.6, v8 15.0)",
 * );
 * ```
 */
export function versionText(versions: Versions): string {
  return `serve ${versions.serve} (deno ${versions.deno}, v8 ${versions.v8})`;
}

/**
 * Writes the README's table of flags.
 *
 * @returns A table in Markdown, without a line break at its end.
 *
 * @example Usage
 * ```ts
 * import { flagTable } from "./help.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(flagTable(), "| `-q`, `--quiet` | off |");
 * ```
 */
export function flagTable(): string {
  return [
    "| Flag | Default | Meaning |",
    "| --- | --- | --- |",
    ...FLAGS.map(toRow),
  ].join("\n");
}

function toRow(flag: Flag): string {
  const names = [flag.name, ...flag.aliases].map((name) => `--${name}`);
  const value = valueOf(flag);
  const spellings = [
    ...(flag.short === null ? [] : [`-${flag.short}`]),
    ...names,
  ].map((spelling) => `\`${spelling}\``);
  const last = spellings.pop() ?? "";
  const cells = [
    [...spellings, last.replace(/`$/, `${value}\``)].join(", "),
    flag.default ?? "",
    flag.help,
  ].map((cell) => cell.replaceAll("|", "\\|"));
  return `| ${cells.join(" | ")} |`;
}
