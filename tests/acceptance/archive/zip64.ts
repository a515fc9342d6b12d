/**
 * Zips that need more than 32 and 16 bits: a file above 4 GB, and more than
 * 65,535 entries.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { startServer } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { checkTools, run } from "../clients/_tools.ts";
import { differences, zipFaults } from "./_extract.ts";

const SIZE = 4_500_000_000;
const ENTRIES = 70_000;

checkTools("curl", "unzip", "python3", "diff", "find");

await acceptance("a zip with a file above 4 GB is accepted", async () => {
  await using scratch = await makeTree({
    "shared/before": "before",
    "shared/zz after": "after",
  });
  using file = await Deno.open(scratch.at("shared/large.bin"), {
    write: true,
    create: true,
  });
  await file.truncate(SIZE);
  for (const at of [0, 2 ** 32 - 6, SIZE - 10]) {
    await file.seek(at, Deno.SeekMode.Start);
    await file.write(new TextEncoder().encode(`mark ${at % 7}`));
  }
  const time = new Date(Date.UTC(2024, 4, 6, 7, 8, 10));
  await Deno.utime(scratch.at("shared/large.bin"), time, time);
  return await downloadAndCompare(scratch.path);
});

await acceptance("a zip with over 65,535 entries is accepted", async () => {
  await using scratch = await makeTree({ "shared/d": null });
  for (let i = 0; i < ENTRIES; i++) {
    await Deno.writeTextFile(
      scratch.at(`shared/d/${i}`),
      i % 3 === 0 ? "" : String(i),
    );
  }
  return await downloadAndCompare(scratch.path);
});

async function downloadAndCompare(folder: string): Promise<Finding> {
  await using server = await startServer({
    directory: `${folder}/shared`,
    stderr: "null",
  });
  const path = `${folder}/got.zip`;
  const curl = await run("curl", [
    ...["-q", "-sS", "--fail", "-o", path],
    `${server.origin}/?archive=zip`,
  ]);
  const { size } = await Deno.stat(path);
  const faults = curl.stderr + await zipFaults(path);
  const unpacked = await run("unzip", ["-qq", path, "-d", folder]);
  await Deno.remove(path);
  const different = await differences(`${folder}/shared`, `${folder}/archive`);
  return {
    holds: curl.code === 0 && faults === "" && unpacked.code === 0 &&
      different === "",
    figure: faults + unpacked.stderr + different ||
      `${size} bytes; unzip -t, Python's zipfile and diff -r find no fault`,
  };
}
