/**
 * Gives the files of a folder new versions, one after the other, until its
 * standard input ends; then prints how many. A process of its own, so that
 * writing goes on whatever the readers do.
 *
 * @module
 */

import { join } from "@std/path";

import { FILES, versionOf, type Way } from "./_versions.ts";
import { pause } from "./_wait.ts";

/** The large ones take longer to write: they change less often. */
const EVERY: Readonly<Record<string, number>> = {
  "small.txt": 1,
  "medium.bin": 2,
  "large.bin": 4,
};

const [folder = ".", spare = ".", way = "rename"] = Deno.args;
const buffers = new Map(
  Object.entries(FILES).map(([name, size]) => [name, new Uint8Array(size * 2)]),
);
let isOver = false;
Deno.stdin.read(new Uint8Array(1)).then(() => {
  isOver = true;
});
let versions = 0;
while (!isOver) {
  versions++;
  for (const [name, every] of Object.entries(EVERY)) {
    if (versions % every !== 0) continue;
    if (way === "rename") renameOver(name);
    else if (way === "truncate") await truncate(name);
    else rewrite(name, way === "rewrite-settled" ? "old" : "fresh");
  }
  await pause(way === "rewrite-settled" ? 30 : versions % 3);
}
await Deno.stdout.write(new TextEncoder().encode(String(versions)));

/** Another file takes the name; some look old, some just written. */
function renameOver(name: string): void {
  const path = join(spare, name);
  Deno.writeFileSync(path, contentOf(name, "rename"));
  if (versions % 4 > 0) setTime(path, name, "rename");
  Deno.renameSync(path, join(folder, name));
}

/** The same file is cut to its half, and made whole with new content. */
async function truncate(name: string): Promise<void> {
  const path = join(folder, name);
  await Deno.truncate(path, Math.floor((FILES[name] ?? 0) / 2));
  await pause(1);
  rewrite(name, "old");
  await pause(10);
}

/** The same file is written over from its beginning, never shorter. */
function rewrite(name: string, time: "old" | "fresh"): void {
  const path = join(folder, name);
  using file = Deno.openSync(path, { write: true });
  const content = contentOf(name, "rewrite-settled");
  for (let at = 0; at < content.length;) {
    at += file.writeSync(content.subarray(at));
  }
  if (time === "old") setTime(path, name, "rewrite-settled");
}

function contentOf(name: string, way: Way): Uint8Array {
  const { byte, size } = versionOf(name, versions, way);
  const buffer = buffers.get(name) ?? new Uint8Array(size);
  return buffer.subarray(0, size).fill(byte);
}

function setTime(path: string, name: string, way: Way): void {
  const { modified } = versionOf(name, versions, way);
  Deno.utimeSync(path, modified / 1000, modified / 1000);
}
