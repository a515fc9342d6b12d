/**
 * 1,000 wrong passwords from one address: how fast others are served
 * meanwhile, and what the guesser gets.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { startServer } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { basic, type Client, createClient, medianOf } from "./_client.ts";
import type { Order } from "./_guesser.ts";

const ROUNDS = 5;
const GUESSES = 200;
const EVERY_MS = 10;
/** Two cores serve, guess and measure here; the guesses themselves cost some. */
const LEAST = 0.8;

interface Measured {
  readonly count: number;
  readonly median: number;
}

await using tree = await makeTree({ "1k.txt": "x".repeat(1_024) });
await using server = await startServer({
  directory: tree.path,
  args: ["-q", "--auth", "ada:secret"],
});

await acceptance(
  `others are served at full speed while one address guesses ${
    ROUNDS * GUESSES
  } times`,
  async () => {
    using other = await createClient(server);
    await other.ask("/1k.txt", basic("ada:secret"));
    const worker = new Worker(new URL("_guesser.ts", import.meta.url), {
      type: "module",
    });
    const quiet: Measured[] = [];
    const busy: Measured[] = [];
    const statuses: number[] = [];
    const seconds = ROUNDS * GUESSES * EVERY_MS / 1000;
    await askFor(other, 1_000);
    for (let round = 0; round < ROUNDS; round++) {
      quiet.push(await askFor(other, GUESSES * EVERY_MS));
      const guesses = start(worker, {
        to: { hostname: server.hostname, port: server.port },
        from: "127.0.0.2",
        count: GUESSES,
        first: round * GUESSES,
        everyMs: EVERY_MS,
      });
      busy.push(await askUntil(other, guesses.sent));
      statuses.push(...await guesses.answered);
    }
    worker.terminate();
    const ratios = quiet.map((each, i) =>
      each.median / (busy[i]?.median ?? Infinity)
    );
    const counts = Map.groupBy(statuses, (status) => status);
    const refused = statuses.length - (counts.get(401)?.length ?? 0) -
      (counts.get(503)?.length ?? 0);
    return {
      holds: medianOf(ratios) >= LEAST && refused === 0 &&
        statuses.length === ROUNDS * GUESSES,
      figure: `speed (median time of a request) against before ${
        ratios.map((ratio) => ratio.toFixed(2)).join(", ")
      }, median ${medianOf(ratios).toFixed(2)}; ${seconds} s of guesses: ${
        [...counts].map(([status, all]) => `${all.length} × ${status}`)
          .join(", ")
      }`,
    };
  },
);

/** Asks again and again for so long. */
async function askFor(
  client: Client,
  milliseconds: number,
): Promise<Measured> {
  const end = Promise.withResolvers<void>();
  setTimeout(end.resolve, milliseconds);
  return await askUntil(client, end.promise);
}

async function askUntil(
  client: Client,
  end: Promise<void>,
): Promise<Measured> {
  let isOver = false;
  end.then(() => isOver = true);
  const times: number[] = [];
  while (!isOver) {
    const answer = await client.ask("/1k.txt", basic("ada:secret"));
    if (answer.status !== 200) throw new Error(answer.head);
    times.push(answer.milliseconds);
  }
  return { count: times.length, median: medianOf(times) };
}

function start(worker: Worker, order: Order) {
  const sent = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<number[]>();
  worker.onmessage = ({ data }) => {
    if (data.kind === "sent") sent.resolve();
    else answered.resolve(data.statuses);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const error = new Error(`The guesser failed: ${event.message}`);
    sent.reject(error);
    answered.reject(error);
  };
  worker.postMessage(order);
  return { sent: sent.promise, answered: answered.promise };
}
