/**
 * The shells that complete, and what they complete to: each is started on a
 * terminal, reads a script, and takes what somebody types.
 *
 * @module
 */

import type { Shell } from "../../lib/cli/flag.ts";
import { startTyping, type Typing } from "../_support/typing.ts";
import type { Tree } from "../_support/tree.ts";

/** How a shell is started without anybody's settings. */
const COMMANDS: Readonly<Record<Shell, readonly string[]>> = {
  bash: ["bash", "--norc", "--noprofile", "-i"],
  zsh: ["zsh", "-f", "-i"],
  fish: ["fish", "--no-config", "-i"],
};

/** What each shell is told first, besides to read the script. */
const SETUP: Readonly<Record<Shell, string>> = {
  bash: `bind 'set bell-style none'
bind 'set completion-query-items 0'
bind 'set page-completions off'
PS1=
got() { printf 'GOT%s.\\n' "$(printf '<%s>' "$@")"; }`,
  zsh: `PS1=
setopt no_prompt_cr no_beep
autoload -U compinit
compinit -u -D
bindkey '^I' complete-word
compadd() {
  if [[ \${@[1,(i)(-|--)]} != *-(O|A|D)\\ * ]]; then
    local -a offered
    builtin compadd -A offered "$@"
    print -rl -- $offered >> offered
  fi
  builtin compadd "$@"
}
got() { printf 'GOT%s.\\n' "$(printf '<%s>' "$@")"; }`,
  fish: `function fish_prompt; end
function got; printf 'GOT%s.\\n' (printf '<%s>' $argv | string collect); end`,
};

/** Whether a program is there. */
export async function hasProgram(name: string): Promise<boolean> {
  try {
    await new Deno.Command(name, {
      args: ["--version"],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).output();
    return true;
  } catch {
    return false; // there is none
  }
}

/** A shell that has read completions. */
export interface CompletingShell extends AsyncDisposable {
  /** Types a line with tabs and gives the arguments that the command got. */
  complete(line: string): Promise<string[]>;
  /** Runs a line and gives what was printed. */
  run(line: string): Promise<string>;
  /** What the terminal has shown so far. */
  shown(): string;
}

/** Starts a shell in a folder, where it reads the script. */
export async function startShell(
  shell: Shell,
  { script, tree, command = "serve" }: {
    readonly script: string;
    readonly tree: Tree;
    readonly command?: string;
  },
): Promise<CompletingShell> {
  const setup = SETUP[shell].replace(/\bgot\b(?=[;(])/, command);
  await Deno.writeTextFile(tree.at(".setup"), `${setup}\n${script}\n`);
  const typing = startTyping(COMMANDS[shell], {
    cwd: tree.path,
    env: { HOME: tree.path, HISTFILE: "", LC_ALL: "C.UTF-8" },
  });
  let count = 0;

  /** Runs a line and waits for a mark behind what it prints. */
  async function run(line: string): Promise<string> {
    const mark = ++count;
    const before = typing.shown().length;
    await typing.type(`${line}; echo 'M''ARK'${mark}.\n`);
    await typing.waitFor(new RegExp(`MARK${mark}\\.`));
    return typing.shown().slice(before);
  }
  await run("source ./.setup");
  return {
    shown: typing.shown,
    run,
    complete: (line) => complete(typing, line),
    [Symbol.asyncDispose]: () => typing[Symbol.asyncDispose](),
  };
}

async function complete(typing: Typing, line: string): Promise<string[]> {
  const before = typing.shown().length;
  await typing.type(`${line}\n`);
  const pattern = new RegExp(`^[^]{${before},}GOT((?:<[^>]*>)*)\\.\\r?\\n`);
  const [, args = ""] = await typing.waitFor(pattern);
  return [...args.matchAll(/<([^>]*)>/g)].map(([, arg = ""]) => arg);
}

/** Runs a script in a shell without a terminal. */
export async function runShell(
  shell: Shell,
  { lines, tree }: { readonly lines: readonly string[]; readonly tree: Tree },
): Promise<string> {
  const [program = "", ...args] = COMMANDS[shell].slice(0, -1);
  const { stdout, stderr, success } = await new Deno.Command(program, {
    args: [...args, "-c", lines.join("\n")],
    cwd: tree.path,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (!success || stderr.length > 0) throw new Error(decoder.decode(stderr));
  return decoder.decode(stdout);
}
