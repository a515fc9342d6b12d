/**
 * Files of a tree, resolved and opened as a request would.
 *
 * @module
 */

import { type Opened, openFile } from "../../../lib/disk/open_file.ts";
import type { OpenFile } from "../../../lib/disk/open_file.ts";
import { resolveTarget } from "../../../lib/disk/resolve.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import { DEFAULTS } from "../../../lib/options.ts";
import type { Target } from "../../../lib/target.ts";
import type { Tree } from "../../_support/tree.ts";

/** Resolves a file of a tree; what happens to it later is up to the test. */
export async function resolveFile(
  tree: Tree,
  path: string,
): Promise<Extract<Target, { kind: "file" }>> {
  const root = await openRoot(tree.path);
  const wanted = {
    segments: path.split("/"),
    isFolder: false,
    wantsListing: false,
  };
  const target = await resolveTarget(root, wanted, DEFAULTS);
  if (target.kind !== "file") throw new Error(`${path} is ${target.kind}`);
  return target;
}

/** Opens a file of a tree. */
export async function open(tree: Tree, path: string): Promise<OpenFile> {
  return fileOf(await openFile(await resolveFile(tree, path)));
}

/** The file that was opened. */
export function fileOf(opened: Opened): OpenFile {
  if (opened.kind !== "open") throw new Error(`The file is ${opened.kind}`);
  return opened.file;
}

/** Bytes that differ from place to place and from seed to seed. */
export function bytesOf(length: number, seed = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + (i >> 8) + seed) % 251;
  return bytes;
}
