/**
 * 70,000 files of 5 GB as a zip and as a tar: whole, in four parts, and resumed
 * from the middle by a server that knows nothing of the tree yet.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { memoryOf, type Server, startServer } from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { makeTree } from "../../_support/tree.ts";
import { checkTools, run, sha256Of } from "../clients/_tools.ts";
import { megabytes } from "../endurance/_content.ts";
import { describeLatency, latencyDuring } from "../endurance/_latency.ts";
import { pause } from "../endurance/_wait.ts";
import { differences, zipFaults } from "./_extract.ts";
import { LARGE_TREE, makeLargeTree } from "./_tree.ts";

const GROWTH_LIMIT = 60e6;
const LATENCY_LIMIT_MS = 250;
const LIMIT_SECONDS = 1_800;

checkTools("curl", "aria2c", "unzip", "python3", "tar", "diff", "find");
await using scratch = await makeTree({
  "shared/small.txt": "small",
  "shared/few/a": "a",
  "shared/tree": null,
  "got": null,
});
const made = await makeLargeTree(scratch.at("shared/tree"), LARGE_TREE);
const original = scratch.at("shared/tree");

for (const format of ["zip", "tar"] as const) {
  const path = scratch.at(`got/whole.${format}`);
  await acceptance(
    `a ${format} of 70,000 files and 5 GB arrives in flat memory, while small files are answered`,
    () => downloadWhole(format, path),
  );
  await acceptance(
    format === "zip"
      ? "unzip -t and Python's zipfile accept it, and its contents are equal"
      : "GNU tar unpacks it, and its contents are equal",
    () => compare(format, path),
  );
  await acceptance(
    `curl -C - resumes the ${format} from the middle, from a server that has read nothing yet`,
    () => resume(format, path),
  );
  await acceptance(
    `aria2c -x4 fetches the ${format} in four parts`,
    () => fetchInParts(format, path),
  );
  await Deno.remove(path);
}

async function start(): Promise<Server> {
  const server = await startServer({
    directory: scratch.at("shared"),
    stderr: "null",
  });
  for (let i = 0; i < 50; i++) await rawRequest(server, "/small.txt");
  return server;
}

async function downloadWhole(format: string, path: string): Promise<Finding> {
  await using server = await start();
  const fresh = memoryOf(server.pid).now;
  // What an archive of any size takes, and what the measuring itself does.
  await rawRequest(server, `/few/?archive=${format}`);
  await latencyDuring(server, "/small.txt", () => pause(5_000));
  await pause(3_000);
  const before = memoryOf(server.pid).now;
  const started = performance.now();
  const latency = await latencyDuring(
    server,
    "/small.txt",
    () =>
      run("curl", [
        ...["-q", "-sS", "--fail", "-o", path],
        ...["-w", "%{time_starttransfer} %{size_download}"],
        url(server, format),
      ], { limitSeconds: LIMIT_SECONDS }),
  );
  const seconds = (performance.now() - started) / 1_000;
  const growth = memoryOf(server.pid).peak - before;
  const longest = Math.max(...latency.times);
  const { code, stdout, stderr } = latency.result;
  const [firstByte, size] = stdout.split(" ");
  return {
    holds: code === 0 && growth < GROWTH_LIMIT && longest < LATENCY_LIMIT_MS,
    figure: [
      `${made.files} files, ${made.bytes} bytes, as ${size} in ` +
      `${seconds.toFixed(1)} s, the first byte after ${firstByte} s`,
      `peak memory ${megabytes(before)} + ${megabytes(growth)} ` +
      `(${megabytes(fresh)} just after its start)`,
      describeLatency(latency),
      stderr,
    ].join("; "),
  };
}

async function compare(format: string, path: string): Promise<Finding> {
  const target = scratch.at("got/out");
  await Deno.mkdir(target);
  try {
    const faults = format === "zip" ? await zipFaults(path) : "";
    const unpacked = format === "zip"
      ? await run("unzip", ["-qq", path, "-d", target])
      : await run("tar", ["-xf", path, "-C", target]);
    const different = await differences(original, `${target}/tree`);
    return {
      holds: faults === "" && unpacked.code === 0 && different === "",
      figure: [faults, unpacked.stderr, different].join("") ||
        "all names, bytes, times and empty folders are the same",
    };
  } finally {
    await Deno.remove(target, { recursive: true });
  }
}

async function resume(format: string, whole: string): Promise<Finding> {
  const path = scratch.at("got/resumed");
  await Deno.copyFile(whole, path);
  const { size } = await Deno.stat(path);
  await Deno.truncate(path, Math.floor(size / 2));
  await using server = await start();
  const args = [
    ...["-q", "-sS", "--fail", "-C", "-", "-o", path],
    ...["-w", "%{http_code} %{time_starttransfer} %{time_total}"],
  ];
  const options = { limitSeconds: LIMIT_SECONDS };
  const cold = await run("curl", [...args, url(server, format)], options);
  const isSame = await sha256Of(path) === await sha256Of(whole);
  await Deno.truncate(path, size - 10_000);
  const warm = await run("curl", [...args, url(server, format)], options);
  const isStillSame = await sha256Of(path) === await sha256Of(whole);
  await Deno.remove(path);
  const tail = await coldTail(format, size);
  return {
    holds: cold.code === 0 && isSame && warm.code === 0 && isStillSame &&
      cold.stdout.startsWith("206"),
    figure: `status, first byte and end of the second half, cold: ` +
      `${cold.stdout} s, ${isSame ? "the same file" : "ANOTHER FILE"}; ` +
      `of the last 10,000 bytes, warm: ${warm.stdout} s, ` +
      `${isStillSame ? "the same file" : "ANOTHER FILE"}; ` +
      `of the last 7 MB, cold: ${tail} s${cold.stderr}${warm.stderr}`,
  };
}

/** How long the dearest of all ranges takes: the directory of the zip. */
async function coldTail(format: string, size: number): Promise<string> {
  await using server = await start();
  const { stdout } = await run("curl", [
    ...["-q", "-sS", "--fail", "-o", "/dev/null", "-r", `${size - 7_000_000}-`],
    ...["-w", "%{http_code} %{time_starttransfer} %{time_total}"],
    url(server, format),
  ], { limitSeconds: LIMIT_SECONDS });
  return stdout;
}

async function fetchInParts(format: string, whole: string): Promise<Finding> {
  await using server = await start();
  const before = memoryOf(server.pid).now;
  const started = performance.now();
  const { code, stdout, stderr } = await run("aria2c", [
    ...["--no-conf=true", "-x4", "-s4", "--file-allocation=none"],
    ...["--quiet=true", "--auto-file-renaming=false", "--out=parts"],
    `--dir=${scratch.at("got")}`,
    url(server, format),
  ], { limitSeconds: LIMIT_SECONDS });
  const seconds = (performance.now() - started) / 1_000;
  const growth = memoryOf(server.pid).peak - before;
  const path = scratch.at("got/parts");
  const isSame = code === 0 && await sha256Of(path) === await sha256Of(whole);
  await Deno.remove(path).catch(() => {});
  return {
    holds: isSame,
    figure:
      `${isSame ? "the same file" : "ANOTHER FILE"} after ${
        seconds.toFixed(1)
      } s; peak memory ${megabytes(before)} + ${megabytes(growth)} ` +
      `${stdout}${stderr}`.trimEnd(),
  };
}

function url(server: Server, format: string): string {
  return `${server.origin}/tree/?archive=${format}`;
}
