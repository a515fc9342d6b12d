/**
 * Completions for bash, 3.2 (macOS) and later, with nothing else installed.
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
 * import { bashScript } from "./completions_bash.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(bashScript("serve"), "-F _serve serve");
 * ```
 */
export function bashScript(
  command: string,
  flags: readonly Flag[] = FLAGS,
): string {
  const name = `_${command}`;
  return `# Completes ${command} in bash: eval "$(${command} --completions bash)"
${name}() {
  local word=\${COMP_WORDS[COMP_CWORD]} flag=\${COMP_WORDS[COMP_CWORD-1]} offered
  COMPREPLY=()
  # --flag=value comes as three words.
  if [[ $word == = ]]; then
    word= flag+==
  elif [[ $flag == = ]]; then
    flag=\${COMP_WORDS[COMP_CWORD-2]}=
  fi
  case $flag in
${casesOf(flags).map((line) => `    ${line}`).join("\n")}
    *)
      [[ $word == -* ]] || return
      offered=${quote(flags.flatMap(spellingsOf))} ;;
  esac
  COMPREPLY=($(compgen -W "$offered" -- "$word"))
  # Bash 3.2 cannot, and completes paths where nothing is offered.
  compopt +o default 2>/dev/null
}
complete -o default -F ${name} ${command}`;
}

/** What may follow a flag. Where the function returns, paths are completed. */
function casesOf(flags: readonly Flag[]): string[] {
  const withValue = flags.filter((flag) => flag.value !== null);
  const patternOf = (completion: Flag["completion"]) =>
    withValue.filter((flag) => flag.completion === completion)
      .flatMap(beforeValue).join("|");
  return [
    ...withValue.flatMap((flag) =>
      flag.completion === null || flag.completion === "path" ? [] : [
        `${beforeValue(flag).join("|")}) offered=${quote(flag.completion)} ;;`,
      ]
    ),
    ...toCase(patternOf("path"), "return ;;"),
    ...toCase(patternOf(null), ";;"),
  ];
}

function toCase(pattern: string, commands: string): string[] {
  return pattern === "" ? [] : [`${pattern}) ${commands}`];
}

/** What stands before a value: the flag, or the flag and what attaches it. */
function beforeValue(flag: Flag): string[] {
  return spellingsOf(flag).flatMap((spelling) =>
    flag.isValueOptional ? [`${spelling}=`] : [spelling, `${spelling}=`]
  );
}

function spellingsOf({ short, name, aliases }: Flag): string[] {
  const long = [name, ...aliases].map((each) => `--${each}`);
  return short === null ? long : [`-${short}`, ...long];
}

function quote(words: readonly string[]): string {
  return `'${words.join(" ").replaceAll("'", "'\\''")}'`;
}
