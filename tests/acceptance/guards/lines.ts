// quick
/**
 * The lines that guard what is shared, each changed in a copy of the sources:
 * a test has to fail for each, and none for the copy as it is.
 *
 * @module
 */

import { join } from "@std/path";

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { REPOSITORY } from "../../_support/cli.ts";
import { type Change, CHANGES } from "./_changes.ts";

const COPIED = ["deno.json", "deno.lock", "main.ts", "lib", "tests"];

const copy = await Deno.makeTempDir({ prefix: "serve_guards_" });
try {
  for (const name of COPIED) await copyTo(copy, name);
  const all = new Set(CHANGES.flatMap(({ tests }) => tests));
  await acceptance("the tests hold for the sources as they are", async () => {
    const { success, failed } = await runTests(copy, [...all]);
    return { holds: success, figure: `${failed} of the tests fail` };
  });
  for (const change of CHANGES) {
    await acceptance(
      `a test fails without the line against ${change.what}`,
      () => judge(copy, change),
    );
  }
} finally {
  await Deno.remove(copy, { recursive: true });
}

async function judge(folder: string, change: Change): Promise<Finding> {
  const path = join(folder, change.file);
  const text = await Deno.readTextFile(path);
  const parts = text.split(change.from);
  if (parts.length !== 2) {
    const figure = `${change.file} has the line ${parts.length - 1} times`;
    return { holds: false, figure };
  }
  await Deno.writeTextFile(path, parts.join(change.to));
  try {
    const { success, failed } = await runTests(folder, change.tests);
    return {
      holds: !success && failed > 0,
      figure: `${change.file}: ${failed} of the tests fail`,
    };
  } finally {
    await Deno.writeTextFile(path, text);
  }
}

async function runTests(folder: string, tests: readonly string[]) {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--no-check", ...tests],
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stderr: "null",
  }).output();
  const text = new TextDecoder().decode(stdout);
  const failed = /^(?:ok|FAILED) \|.* (\d+) failed/m.exec(text)?.[1] ?? NaN;
  return { success, failed: Number(failed) };
}

async function copyTo(folder: string, name: string): Promise<void> {
  const { success } = await new Deno.Command("cp", {
    args: ["-R", join(REPOSITORY, name), folder],
  }).output();
  if (!success) throw new Error(`Cannot copy ${name}`);
}
