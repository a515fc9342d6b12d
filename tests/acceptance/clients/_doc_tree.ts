/**
 * The tree that real clients mirror: the documentation of this machine, with
 * what of it can be seen over HTTP worked out from the disk alone.
 *
 * @module
 */

import { join } from "@std/path";

import { findProgram, run } from "./_tools.ts";

/** Files that the tree must have at least. */
export const LEAST_FILES = 5000;

const ROOT = "/usr/share/doc";
/** Installed one after the other until there are enough files. */
const PACKAGES = ["git-doc", "sqlite3-doc", "libssl-doc", "python3.11-doc"];

/** What can be seen of a folder, links followed; paths relative to it. */
export interface DocTree {
  readonly root: string;
  /** Files, without those that links to folders show a second time. */
  readonly regular: number;
  /** Path of every file that can be seen, through links too. */
  readonly files: readonly string[];
  /** Path of every folder below the root that can be seen. */
  readonly folders: readonly string[];
  /** What must not be seen: dotfiles, links that lead outside, no files. */
  readonly unseen: readonly Unseen[];
}

/** An entry that must not be seen. */
export interface Unseen {
  readonly path: string;
  readonly why: "dotfile" | "leads outside" | "special";
}

/**
 * Makes sure that the tree is large enough and walks it.
 *
 * @throws {Error} If it has too few files and none can be installed.
 */
export async function docTree(): Promise<DocTree> {
  let tree = await walk(ROOT);
  for (const name of PACKAGES) {
    if (tree.regular >= LEAST_FILES) break;
    await install(name);
    tree = await walk(ROOT);
  }
  if (tree.regular < LEAST_FILES) {
    throw new Error(
      `${ROOT} has ${tree.regular} files, ${LEAST_FILES} are needed: install packages that end in -doc`,
    );
  }
  return tree;
}

async function install(name: string): Promise<void> {
  if (Deno.uid() !== 0 || findProgram("apt-get") === null) return;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const args = ["install", "-y", "--no-install-recommends", name];
  if ((await run("apt-get", args, { env })).code === 0) return;
  await run("apt-get", ["update"], { env });
  await run("apt-get", args, { env });
}

async function walk(directory: string): Promise<DocTree> {
  const root = await Deno.realPath(directory);
  const files: string[] = [];
  const folders: string[] = [];
  const unseen: Unseen[] = [];
  let regular = 0;
  const waiting = [{ path: "", real: root, viaLink: false, above: [root] }];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for await (const entry of Deno.readDir(at.real)) {
      const path = join(at.path, entry.name);
      const seen = await look(root, join(at.real, entry.name));
      if (entry.name.startsWith(".")) unseen.push({ path, why: "dotfile" });
      else if ("why" in seen) unseen.push({ path, why: seen.why });
      else if (seen.isFolder) {
        if (at.above.includes(seen.real)) {
          throw new Error(`A link leads back to a folder above it: ${path}`);
        }
        folders.push(path);
        waiting.push({
          path,
          real: seen.real,
          viaLink: at.viaLink || entry.isSymlink,
          above: [...at.above, seen.real],
        });
      } else {
        files.push(path);
        if (!at.viaLink) regular++;
      }
    }
  }
  return { root, regular, files, folders, unseen };
}

async function look(
  root: string,
  path: string,
): Promise<{ real: string; isFolder: boolean } | { why: Unseen["why"] }> {
  let real: string;
  try {
    real = await Deno.realPath(path);
  } catch {
    // A link to nothing: there is nothing to see.
    return { why: "leads outside" };
  }
  if (!real.startsWith(`${root}/`)) return { why: "leads outside" };
  const { isFile, isDirectory } = await Deno.lstat(real);
  if (!isFile && !isDirectory) return { why: "special" };
  return { real, isFolder: isDirectory };
}
