/**
 * What a password costs once it is known: a file of 1 KB with and without one,
 * request by request in turn.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { startServer } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { basic, createClient, medianOf } from "./_client.ts";

const ROUNDS = 5;
const REQUESTS = 3_000;
const MOST = 1.15;

await using tree = await makeTree({ "1k.txt": "x".repeat(1_024) });
await using open = await startServer({ directory: tree.path, args: ["-q"] });
await using closed = await startServer({
  directory: tree.path,
  args: ["-q", "--auth", "ada:secret"],
});

await acceptance(
  `a remembered password costs at most 15%, ${ROUNDS} rounds of ${REQUESTS}`,
  async () => {
    using withNone = await createClient(open);
    using withOne = await createClient(closed);
    const right = basic("ada:secret");
    const ask = async (client: "none" | "one") => {
      const answer = client === "none"
        ? await withNone.ask("/1k.txt")
        : await withOne.ask("/1k.txt", right);
      if (answer.status !== 200) throw new Error(answer.head);
      return answer.milliseconds;
    };
    const first = await ask("one");
    for (let i = 0; i < REQUESTS; i++) {
      await ask("none");
      await ask("one");
    }
    const ratios: number[] = [];
    const medians: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const none: number[] = [];
      const one: number[] = [];
      for (let i = 0; i < REQUESTS; i++) {
        // In turn, and each as often before the other as behind it.
        if (i % 2 === 0) none.push(await ask("none"));
        one.push(await ask("one"));
        if (i % 2 === 1) none.push(await ask("none"));
      }
      const [a, b] = [medianOf(none), medianOf(one)];
      ratios.push(b / a);
      medians.push(`${(b * 1000).toFixed(0)}/${(a * 1000).toFixed(0)}`);
    }
    return {
      holds: ratios.every((ratio) => ratio <= MOST),
      figure:
        `ratio of medians ${
          ratios.map((ratio) => ratio.toFixed(3)).join(", ")
        } (µs with/without: ${medians.join(", ")}); the first request, ` +
        `${first.toFixed(0)} ms`,
    };
  },
);
