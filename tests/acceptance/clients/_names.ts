/**
 * Every kind of name that a file system takes and a web server stumbles over,
 * as files and as folders, alone and inside each other.
 *
 * @module
 */

import { makeTree, type Tree } from "../../_support/tree.ts";

/** What stands in a tree; paths are relative, joined with `/`. */
export interface Model {
  /** Content of each file that can be read. */
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  /** Folders that can be listed; `""` is the root. */
  readonly folders: Set<string>;
  /** Entries that may be listed or not, but cannot be read. */
  readonly optional: Set<string>;
  /** Folder links that lead back up: listed, but not gone through. */
  readonly circles: Set<string>;
}

/** Names that stand as files and as folders. */
const NAMES: readonly string[] = [
  "two words",
  " leading space",
  "trailing space ",
  " ",
  "'",
  '"',
  "`",
  "it's",
  'say "yes"',
  "\u2018\u2019\u201c\u201d\u00ab\u00bb",
  "%",
  "%2e",
  "%2F",
  "%zz",
  "#",
  "?",
  ";",
  "&",
  "&amp;",
  "+",
  ":",
  "c:d",
  "http:",
  "\\",
  "<script>",
  "<script>alert(1)<",
  '"><img src=x onerror=alert(1)>',
  "line\nfeed",
  "\n",
  "tab\tstop",
  "\x1b[31mred",
  "\u{1f600} \u{1f469}\u200d\u{1f469}\u200d\u{1f467}",
  "caf\u00e9",
  "cafe\u0301",
  "n".repeat(255),
  "\u3042".repeat(85),
  "-rf",
  "trailing dot.",
  "...",
  "\u05e9\u05dc\u05d5\u05dd",
  "\u202egpj.exe",
  "8000",
  "~",
  "a=b,c@d!$(e)*[f]{g}|^",
];
/** Names that stand as folders only: as a file it would be the index. */
const FOLDER_NAMES: readonly string[] = ["index.html"];

/** How many different names the tree is made of. */
export const NAME_COUNT = NAMES.length + FOLDER_NAMES.length;

/** A model with nothing in it but the root. */
export function emptyModel(): Model {
  return {
    files: new Map(),
    folders: new Set([""]),
    optional: new Set(),
    circles: new Set(),
  };
}

/**
 * Makes the tree: `NAME/NAME`, `files/NAME` and `nested/NAME/NAME/leaf`, each
 * name in each place, and says what must be found.
 */
export async function makeNames(model: Model): Promise<Tree> {
  const folderNames = [...NAMES, ...FOLDER_NAMES];
  for (const name of NAMES) addFile(model, `files/${name}`);
  for (const outer of folderNames) {
    for (const name of NAMES) addFile(model, `${outer}/${name}`);
    for (const inner of folderNames) {
      addFile(model, `nested/${outer}/${inner}/leaf`);
    }
  }
  return await makeTree(Object.fromEntries(model.files));
}

/** Adds a file and the folders above it to a model. */
export function addFile(model: Model, path: string, like = path): void {
  // No content is like another, and none is text: a mix-up is always seen.
  const text = new TextEncoder().encode(`${JSON.stringify(like)}\r\n`);
  model.files.set(path, new Uint8Array([...text, 0, 10, 13, 255]));
  addFolder(model, path.slice(0, Math.max(0, path.lastIndexOf("/"))));
}

/** Adds a folder and the folders above it to a model. */
export function addFolder(model: Model, path: string): void {
  for (let at = path; at !== ""; at = parentOf(at)) model.folders.add(at);
}

/** Folder that a path stands in. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Names that each folder of a model must show, folders with a final slash. */
export function childrenOf(model: Model): Map<string, Set<string>> {
  const children = new Map<string, Set<string>>();
  for (const folder of model.folders) children.set(folder, new Set());
  const add = (path: string, slash: string) => {
    if (path === "") return;
    const name = path.slice(path.lastIndexOf("/") + 1);
    children.get(parentOf(path))?.add(name + slash);
  };
  for (const folder of model.folders) add(folder, "/");
  for (const folder of model.circles) add(folder, "/");
  for (const file of model.files.keys()) add(file, "");
  return children;
}
