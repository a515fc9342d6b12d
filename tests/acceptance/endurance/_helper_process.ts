/**
 * A program beside the test that does one thing until it is told to stop.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";

/** A helper under way. */
export interface Helper extends AsyncDisposable {
  /** Ends it and gives what it printed. */
  stop(): Promise<string>;
}

/** Starts a program of this folder. It ends when its standard input does. */
export function startHelper(name: string, args: readonly string[]): Helper {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      fromFileUrl(new URL(name, import.meta.url)),
      ...args,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let printed: Promise<string> | undefined;
  async function end(): Promise<string> {
    await child.stdin.close();
    const { success, stdout } = await child.output();
    if (!success) throw new Error(`${name} failed`);
    return new TextDecoder().decode(stdout);
  }
  function stop(): Promise<string> {
    printed ??= end();
    return printed;
  }
  return {
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}
