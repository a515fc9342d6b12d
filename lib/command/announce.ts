/**
 * What is said once the server listens: the start page, and for the log what a
 * person would read there. It is loaded only then, and answers do not wait.
 *
 * @module
 */

import { startPage } from "../cli/start_page.ts";
import type { CommandOptions } from "../options.ts";
import type { CommandLog } from "../server/command_log.ts";
import { noticesOf, type Started, startFacts } from "./start_facts.ts";
import type { Talk } from "./talk.ts";

/**
 * Tells where the server listens and what it shares.
 *
 * @param started What is known once the server listens.
 * @param options What the user asked for.
 * @param ways Where to say it.
 *
 * @example Usage
 * ```ts ignore
 * import { announce } from "./announce.ts";
 *
 * announce(started, options, { print, note: log.note });
 * ```
 */
export function announce(
  started: Started,
  options: CommandOptions,
  { print, note }: Pick<Talk, "print"> & Pick<CommandLog, "note">,
): void {
  const facts = startFacts(started, options);
  print(startPage(facts));
  if (!facts.isTerminal) noticesOf(facts).forEach(note);
}
