/**
 * Opening the browser of the user. Loaded only where that is asked for.
 *
 * @module
 */

import type { Opener } from "../server/opener.ts";
import { isGranted } from "../server/permissions.ts";

/** What opening depends on. */
export interface OpenOptions {
  /** The program that does it. */
  readonly opener: Opener;
  /** Tells the operator something, in one line, when it went wrong later. */
  readonly note: (message: string) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/**
 * Some of these programs are there for as long as the browser is. What ends
 * later than this did open it, however it ended.
 */
const FAILS_WITHIN_MS = 10_000;

/**
 * Opens the browser, if the program for that may be run. Nothing waits for it,
 * and it goes on when this process ends.
 *
 * @param url What to open.
 * @param options Program, and where to say that it failed.
 * @returns Why it was not opened, or `null`.
 *
 * @example Usage
 * ```ts ignore
 * import { openerOf } from "../server/opener.ts";
 * import { openBrowser } from "./open_browser.ts";
 *
 * const opener = openerOf(Deno.build.os);
 * openBrowser("http://localhost:8000/", { opener, note, now });
 * ```
 */
export function openBrowser(url: string, options: OpenOptions): string | null {
  const { opener: { program, args }, note, now } = options;
  if (!isGranted({ name: "run", command: program })) {
    return Deno.build.standalone
      ? `no browser is opened: there is no ${program} that may be run`
      : `no browser is opened: run with --allow-run=${program}, ` +
        "where there is such a program";
  }
  const started = now();
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(program, {
      args: [...args, url],
      stdin: "null",
      stdout: "null",
      stderr: "null",
      // Ctrl-C on the terminal is meant for this process, not for a browser.
      detached: true,
    }).spawn();
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound;
    const reason = error instanceof Error ? error.message : String(error);
    return "no browser is opened: " +
      (isMissing ? `there is no ${program}` : reason);
  }
  child.unref();
  child.status.then(({ success, code }) => {
    if (success || now() - started > FAILS_WITHIN_MS) return;
    note(`no browser was opened: ${program} ended with exit code ${code}`);
  });
  return null;
}
