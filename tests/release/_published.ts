/**
 * Publishing without JSR: what `deno publish` uploads is laid out as the
 * registry would serve it, beside the packages of the standard library.
 *
 * @module
 */

import { assert } from "@std/assert";
import { dirname, join } from "@std/path";

import type { Server } from "../_support/cli.ts";
import type { Tree } from "../_support/tree.ts";
import { runDeno } from "./_deno.ts";
import { layOut, npmCache, stdPackages } from "./_jsr.ts";
import { startUploadServer } from "./_upload.ts";

/** What is published, and where there is room for it. */
export interface Publishing {
  /** Has a folder `registry`, which the server of the files shares. */
  readonly tree: Tree;
  /** The repository. */
  readonly from: string;
  readonly signal: AbortSignal;
}

/** Publishes a repository; gives the paths of what was uploaded. */
export async function publishTo(
  registry: Server,
  { tree, from, signal }: Publishing,
): Promise<string[]> {
  for (const each of await stdPackages()) {
    await layOut(tree.at("registry"), each);
  }
  await using jsr = startUploadServer(registry.origin);
  const env = { ...await cacheOf(tree, "publisher"), JSR_URL: jsr.url };
  const surroundings = { cwd: tree.at("published"), env, signal };
  const written = await writePublished(tree, { from, signal });
  assert(written.success, written.output);
  const published = await runDeno(
    ["publish", "--token", "none", "--no-provenance"],
    surroundings,
  );
  const files = jsr.uploaded();
  assert(published.success && files !== null, published.output);
  const { name, version, exports } = JSON.parse(
    new TextDecoder().decode(files.get("/deno.json")),
  );
  await layOut(tree.at("registry"), { name, version, files, exports });
  return [...files.keys()];
}

/** Writes what is published, as the workflow does. */
function writePublished(
  tree: Tree,
  { from, signal }: Pick<Publishing, "from" | "signal">,
) {
  const grants = ["--allow-read", "--allow-write", "--allow-run=deno"];
  const script = join(".ci", "publish_map.ts");
  // The runtime of the test, whatever else there is.
  const path = dirname(Deno.execPath());
  return runDeno(["run", ...grants, script, tree.at("published")], {
    cwd: from,
    env: { PATH: path },
    signal,
  });
}

/** A cache that has what came from npm, and nothing else. */
export async function cacheOf(
  tree: Tree,
  owner: string,
): Promise<Record<string, string>> {
  const cache = tree.at(`cache_of_${owner}`);
  await Deno.mkdir(cache);
  await Deno.symlink(await npmCache(), join(cache, "npm"), {
    type: "junction",
  });
  return { DENO_DIR: cache };
}
