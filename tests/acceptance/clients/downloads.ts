/**
 * Programs that people download with: each has its own way of asking for
 * parts, for changes and for files that lie where it expects them.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { startServer } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { countLogged } from "./_log.ts";
import { clonesRepository, updatesPackages } from "./_repositories.ts";
import { checkTools, run, sha256Of } from "./_tools.ts";
import { seeksInVideo } from "./_video.ts";

const MEGABYTE = 1 << 20;
const SIZE_MEGABYTES = 200;
/** How much a download has when it is cut. */
const CUT_BYTES = 30 * MEGABYTE;

await acceptance("curl -C - resumes a cut download", resumesCutDownload);
await acceptance(
  "aria2c -x8 -s8 fetches 200 MB over 8 ranges",
  fetchesInRanges,
);
await acceptance("Chromium seeks in a video", seeksInVideo);
await acceptance("git clone over dumb HTTP", clonesRepository);
await acceptance("apt-get update from a folder", updatesPackages);

async function resumesCutDownload(): Promise<Finding> {
  checkTools("curl", "sha256sum");
  await using scratch = await makeTree({ "shared/": null });
  const source = scratch.at("shared/large file.bin");
  await writeRandom(source);
  await using server = await startServer({ directory: scratch.at("shared") });
  const url = `${server.origin}/large%20file.bin`;
  const target = scratch.at("copy");
  await downloadAndCut(url, target);
  const cutAt = (await Deno.stat(target)).size;
  const { code, stderr } = await run("curl", [
    ...["-q", "--silent", "--show-error", "--fail"],
    ...["-C", "-", "-o", target, url],
  ]);
  const isSame = await sha256Of(target) === await sha256Of(source);
  const rest = SIZE_MEGABYTES * MEGABYTE - cutAt;
  const resumed = await countLogged(server, new RegExp(`" 206 ${rest}\\b`));
  return {
    holds: code === 0 && isSame && cutAt >= CUT_BYTES && rest > 0 &&
      resumed === 1,
    figure: `cut at ${cutAt} bytes, ` +
      `${resumed === 0 ? "no 206 for the rest" : `206 for ${rest} more`}, ` +
      `checksum ${isSame ? "the same" : "another"} ${stderr}`.trimEnd(),
  };
}

async function downloadAndCut(url: string, target: string): Promise<void> {
  const curl = new Deno.Command("curl", {
    args: ["-q", "--silent", "--limit-rate", "40M", "-o", target, url],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const deadline = Date.now() + 30_000;
  while (await sizeOf(target) < CUT_BYTES && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  curl.kill("SIGKILL");
  await curl.status;
}

async function fetchesInRanges(): Promise<Finding> {
  checkTools("aria2c", "sha256sum");
  await using scratch = await makeTree({ "shared/": null, "target/": null });
  const source = scratch.at("shared/large.bin");
  await writeRandom(source);
  const checksum = await sha256Of(source);
  await using server = await startServer({ directory: scratch.at("shared") });
  const { code, stdout, stderr } = await run("aria2c", [
    ...["--no-conf=true", "-x8", "-s8", "--file-allocation=none"],
    ...["--quiet=true", "--auto-file-renaming=false"],
    ...[`--checksum=sha-256=${checksum}`, `--dir=${scratch.at("target")}`],
    `${server.origin}/large.bin`,
  ]);
  const isSame = await sha256Of(scratch.at("target/large.bin")) === checksum;
  await countLogged(server, /" 206 /);
  const statuses = [...server.stderr().matchAll(/large\.bin \S+ (\d+) /g)]
    .map(([, status]) => status);
  const parts = statuses.filter((status) => status === "206").length;
  // The first connection may ask for the whole and take a part of it.
  const whole = statuses.filter((status) => status === "200").length;
  return {
    holds: code === 0 && isSame && parts + whole >= 8 && parts >= 7 &&
      statuses.length === parts + whole,
    figure: `${SIZE_MEGABYTES} MB, ${parts} × 206 and ${whole} × 200, ` +
      `checksum ${isSame ? "right" : "wrong"} ${stdout}${stderr}`.trimEnd(),
  };
}

/** Random bytes: no part is like another. */
async function writeRandom(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  const block = new Uint8Array(MEGABYTE);
  for (let i = 0; i < SIZE_MEGABYTES; i++) {
    for (let at = 0; at < MEGABYTE; at += 65_536) {
      crypto.getRandomValues(block.subarray(at, at + 65_536));
    }
    for (let at = 0; at < MEGABYTE;) at += await file.write(block.subarray(at));
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
