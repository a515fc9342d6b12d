/**
 * Completions: the script that a shell reads to complete the flags. Each shell
 * has its module, which is loaded where it is asked for.
 *
 * @module
 */

import { UsageError } from "./errors.ts";
import { type Shell, SHELLS } from "./flag.ts";

/** What people type to start the command, and what is completed. */
export const COMMAND_NAME = "serve";

/**
 * Reads which shell is meant.
 *
 * @param text Name of the shell.
 * @returns The shell.
 * @throws {UsageError} If there are no completions for it.
 *
 * @example Usage
 * ```ts
 * import { parseShell } from "./completions.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(parseShell("zsh"), "zsh");
 * assertThrows(() => parseShell("tcsh"), Error, "bash, zsh, fish");
 * ```
 */
export function parseShell(text: string): Shell {
  const shell = SHELLS.find((each) => each === text);
  if (shell !== undefined) return shell;
  throw new UsageError(
    `Cannot use "${text}" as a shell: give one of ${SHELLS.join(", ")}`,
  );
}

/**
 * Writes the script that makes a shell complete the flags.
 *
 * @param shell Shell that reads it.
 * @returns The script, without a line break at its end.
 *
 * @example Usage
 * ```ts
 * import { completionScript } from "./completions.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(await completionScript("fish"), "-l log-format");
 * ```
 */
export async function completionScript(shell: Shell): Promise<string> {
  switch (shell) {
    case "bash": {
      const { bashScript } = await import("./completions_bash.ts");
      return bashScript(COMMAND_NAME);
    }
    case "zsh": {
      const { zshScript } = await import("./completions_zsh.ts");
      return zshScript(COMMAND_NAME);
    }
    case "fish": {
      const { fishScript } = await import("./completions_fish.ts");
      return fishScript(COMMAND_NAME);
    }
    default:
      throw shell satisfies never;
  }
}
