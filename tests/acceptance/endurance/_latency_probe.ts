/**
 * Asks for one small file over and over until its standard input ends and
 * prints, line by line, how many milliseconds each answer took. A process of
 * its own, so that a busy test does not make the server look slow.
 *
 * @module
 */

import { rawRequest } from "../../_support/raw.ts";
import { pause } from "./_wait.ts";

const [hostname = "127.0.0.1", port = "0", target = "/"] = Deno.args;
let isOver = false;
const over = Deno.stdin.read(new Uint8Array(1)).then(() => {
  isOver = true;
});
while (!isOver) {
  const started = performance.now();
  const { status } = await rawRequest({ hostname, port: Number(port) }, target);
  if (status !== 200) throw new Error(`The small file got ${status}`);
  const milliseconds = performance.now() - started;
  await Deno.stdout.write(new TextEncoder().encode(`${milliseconds}\n`));
  await Promise.race([over, pause(3)]);
}
