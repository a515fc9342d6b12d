/**
 * Mirrors the documentation of this machine with the tools that people use
 * for it and compares the copies with the disk. The server runs with
 * `--no-index`, so that folders that hold an `index.html` are listed as well.
 *
 * @module
 */

import { join } from "@std/path";

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { type Server, startServer } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { compareTrees } from "./_compare.ts";
import { type DocTree, docTree } from "./_doc_tree.ts";
import { checkTools, run, runWell } from "./_tools.ts";

/** Name that `wget` gives folder pages: a real `index.html` keeps its own. */
const FOLDER_PAGE = "__folder_page__.html";

await acceptance("the tree has 5,000 files or more", async () => {
  const tree = await docTree();
  const { regular, files, folders, unseen } = tree;
  return {
    holds: true,
    figure: `${regular} files in ${tree.root}; seen through links too: ` +
      `${files.length} files, ${folders.length} folders; ` +
      `${unseen.length} must not be seen (links leading outside, dotfiles)`,
  };
});
await acceptance("wget --mirror --no-parent, then diff -r", served(withWget));
await acceptance("rclone lsf -R", served(withRcloneLsf));
await acceptance("rclone check --download", served(withRcloneCheck));
await acceptance("lftp mirror, then diff -r", served(withLftp));

/** A mirror job: the tree, its server, and a folder of its own. */
interface Job {
  readonly tree: DocTree;
  readonly server: Server;
  /** Where the copy goes. */
  readonly target: string;
  /** Where the client may keep what is its own. */
  readonly home: string;
}

function served(job: (job: Job) => Promise<Finding>) {
  return async (): Promise<Finding> => {
    const tree = await docTree();
    await using scratch = await makeTree({ "mirror/": null, "home/": null });
    await using server = await startServer({
      directory: tree.root,
      args: ["--no-index"],
    });
    const started = Date.now();
    const found = await job({
      tree,
      server,
      target: scratch.at("mirror"),
      home: scratch.at("home"),
    });
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    const failures = server.stderr().match(/" 5\d\d /g)?.length ?? 0;
    return {
      holds: found.holds && failures === 0,
      figure: `${found.figure}; ${failures} answers 5xx; ${seconds} s`,
    };
  };
}

async function withWget({ tree, server, target }: Job): Promise<Finding> {
  checkTools("wget", "diff");
  const { code, stderr } = await run("wget", [
    "--no-config",
    "--mirror",
    "--no-parent",
    "--no-verbose",
    "--no-host-directories",
    "--restrict-file-names=nocontrol",
    `--default-page=${FOLDER_PAGE}`,
    `--directory-prefix=${target}`,
    `${server.origin}/`,
  ]);
  // 8 says that links inside the documents led nowhere; the copy decides.
  if (code !== 0 && code !== 8) return fail(`wget ended with ${code}`, stderr);
  return await compareTrees(tree, target, { folderPage: FOLDER_PAGE });
}

async function withLftp({ tree, server, target, home }: Job): Promise<Finding> {
  checkTools("lftp", "diff");
  const { code, stderr } = await run("lftp", [
    "--norc",
    "-c",
    `open ${server.origin}/ && mirror --parallel=4 / ${target}`,
  ], { env: { HOME: home } });
  if (code !== 0) return fail(`lftp ended with ${code}`, stderr);
  return await compareTrees(tree, target, { folderPage: null });
}

async function withRcloneLsf({ tree, server }: Job): Promise<Finding> {
  checkTools("rclone");
  const listed = (await runWell("rclone", [
    ...rcloneRemote(server),
    "lsf",
    "-R",
    ":http:",
  ])).split("\n").filter((name) => name !== "");
  const expected = new Set(
    [...tree.files, ...tree.folders.map((name) => `${name}/`)],
  );
  const strangers = listed.filter((name) => !expected.has(name));
  const names = new Set(listed);
  const missing = [...expected].filter((name) => !names.has(name));
  return {
    holds: strangers.length === 0 && missing.length === 0 &&
      names.size === listed.length,
    figure: `${listed.length} names listed, ${missing.length} missing` +
      `${sample(missing)}, ${strangers.length} too many${sample(strangers)}`,
  };
}

async function withRcloneCheck(job: Job): Promise<Finding> {
  checkTools("rclone");
  const { tree, server, home } = job;
  const filter = join(home, "unseen");
  await Deno.writeTextFile(filter, tree.unseen.map(asPattern).join(""));
  const { code, stderr } = await run("rclone", [
    ...rcloneRemote(server),
    "check",
    "--download",
    "--copy-links",
    `--exclude-from=${filter}`,
    tree.root,
    ":http:",
  ]);
  const same = Number(/(\d+) matching files/.exec(stderr)?.[1] ?? 0);
  const differences = /(\d+) differences found/.exec(stderr)?.[1] ?? "?";
  return code === 0 && same === tree.files.length
    ? { holds: true, figure: `${same} files the same, 0 differences` }
    : fail(`${same} files the same, ${differences} differences`, stderr);
}

function rcloneRemote({ origin }: Server): string[] {
  return ["--config=", `--http-url=${origin}/`, "--checkers=4"];
}

/** A line of a filter file: the entry, and all below it where it is a folder. */
function asPattern({ path }: { readonly path: string }): string {
  const literal = path.replaceAll(/[\\*?{}[\]]/g, "\\$&");
  return `/${literal}\n/${literal}/**\n`;
}

function fail(what: string, output: string): Finding {
  const last = output.trim().split("\n").slice(-5).join("\n");
  return { holds: false, figure: `${what}: ${last}` };
}

function sample(names: readonly string[]): string {
  return names.length === 0 ? "" : ` (${names.slice(0, 5).join(", ")})`;
}
