/**
 * Compares a mirrored copy with the disk: what `diff -r` reports, without what
 * the server must not show and the folder pages that a client has kept.
 *
 * @module
 */

import type { Finding } from "../../_support/acceptance.ts";
import type { DocTree } from "./_doc_tree.ts";
import { run } from "./_tools.ts";

/** What a client adds by itself. */
export interface CompareOptions {
  /** Name under which it keeps folder pages, `null` where it keeps none. */
  readonly folderPage: string | null;
}

/** Compares every file of the tree with the copy, and nothing may be left. */
export async function compareTrees(
  tree: DocTree,
  copy: string,
  options: CompareOptions,
): Promise<Finding> {
  const { folderPage } = options;
  const { code, stdout, stderr } = await run("diff", [
    "-r",
    "-q",
    ...folderPage === null ? [] : [`--exclude=${folderPage}`],
    tree.root,
    copy,
  ]);
  if (code > 1) return { holds: false, figure: `diff failed: ${stderr}` };
  const allowed = new Set(tree.unseen.map(({ path }) => onlyIn(tree, path)));
  const reported = stdout.split("\n").filter((line) => line !== "");
  const differences = reported.filter((line) => !allowed.has(line));
  const apart = reported.length - differences.length;
  const copied = await countFiles(copy, folderPage);
  return {
    holds: differences.length === 0 && copied === tree.files.length &&
      apart === tree.unseen.length,
    figure: `${copied} files copied, ${differences.length} differences` +
      (differences.length === 0 ? "" : ` (${differences.slice(0, 8)})`) +
      ` apart from ${apart} that must not be seen`,
  };
}

function onlyIn({ root }: DocTree, path: string): string {
  const slash = path.lastIndexOf("/");
  const folder = slash < 0 ? root : `${root}/${path.slice(0, slash)}`;
  return `Only in ${folder}: ${path.slice(slash + 1)}`;
}

async function countFiles(
  folder: string,
  without: string | null,
): Promise<number> {
  let count = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) count += await countFiles(`${folder}/${name}`, without);
    else if (name !== without) count++;
  }
  return count;
}
