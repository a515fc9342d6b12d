/**
 * The generated path table: spelling × depth × kind × form. The folder is
 * described once; the files on the disk and what the oracle knows of them are
 * both made from that description.
 *
 * @module
 */

import { type Entries, link } from "../_support/tree.ts";
import { MARKER } from "./fixture.ts";
import { answerTo, type Node } from "./path_oracle.ts";
import { SPELLINGS } from "./path_spellings.ts";
import type { Row, Table } from "./row.ts";

/** The folders in which every kind of entry stands. */
const DEPTHS: readonly (readonly string[])[] = [
  [],
  ["one"],
  ["one", "two"],
  ["one", "two", "three"],
];

/** Name of the shared folder: the secret folder's name begins with it. */
export const ROOT_NAME = "root";
const SECRET = `${MARKER}\n`;
const BOOK = "a book in the shelf\n";

/** What is on the disk: the shared folder and its neighbours. */
export function treeEntries(): Entries {
  const entries: Entries = {
    "secret.txt": SECRET,
    [`${ROOT_NAME}.txt`]: SECRET,
    "outside/secret.txt": SECRET,
    "outside/index.html": SECRET,
    [`${ROOT_NAME}-secret/secret.txt`]: SECRET,
    [`${ROOT_NAME}-secret/index.html`]: SECRET,
    [`${ROOT_NAME}/shelf/book.txt`]: BOOK,
  };
  for (const depth of DEPTHS) {
    const at = [ROOT_NAME, ...depth].join("/");
    const up = "../".repeat(depth.length);
    entries[`${at}/file.txt`] = textAt(depth, "file");
    entries[`${at}/folder/leaf.txt`] = textAt(depth, "leaf");
    entries[`${at}/.dot.txt`] = SECRET;
    entries[`${at}/.dots/leaf.txt`] = SECRET;
    entries[`${at}/in.txt`] = link("file.txt");
    entries[`${at}/in-folder`] = link(`${up}shelf`);
    entries[`${at}/out.txt`] = link(`${up}../secret.txt`);
    entries[`${at}/out-folder`] = link(`${up}../outside`);
    entries[`${at}/out-sibling`] = link(`${up}../${ROOT_NAME}-secret`);
  }
  return entries;
}

/** The same folder, as the oracle knows it. */
function rootNode(): Node {
  const shelf = folder({ "book.txt": file(BOOK) });
  const at = (depth: number): Node => {
    const names = DEPTHS[depth] ?? [];
    const entries: Record<string, Node> = {
      "file.txt": file(textAt(names, "file")),
      "folder": folder({ "leaf.txt": file(textAt(names, "leaf")) }),
      "in.txt": { kind: "link", to: file(textAt(names, "file")) },
      "in-folder": { kind: "link", to: shelf },
      "out.txt": { kind: "link", to: "outside" },
      "out-folder": { kind: "link", to: "outside" },
      "out-sibling": { kind: "link", to: "outside" },
    };
    const below = DEPTHS[depth + 1]?.at(-1);
    if (below !== undefined) entries[below] = at(depth + 1);
    if (depth === 0) entries["shelf"] = shelf;
    return folder(entries);
  };
  return at(0);
}

/** What is asked for, from a folder at some depth. */
const KINDS: Readonly<
  Record<string, (depth: readonly string[]) => readonly string[]>
> = {
  "inside": (depth) => [...depth, "file.txt"],
  "inside, in a folder": (depth) => [...depth, "folder", "leaf.txt"],
  "folder": (depth) => [...depth, "folder"],
  "folder with its slash": (depth) => [...depth, "folder", ""],
  "file with a slash": (depth) => [...depth, "file.txt", ""],
  "file as a folder": (depth) => [...depth, "file.txt", "leaf.txt"],
  "missing": (depth) => [...depth, "missing.txt"],
  "dotfile": (depth) => [...depth, ".dot.txt"],
  "in a dot folder": (depth) => [...depth, ".dots", "leaf.txt"],
  "link in": (depth) => [...depth, "in.txt"],
  "link in, a folder": (depth) => [...depth, "in-folder"],
  "below a link in": (depth) => [...depth, "in-folder", "book.txt"],
  "link out": (depth) => [...depth, "out.txt"],
  "link out, a folder": (depth) => [...depth, "out-folder", ""],
  "below a link out": (depth) => [...depth, "out-folder", "secret.txt"],
  "link to the sibling": (depth) => [...depth, "out-sibling", "secret.txt"],
  "outside": (depth) => [...depth, ...climb(depth), "secret.txt"],
  "outside, a folder": (depth) => [...depth, ...climb(depth), "outside", ""],
  "sibling": (depth) => [
    ...depth,
    ...climb(depth),
    `${ROOT_NAME}-secret`,
    "secret.txt",
  ],
  "sibling file": (depth) => [...depth, ...climb(depth), `${ROOT_NAME}.txt`],
  "out and in again": (depth) => [
    ...depth,
    ...climb(depth),
    ROOT_NAME,
    "file.txt",
  ],
};

/** The forms of a target (RFC 9112 section 3.2). */
const FORMS: Readonly<Record<string, (path: string) => string>> = {
  "origin": (path) => path,
  "absolute": (path) => `http://{address}${path}`,
  "double slash": (path) => `/${path}`,
  "double slash to another host": (path) => `//example.net/..${path}`,
  "query": (path) => `${path}?a=/../../secret.txt&b=%2e%2e%2f`,
  "fragment": (path) => `${path}#/../../secret.txt`,
  "query and fragment": (path) => `${path}?a=b#c?d`,
  "absolute with a query": (path) => `http://{address}${path}?a=b`,
};

/** The generated path table. */
export const PATH_MATRIX: Extract<Table, { kind: "exchange" }> = {
  kind: "exchange",
  name: "paths: matrix",
  isMatrix: true,
  rows: listRows(),
};

/** The rows whose target is written in origin form and without a query. */
export const ORIGIN_PATHS: Extract<Table, { kind: "exchange" }> = {
  ...PATH_MATRIX,
  name: "paths: matrix, origin form",
  rows: PATH_MATRIX.rows.filter(({ id }) => id.endsWith("; origin")),
};

function listRows(): Row[] {
  const root = rootNode();
  const rows: Row[] = [];
  for (const [spelling, spell] of Object.entries(SPELLINGS)) {
    for (const depth of DEPTHS) {
      for (const [kind, namesOf] of Object.entries(KINDS)) {
        const path = spell(namesOf(depth));
        for (const [form, toTarget] of Object.entries(FORMS)) {
          rows.push(
            toRow(
              `${spelling}; ${kind}; depth ${depth.length}; ${form}`,
              toTarget(path),
              root,
            ),
          );
        }
      }
    }
  }
  return rows;
}

function toRow(id: string, target: string, root: Node): Row {
  const { status, locations, text } = answerTo(target, root);
  return {
    id,
    clause: target,
    target,
    contract: true,
    expect: [{
      status,
      ...(status === 301 ? { location: locations } : {}),
      ...(text === null ? {} : { body: { kind: "text", text } }),
    }],
  };
}

function textAt(depth: readonly string[], name: string): string {
  return `${name} in /${depth.join("/")}\n`;
}

function file(text: string): Node {
  return { kind: "file", text };
}

function folder(entries: Readonly<Record<string, Node>>): Node {
  return { kind: "folder", entries: new Map(Object.entries(entries)) };
}

function climb(depth: readonly string[]): string[] {
  return [...depth.map(() => ".."), ".."];
}
