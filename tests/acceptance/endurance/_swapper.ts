/**
 * Swaps a name between what is shared and a link to a secret outside, as fast
 * as it can, until its standard input ends; then prints how often.
 *
 * @module
 */

import { pause } from "./_wait.ts";

const [kind = "file", name = "", shared = "", secret = "", spare = ""] =
  Deno.args;
let isOver = false;
Deno.stdin.read(new Uint8Array(1)).then(() => {
  isOver = true;
});
let swaps = 0;
while (!isOver) {
  for (let i = 0; i < 200; i++) {
    if (kind === "file") swapFile();
    else swapFolder();
    swaps += 2;
  }
  await pause(0);
}
await Deno.stdout.write(new TextEncoder().encode(String(swaps)));

/** The name always exists: either it is the file, or it is the link. */
function swapFile(): void {
  Deno.symlinkSync(secret, spare);
  Deno.renameSync(spare, name);
  Deno.linkSync(shared, spare);
  Deno.renameSync(spare, name);
}

/** A folder cannot take the place of a link: the name is away for a moment. */
function swapFolder(): void {
  Deno.renameSync(name, spare);
  Deno.symlinkSync(secret, name);
  Deno.removeSync(name);
  Deno.renameSync(spare, name);
}
