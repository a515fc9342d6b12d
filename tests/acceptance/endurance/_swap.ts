/**
 * Swaps a name with a link to a secret outside, reads it meanwhile, and counts
 * what of the secret came through.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import {
  type Server,
  type StartOptions,
  startServer,
} from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { makeTree, type Tree } from "../../_support/tree.ts";
import { startHelper } from "./_helper_process.ts";
import { inParallel } from "./_wait.ts";

const WIDTH = 8;
const SECRET = "secret ".repeat(7);
const LARGE_BYTES = 300_000;

/** A name that is swapped, and how it is asked for. */
export interface Swap {
  readonly title: string;
  readonly kind: "file" | "folder";
  readonly name: string;
  readonly target: string;
  /** Where the link leads, below the folder that is not shared. */
  readonly secret: string;
  readonly reads: number;
}

/** Ways to start the server: alone, our code has to hold the folder. */
const MODES = {
  "-A": { permissions: "all", args: [] },
  "-A --no-sandbox": { permissions: "all", args: ["--no-sandbox"] },
  "the least set": { permissions: "least", args: [] },
} as const;

/** Runs each swap in each way and prints what came of it. */
export async function acceptSwaps(swaps: readonly Swap[]): Promise<void> {
  for (const [mode, start] of Object.entries(MODES)) {
    for (const swap of swaps) {
      await acceptance(
        `${swap.title} swapped with a link to a secret outside in a tight loop during ${swap.reads} reads leaks nothing, with ${mode}`,
        () => run(swap, start),
      );
    }
  }
}

async function run(
  swap: Swap,
  start: Pick<StartOptions, "permissions" | "args">,
): Promise<Finding> {
  await using tree = await makeSharedTree();
  await using server = await startServer({
    directory: tree.at("shared"),
    ...start,
    stderr: "null",
  });
  await using swapper = startHelper("_swapper.ts", [
    swap.kind,
    tree.at(`shared/${swap.name}`),
    tree.at(`kept/${swap.name.replaceAll("/", "-")}`),
    tree.at(`outside/${swap.secret}`),
    tree.at("spare"),
  ]);
  const statuses = new Map<string, number>();
  const leaks: string[] = [];
  await inParallel(swap.reads, WIDTH, async (index) => {
    const method = index % 10 === 9 ? "HEAD" : "GET";
    const { status, leak } = await read(server, swap.target, method);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (leak !== undefined) leaks.push(leak);
  });
  const swaps = Number(await swapper.stop());
  const shared = statuses.get(swap.title === "a 404 page" ? "404" : "200") ?? 0;
  return {
    // Reads that never met the file, or hardly a swap, would show nothing.
    holds: leaks.length === 0 && shared > 0 && swaps > swap.reads,
    figure: [
      `${leaks.length} leaks`,
      `${swaps} swaps`,
      [...statuses].map(([status, times]) => `${times} × ${status}`).join(", "),
      ...leaks.slice(0, 3),
    ].join("; "),
  };
}

/** One read; a leak is content, or the length, of the secret. */
async function read(
  server: Server,
  target: string,
  method: string,
): Promise<{ status: string; leak?: string }> {
  try {
    const answer = await rawRequest(server, target, { method });
    const text = new TextDecoder().decode(answer.body);
    const length = answer.headers.get("content-length");
    const isLeak = text.includes("secret") ||
      length === String(SECRET.length) || length === String(LARGE_BYTES + 1);
    const status = String(answer.status);
    return isLeak
      ? { status, leak: `${method} ${length}: ${text.slice(0, 60)}` }
      : { status };
  } catch (error) {
    return { status: String(error) };
  }
}

async function makeSharedTree(): Promise<Tree> {
  const tree = await makeTree({
    "shared/small.txt": "public",
    "shared/large.bin": "p".repeat(LARGE_BYTES),
    "shared/site/index.html": "<p>public",
    "shared/404.html": "<p>nothing here",
    "shared/folder/file.txt": "public",
    "outside/secret.txt": SECRET,
    "outside/large.bin": "secret " + "s".repeat(LARGE_BYTES - 6),
    "outside/folder/file.txt": SECRET,
    "outside/folder/secret-name.txt": "",
    "kept/": null,
  });
  // Kept beside the folder, so that it comes back as the very same file.
  const names = ["small.txt", "large.bin", "site/index.html", "404.html"];
  for (const name of names) {
    const kept = tree.at(`kept/${name.replaceAll("/", "-")}`);
    await Deno.link(tree.at(`shared/${name}`), kept);
  }
  return tree;
}
