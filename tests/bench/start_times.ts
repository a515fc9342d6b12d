/**
 * How long it takes from the start of a server to its first answer: ours, the
 * smallest program there is with the same flags, and peers, in turn.
 *
 * @module
 */

import { join } from "@std/path";

import { freePort } from "../_support/cli.ts";
import { timeToFirstAnswer } from "./first_answer.ts";
import {
  leastDeno,
  OURS,
  programOf,
  type ServerKind,
  SERVERS,
} from "./servers.ts";
import { medianOf } from "./statistics.ts";

/** The smallest program, as the table names it. */
export const BARE = "bare";

/** Medians by server, with all that was measured. */
export type StartTimes = Readonly<
  Record<string, { readonly medianMs: number; readonly samples: number[] }>
>;

/** How it is measured. */
export interface StartOptions {
  readonly rounds: number;
  readonly progress: (text: string) => void;
}

const KINDS: readonly ServerKind[] = [
  ...SERVERS.filter(({ name }) => name === OURS),
  {
    name: BARE,
    cannot: [],
    prepare: ({ port, site }) =>
      Promise.resolve(leastDeno(port, site, programOf("bare_server.ts"))),
  },
  ...SERVERS.filter(({ name }) => ["nginx", "caddy", "python"].includes(name)),
];

/** Starts each server in turn; names choose among them. */
export async function measureStarts(
  site: string,
  options: StartOptions,
  names: readonly string[] | null = null,
): Promise<StartTimes> {
  const kinds = KINDS.filter(({ name }) => names?.includes(name) ?? true);
  const samples = new Map<string, number[]>();
  for (let round = 0; round <= options.rounds; round++) {
    options.progress(`start: round ${round} of ${options.rounds}`);
    for (const kind of kinds) {
      const took = await measureStart(kind, site);
      // The first one fills caches.
      if (took === null || round === 0) continue;
      samples.set(kind.name, [...samples.get(kind.name) ?? [], took]);
    }
  }
  options.progress("");
  return Object.fromEntries(
    [...samples].map(([name, times]) => [
      name,
      { medianMs: medianOf(times), samples: times },
    ]),
  );
}

async function measureStart(
  kind: ServerKind,
  site: string,
): Promise<number | null> {
  const own = await Deno.makeTempDir({ prefix: "serve_start_" });
  try {
    const port = freePort();
    const log = join(own, "access.log");
    const command = await kind.prepare({ port, site, own, log });
    if (command === null) return null;
    const target = "/1KB.bin";
    return await timeToFirstAnswer({ command, port, target, cwd: own });
  } finally {
    await Deno.remove(own, { recursive: true });
  }
}
