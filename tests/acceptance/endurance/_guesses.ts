/**
 * Somebody on another address who guesses passwords, some at a time.
 *
 * @module
 */

import type { Address } from "../../_support/raw.ts";
import type { Tally } from "./_tally.ts";

/** Where is guessed, and until when. */
export interface Guessing {
  readonly address: Address;
  /** A user that there is. */
  readonly user: string;
  readonly tally: Tally;
  isOver(): boolean;
}

/** Another address of the loopback network; Linux answers on all of them. */
const FROM = "127.0.0.2";
/** More than may wait for their turn, so that the announced 503 comes too. */
const GUESSERS = 12;
const GUESSES_EACH = 10;
const RATE = "2/s";

/** Guesses until the load is over. */
export async function guessPasswords(guessing: Guessing): Promise<void> {
  await Promise.all(
    Array.from({ length: GUESSERS }, (_, index) => guess(guessing, index)),
  );
}

async function guess(guessing: Guessing, index: number): Promise<void> {
  const { address, user, tally } = guessing;
  for (let round = 0; !guessing.isOver(); round++) {
    const curl = new Deno.Command("curl", {
      args: ["--config", "-"],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const timer = setInterval(() => {
      if (guessing.isOver()) curl.kill("SIGTERM");
    }, 500);
    const writer = curl.stdin.getWriter();
    const config = Array.from({ length: GUESSES_EACH }, (_, guess) => {
      // A name that there is and one that there is not, in turn.
      const name = guess % 2 === 0 ? user : `${user}${index}`;
      return configOf(address, `${name}:wrong-${index}-${round}-${guess}`);
    }).join("next\n");
    await writer.write(new TextEncoder().encode(config));
    await writer.close();
    const { stdout } = await curl.output();
    clearInterval(timer);
    const answers = new TextDecoder().decode(stdout).trim().split("\n");
    for (const answer of answers) judge(answer, tally);
  }
}

function configOf({ hostname, port }: Address, pair: string): string {
  return [
    `url = "http://${hostname}:${port}/small/0.txt"`,
    `interface = "${FROM}"`,
    `user = "${pair}"`,
    `rate = "${RATE}"`,
    `write-out = "%{http_code} %header{retry-after}\\n"`,
    'output = "/dev/null"',
    "silent",
    "",
  ].join("\n");
}

function judge(answer: string, tally: Tally): void {
  const [status = "", retryAfter = ""] = answer.split(" ");
  // No answer any more: the load is over.
  if (status === "" || status === "000") return;
  tally.count(`wrong passwords answered ${status}`);
  if (status === "503" && retryAfter === "") {
    tally.fault("503 without Retry-After for a wrong password");
  } else if (status !== "401" && status !== "503") {
    tally.fault(`${status} for a wrong password`);
  }
}
