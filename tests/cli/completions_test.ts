/**
 * Each script in its real shell, where somebody types.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { completionScript } from "../../lib/cli/completions.ts";
import { bashScript } from "../../lib/cli/completions_bash.ts";
import { fishScript } from "../../lib/cli/completions_fish.ts";
import { zshScript } from "../../lib/cli/completions_zsh.ts";
import { type Flag, SHELLS } from "../../lib/cli/flag.ts";
import { FLAGS } from "../../lib/cli/flags.ts";
import { runMain } from "../_support/cli.ts";
import { makeTree, type Tree } from "../_support/tree.ts";
import { hasTerminal } from "./_command.ts";
import { hasProgram, runShell, startShell } from "./_shells.ts";

const IS_ON_TERMINAL = await hasTerminal();

const HAS = new Map(
  await Promise.all(
    SHELLS.map(async (shell) => [shell, await hasProgram(shell)] as const),
  ),
);

const SPELLINGS = FLAGS.flatMap(({ name, short, aliases }) => [
  ...(short === null ? [] : [`-${short}`]),
  ...[name, ...aliases].map((each) => `--${each}`),
]);

function makePlace(): Promise<Tree> {
  return makeTree({ "file.txt": "", "my folder/": null });
}

for (const shell of SHELLS) {
  const ignore = !HAS.get(shell) || !IS_ON_TERMINAL;

  Deno.test(`--completions ${shell} prints a script, needs no permission and exits 0`, async () => {
    const ended = await runMain([], ["--completions", shell]);

    assertEquals(ended, {
      code: 0,
      stdout: `${await completionScript(shell)}\n`,
      stderr: "",
    });
  });

  Deno.test({
    name: ignore
      ? `${shell} completes (ignored: no ${shell}, or no script(1))`
      : `${shell} completes what is typed`,
    ignore,
    async fn() {
      await using tree = await makePlace();
      const script = await completionScript(shell);
      await using typed = await startShell(shell, { script, tree });

      for (
        const [line, ...args] of [
          ["--the\t", "--theme"],
          ["--no-c\t", "--no-compress"],
          ["--theme d\t", "--theme", "dark"],
          ["--theme=d\t", "--theme=dark"],
          ["--log-format js\t", "--log-format", "json"],
          ["--completions z\t", "--completions", "zsh"],
          ["-d my\t", "-d", "my folder"],
          ["--auth-file fi\t", "--auth-file", "file.txt"],
          ["--tls-cert=fi\t", "--tls-cert=file.txt"],
          ["-H fi\t", "-H", "fi"],
          ["--title fi\t", "--title", "fi"],
          ["--cors fi\t", "--cors", "file.txt"],
          ["fi\t", "file.txt"],
          ["-q --no-i\t", "-q", "--no-index"],
        ]
      ) {
        const got = await typed.complete(`serve ${line}`);
        assertEquals(
          got.map((arg) => arg.replace(/\/$/, "")),
          args,
          `serve ${line}`,
        );
      }
    },
  });
}

Deno.test({
  name: "bash offers the words of the table",
  ignore: !HAS.get("bash"),
  async fn() {
    await using tree = await makePlace();

    const printed = await runShell("bash", {
      tree,
      lines: [
        bashScript("serve"),
        "complete -p serve",
        "COMP_WORDS=(serve -) COMP_CWORD=1",
        "_serve",
        'printf "%s\\n" "${COMPREPLY[@]}"',
      ],
    });

    const [rule, ...words] = printed.trimEnd().split("\n");
    assertEquals(rule, "complete -o default -F _serve serve");
    assertEquals(words.toSorted(), SPELLINGS.toSorted());
  },
});

Deno.test({
  name: "fish offers the words of the table, with what they mean",
  ignore: !HAS.get("fish"),
  async fn() {
    await using tree = await makePlace();

    const printed = await runShell("fish", {
      tree,
      lines: [fishScript("serve"), 'complete -C "serve -"'],
    });

    const lines = printed.trimEnd().split("\n").map((line) => line.split("\t"));
    const help = new Map(lines.map(([word = "", text = ""]) => [word, text]));
    assertEquals([...help.keys()].toSorted(), SPELLINGS.toSorted());
    for (const flag of FLAGS) {
      assertEquals(help.get(`--${flag.name}`), flag.help);
    }
  },
});

Deno.test({
  name: "zsh offers the words of the table",
  ignore: !HAS.get("zsh") || !IS_ON_TERMINAL,
  async fn() {
    await using tree = await makePlace();
    const script = zshScript("serve");
    await using typed = await startShell("zsh", { script, tree });

    await typed.complete("serve -\t");

    const offered = await Deno.readTextFile(tree.at("offered"));
    const words = new Set(offered.split("\n").filter((line) => line !== ""));
    assertEquals([...words].toSorted(), SPELLINGS.toSorted());
  },
});

/** What a help text could hold, and none of it is a command. */
const ODD = 'it\'s "a" [b]: $HOME `no` $(no) \\ ; & * !x {a,b} <c>';

const ODD_FLAGS: readonly Flag[] = FLAGS
  .filter(({ name }) => ["title", "quiet"].includes(name))
  .map((flag) => ({ ...flag, help: ODD }));

for (const shell of SHELLS) {
  Deno.test({
    name: `${shell} takes no part of a help text for its own`,
    ignore: !HAS.get(shell) || !IS_ON_TERMINAL,
    async fn() {
      const toScript = { bash: bashScript, zsh: zshScript, fish: fishScript };
      await using tree = await makePlace();
      await using typed = await startShell(shell, {
        script: toScript[shell]("odd", ODD_FLAGS),
        tree,
        command: "odd",
      });

      assertEquals(await typed.complete("odd --qui\t"), ["--quiet"]);

      const start = typed.shown().length;
      await typed.complete("odd -\t");
      if (shell === "fish") await typed.run('complete -C "odd -"');
      const shown = typed.shown().slice(start);
      assert(!/not found|error|no matches|parse/i.test(shown), shown);
      // Bash shows no texts.
      if (shell !== "bash") assert(shown.includes(ODD), shown);
    },
  });
}
