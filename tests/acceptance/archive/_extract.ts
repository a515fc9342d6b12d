/**
 * What archives hold once they are unpacked, compared with the folder that
 * they were made of.
 *
 * @module
 */

import { run } from "../clients/_tools.ts";

/**
 * Compares a folder with what was unpacked: names, contents, times to the
 * second and empty folders.
 *
 * @returns What differs; empty where all is the same.
 */
export async function differences(
  original: string,
  unpacked: string,
): Promise<string> {
  const contents = await run("diff", ["-r", "-q", original, unpacked]);
  if (contents.code !== 0) return contents.stdout.slice(0, 300);
  const [before, after] = await Promise.all(
    [original, unpacked].map((path) => listOf(path)),
  );
  if (before === after) return "";
  const there = new Set(before?.split("\0"));
  const first = after?.split("\0").find((line) => !there.has(line));
  return `kinds or times differ, first of ${JSON.stringify(first)}`;
}

/** Each path with kind and time, in one order. */
async function listOf(path: string): Promise<string> {
  const { stdout } = await run("find", [
    path,
    ...["-mindepth", "1", "-printf", "%P %y %Ts\\0"],
  ]);
  return stdout.split("\0").sort().join("\0");
}

/** Tests a zip with unzip and Python; gives what they complain of. */
export async function zipFaults(path: string): Promise<string> {
  const unzip = await run("unzip", ["-tqq", path]);
  if (unzip.code !== 0) return `unzip: ${unzip.stderr}${unzip.stdout}`;
  const script = "import sys, zipfile\n" +
    "with zipfile.ZipFile(sys.argv[1]) as z:\n" +
    "    bad = z.testzip()\n" +
    "    if bad: sys.exit('bad ' + bad)\n";
  const python = await run("python3", ["-c", script, path]);
  return python.code === 0 ? "" : `zipfile: ${python.stderr.slice(-300)}`;
}
