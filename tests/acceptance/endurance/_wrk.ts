/**
 * Rounds of `wrk` with requests of many kinds whose answers it compares with
 * what is to come.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";

import type { Address } from "../../_support/raw.ts";
import type { Tally } from "./_tally.ts";

/** What a round asks, and where. */
export interface WrkRounds {
  readonly address: Address;
  /** The shared folder. */
  readonly source: string;
  /** Folder with the pages that are to come. */
  readonly pages: string;
  /** Field `Authorization`. */
  readonly authorization: string;
}

const CONNECTIONS = 16;
/**
 * Pause of a connection between two requests, on the mean: at most 1,300
 * requests a second, which leaves two cores time for everything else.
 */
const PAUSE_MS = 12;
const SCRIPT = fromFileUrl(new URL("_load.lua", import.meta.url));

/** Runs `wrk` for some seconds and adds what it saw. */
export async function runWrk(
  rounds: WrkRounds,
  seconds: number,
  tally: Tally,
): Promise<void> {
  const { hostname, port } = rounds.address;
  const { success, stdout, stderr } = await new Deno.Command("wrk", {
    args: [
      "--threads=1",
      `--connections=${CONNECTIONS}`,
      `--duration=${seconds}s`,
      "--timeout=10s",
      `--script=${SCRIPT}`,
      `http://${hostname}:${port}/`,
      "--",
      rounds.source,
      rounds.pages,
      rounds.authorization,
      String(PAUSE_MS),
    ],
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(stdout).trimEnd();
  if (!success) {
    throw new Error(`wrk failed: ${new TextDecoder().decode(stderr)}`);
  }
  const { statuses, wrong, unannounced, failed, late } = JSON.parse(
    text.slice(text.lastIndexOf("\n") + 1),
  );
  for (const [status, count] of Object.entries(statuses)) {
    tally.answer(Number(status), Number(count));
  }
  tally.wrong += wrong;
  if (wrong > 0) tally.fault(`wrk: ${wrong} wrong bodies`);
  if (unannounced > 0) tally.fault(`wrk: ${unannounced} × 503, no Retry-After`);
  if (failed > 0) tally.fault(`wrk: ${failed} connections failed`);
  if (late > 0) tally.fault(`wrk: ${late} answers later than 10 s`);
}
