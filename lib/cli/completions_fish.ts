/**
 * Completions for fish, with what it says about each flag.
 *
 * @module
 */

import type { Flag } from "./flag.ts";
import { FLAGS } from "./flags.ts";

/**
 * Writes the script.
 *
 * @param command Name under which the command is started.
 * @param flags Flags that are completed.
 * @returns The script, without a line break at its end.
 *
 * @example Usage
 * ```ts
 * import { fishScript } from "./completions_fish.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(fishScript("serve"), "-s q -l quiet -d 'Write no");
 * ```
 */
export function fishScript(
  command: string,
  flags: readonly Flag[] = FLAGS,
): string {
  return [
    `# Completes ${command} in fish: ${command} --completions fish | source`,
    ...flags.map((flag) => `complete -c ${command} ${wordsOf(flag)}`),
  ].join("\n");
}

function wordsOf(flag: Flag): string {
  const { name, short, aliases, help } = flag;
  return [
    ...(short === null ? [] : [`-s ${short}`]),
    ...[name, ...aliases].map((each) => `-l ${each}`),
    ...valueWords(flag),
    `-d ${quote(help)}`,
  ].join(" ");
}

/** `-r`: has a value, `-F`: of paths, `-x`: of nothing else than `-a`. */
function valueWords({ value, isValueOptional, completion }: Flag): string[] {
  if (value === null || isValueOptional) return [];
  if (completion === "path") return ["-r -F"];
  if (completion === null) return ["-x"];
  return [`-x -a ${quote(completion.join(" "))}`];
}

/** Within single quotes, fish takes `\\` and `\'` as one character. */
function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}
