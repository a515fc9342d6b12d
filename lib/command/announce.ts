/**
 * What is said once the server listens: the start page, and for the log what a
 * person would read there. It is loaded only then, and answers do not wait.
 *
 * @module
 */

import { addressUrls } from "../cli/address_urls.ts";
import { type StartFacts, startPage } from "../cli/start_page.ts";
import type { CommandOptions } from "../options.ts";
import type { CommandLog } from "../server/command_log.ts";
import { openerOf } from "../server/opener.ts";
import { giveBack } from "../server/permissions.ts";
import { noticesOf, type Started, startFacts } from "./start_facts.ts";
import type { Talk } from "./talk.ts";

/** Where to say something. */
type Ways = Pick<Talk, "print"> & Pick<CommandLog, "note">;

/**
 * Tells where the server listens and what it shares, and opens the browser
 * there if that is asked for.
 *
 * @param started What is known once the server listens.
 * @param options What the user asked for.
 * @param ways Where to say it.
 * @returns Origins that lead to the server from its networks, the best first.
 *
 * @example Usage
 * ```ts ignore
 * import { announce } from "./announce.ts";
 *
 * const origins = await announce(started, options, { print, note: log.note });
 * ```
 */
export async function announce(
  started: Started,
  options: CommandOptions,
  ways: Ways,
): Promise<readonly string[]> {
  // What may be run is given back before the page tells what is allowed.
  const failure = options.open ? await open(started, ways) : null;
  const facts = startFacts(started, options);
  const whole = {
    ...facts,
    warnings: [...facts.warnings, ...(failure === null ? [] : [failure])],
  };
  const { print, note } = ways;
  const page = options.qr ? await withQr(whole, started) : whole;
  print(startPage(page));
  if (!page.isTerminal) noticesOf(page).forEach(note);
  return facts.networkUrls.map((url) => new URL(url).origin);
}

async function open(
  { address, machine }: Started,
  { note }: Ways,
): Promise<string | null> {
  const urls = addressUrls(address, machine.interfaces);
  const url = urls.localUrl ?? urls.networkUrls[0];
  const { openBrowser } = await import("./open_browser.ts");
  const opener = openerOf(Deno.build.os);
  const now = () => performance.now();
  const failure = url === undefined
    ? null
    : openBrowser(url, { opener, note, now });
  giveBack();
  return failure;
}

async function withQr(
  facts: StartFacts,
  { machine }: Started,
): Promise<StartFacts> {
  const { qrFacts } = await import("./qr_facts.ts");
  return { ...facts, ...qrFacts(facts, machine) };
}
