/**
 * Completions for zsh, with what it says about each flag.
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
 * @returns The script, without a line break at its end. It can be read by a
 * shell, or lie in a folder of its `fpath` as `_COMMAND`.
 *
 * @example Usage
 * ```ts
 * import { zshScript } from "./completions_zsh.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(zshScript("serve"), "#compdef serve");
 * ```
 */
export function zshScript(
  command: string,
  flags: readonly Flag[] = FLAGS,
): string {
  const name = `_${command}`;
  const specs = [
    ...flags.flatMap(specsOf),
    "*:port, folder or file:_files",
  ];
  return `#compdef ${command}
# Completes ${command} in zsh: eval "$(${command} --completions zsh)"
${name}() {
  _arguments -s -S : \\
${specs.map((spec) => `    ${quote(spec)}`).join(" \\\n")}
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  ${name} "$@"
else
  compdef ${name} ${command}
fi`;
}

/** One line for each spelling; one of them is enough, but for some. */
function specsOf(flag: Flag): string[] {
  const { name, short, aliases, repeatable } = flag;
  const long = [name, ...aliases].map((each) => `--${each}`);
  const spellings = short === null ? long : [`-${short}`, ...long];
  const before = repeatable ? "*" : `(${spellings.join(" ")})`;
  return spellings.map((spelling) =>
    `${before}${spelling}${attachment(flag, spelling)}` +
    `[${escape(flag.help, /[\\[\]]/g)}]${valueOf(flag)}`
  );
}

/** How a value is attached: `-pPORT`, `--port=PORT`, or in the next word. */
function attachment(flag: Flag, spelling: string): string {
  if (flag.value === null) return "";
  if (flag.isValueOptional) return "=-";
  return spelling.startsWith("--") ? "=" : "+";
}

function valueOf({ value, isValueOptional, completion }: Flag): string {
  if (value === null) return "";
  const action = completion === "path" ? "_files" : completion === null
    // A message alone, and nothing that is offered.
    ? " "
    : `(${completion.join(" ")})`;
  const colon = isValueOptional ? "::" : ":";
  return `${colon}${escape(value, /[\\:]/g)}:${action}`;
}

function escape(text: string, special: RegExp): string {
  return text.replaceAll(special, "\\$&");
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
