/**
 * The server as a user who may read little: a copy of the program that this
 * user can read, wherever the repository stands.
 *
 * @module
 */

import { join, toFileUrl } from "@std/path";

import {
  REPOSITORY,
  type Server,
  type StartOptions,
} from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { runWell } from "./_tools.ts";

/** The user `nobody`, and the group beside it. */
const NOBODY = 65_534;

/** Starts the command as `nobody`, or as the user at hand where it is not root. */
export async function startUnprivileged(
  options: StartOptions,
): Promise<Server> {
  const copy = await makeTree({ "repository/": null, "deno/": null });
  try {
    await copyProgram(copy.at("repository"));
    await copyPackages(copy.at("deno"));
    // The runtime may lie in a folder of root's as well.
    await Deno.copyFile(Deno.execPath(), copy.at("runtime"));
    await runWell("chmod", ["-R", "a+rX", copy.path]);
    await Deno.chmod(copy.at("runtime"), 0o755);
    const isRoot = Deno.uid() === 0;
    if (isRoot) {
      await runWell("chown", ["-R", String(NOBODY), copy.at("deno")]);
    }
    // The support module finds the program beside itself, so its copy starts
    // the copied program.
    const support: typeof import("../../_support/cli.ts") = await import(
      toFileUrl(copy.at("repository/tests/_support/cli.ts")).href
    );
    const server = await support.startServer({
      ...options,
      env: { ...options.env, DENO_DIR: copy.at("deno"), HOME: copy.path },
      cwd: copy.path,
      deno: copy.at("runtime"),
      ...(isRoot ? { uid: NOBODY } : {}),
    });
    return {
      ...server,
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]();
        await copy[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await copy[Symbol.asyncDispose]();
    throw error;
  }
}

async function copyProgram(target: string): Promise<void> {
  await Deno.mkdir(join(target, "tests"));
  const parts = ["main.ts", "deno.json", "deno.lock", "lib"];
  await runWell("cp", [
    "-r",
    ...parts.map((part) => join(REPOSITORY, part)),
    target,
  ]);
  await runWell("cp", [
    "-r",
    join(REPOSITORY, "tests/_support"),
    join(target, "tests"),
  ]);
}

/** Copies the packages that the program needs out of the cache. */
async function copyPackages(target: string): Promise<void> {
  const args = ["info", "--json", join(REPOSITORY, "main.ts")];
  const info: { npmPackages?: Record<string, { name: string }> } = JSON.parse(
    await runWell(Deno.execPath(), args),
  );
  const { npmCache }: { npmCache: string } = JSON.parse(
    await runWell(Deno.execPath(), ["info", "--json"]),
  );
  for await (const registry of Deno.readDir(npmCache)) {
    if (!registry.isDirectory) continue;
    for (const { name } of Object.values(info.npmPackages ?? {})) {
      const from = join(npmCache, registry.name, name);
      const to = join(target, "npm", registry.name, name);
      if (!await exists(from)) continue;
      await Deno.mkdir(join(to, ".."), { recursive: true });
      await runWell("cp", ["-r", from, to]);
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
