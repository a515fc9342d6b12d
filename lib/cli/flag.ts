/**
 * What a flag of the command is, and the words that it can take.
 *
 * @module
 */

import type { CommandOptions, LogFormat } from "../options.ts";

/** Headings of `--help`, in their order there. */
export const FLAG_GROUPS = [
  "Where",
  "What is shared",
  "Folder page",
  "How it is sent",
  "Who may look",
  "Log",
  "Process",
  "About",
] as const;

/** One flag of the command. */
export interface Flag {
  /** Long name, without dashes. */
  readonly name: string;
  /** Letter of the short form, or `null`. */
  readonly short: string | null;
  /** Further long names, without dashes. */
  readonly aliases: readonly string[];
  /** What stands for its value in `--help`; `null` for a switch. */
  readonly value: string | null;
  /**
   * Whether it may stand alone, for `*`; then another value is attached with
   * `=` only.
   */
  readonly isValueOptional: boolean;
  /** Whether each use adds a value; otherwise it has one value. */
  readonly repeatable: boolean;
  /** What a shell can offer as its value: words, paths, or nothing. */
  readonly completion: readonly string[] | "path" | null;
  /** Heading of `--help` under which it stands. */
  readonly group: typeof FLAG_GROUPS[number];
  /** What it does, in one sentence without a period. */
  readonly help: string;
  /** The default as it is shown, or `null` where there is none. */
  readonly default: string | null;
  /**
   * The option that it sets, or `null` where it asks for something else than
   * serving. A switch turns its option into the opposite of the default.
   */
  readonly option: keyof CommandOptions | null;
}

/** What most flags have in common. */
export const ROW = {
  short: null,
  aliases: [],
  value: null,
  isValueOptional: false,
  repeatable: false,
  completion: null,
};

/** The formats of the access log. */
export const LOG_FORMATS: readonly LogFormat[] = [
  "common",
  "combined",
  "json",
  "python",
];

/** A shell that completes flags. */
export type Shell = "bash" | "zsh" | "fish";

/** The shells for which there are completions. */
export const SHELLS: readonly Shell[] = ["bash", "zsh", "fish"];
