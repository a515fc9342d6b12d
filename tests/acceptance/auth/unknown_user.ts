/**
 * Whether the time of an answer tells if there is a user of a name: wrong
 * passwords for a user of the file, for one of `--auth` and for nobody, in
 * turn, each try from an address that has not failed yet.
 *
 * @module
 */

import {
  formatPasswordHash,
  hashPassword,
} from "../../../lib/auth/password_hash.ts";
import { acceptance } from "../../_support/acceptance.ts";
import { startCommand, waitForPort } from "../../cli/_command.ts";
import { makeTree } from "../../_support/tree.ts";
import { addressOf, basic, createClient, medianOf } from "./_client.ts";

const TRIES = 500;
const MOST = 1.05;

const hash = formatPasswordHash(await hashPassword("secret"));
await using tree = await makeTree({
  "site/a.txt": "a",
  "users": `filed:${hash}\n`,
});

await acceptance(
  `wrong passwords of known and unknown users take the same time, ${TRIES} each`,
  async () => {
    await using command = startCommand({
      denoFlags: [
        "--allow-net=127.0.0.1:0",
        `--allow-read=${tree.at("site")},${tree.at("users")}`,
      ],
      args: [
        "-q",
        "-b127.0.0.1",
        "--port=0",
        "--auth=given:secret",
        `--auth-file=${tree.at("users")}`,
        tree.at("site"),
      ],
    });
    const port = await waitForPort(command);
    const to = { hostname: "127.0.0.1", port };
    const names = ["filed", "given", "nobody"] as const;
    const times: Record<(typeof names)[number], number[]> = {
      filed: [],
      given: [],
      nobody: [],
    };
    let index = 0;
    for (let i = -10; i < TRIES; i++) {
      // Each name is first, second and third equally often.
      for (let turn = 0; turn < names.length; turn++) {
        const name = names[(i + 12 + turn) % names.length] ?? "nobody";
        using client = await createClient(to, addressOf(index++));
        const answer = await client.ask("/a.txt", basic(`${name}:wrong`));
        if (answer.status !== 401) throw new Error(answer.head);
        if (i >= 0) times[name].push(answer.milliseconds);
      }
    }
    const medians = names.map((name) => medianOf(times[name]));
    const ratio = Math.max(...medians) / Math.min(...medians);
    return {
      holds: ratio <= MOST,
      figure: `medians ${
        names.map((name, i) => `${name} ${medians[i]?.toFixed(2)} ms`)
          .join(", ")
      }; largest to smallest ${ratio.toFixed(3)}`,
    };
  },
);
