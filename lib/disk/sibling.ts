/**
 * Files that were compressed beforehand and lie beside the one that is asked
 * for: `app.js.br` beside `app.js`.
 *
 * @module
 */

import type { Encoding } from "../http/encoding.ts";
import type { FileRules } from "../options.ts";
import { findFile } from "./find_file.ts";
import { closeFile, type OpenFile, type openFile } from "./open_file.ts";
import { findVisible } from "./resolve.ts";
import type { Root } from "./root.ts";

/** Where siblings are looked for. */
export interface SiblingPlace {
  readonly root: Root;
  readonly rules: Pick<FileRules, "followSymlinks">;
  readonly openFile: typeof openFile;
}

/** What the name of a sibling ends with. */
export const SIBLING_SUFFIX: Readonly<Record<Encoding, string>> = {
  zstd: ".zst",
  br: ".br",
  gzip: ".gz",
};

/** What such a file begins with; Brotli has no mark. */
const FIRST_BYTES: Readonly<Record<Encoding, readonly number[]>> = {
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
  br: [],
  gzip: [0x1f, 0x8b, 0x08],
};

/**
 * Opens the compressed sibling of a file.
 *
 * @param place Where it may lie.
 * @param file File that it is the compressed form of.
 * @param about Path of that file below the root, with links not resolved, and
 * the coding.
 * @returns The open sibling, which the caller frees; `undefined` where there is
 * none, where it is older than the file, or where it cannot be what its name
 * says.
 *
 * @example Usage
 * ```ts ignore
 * import { openSibling } from "./sibling.ts";
 *
 * const sibling = await openSibling(place, file, { path, encoding: "br" });
 * ```
 */
export async function openSibling(
  place: SiblingPlace,
  file: OpenFile,
  about: { readonly path: string; readonly encoding: Encoding },
): Promise<OpenFile | undefined> {
  const { root, rules } = place;
  const path = about.path + SIBLING_SUFFIX[about.encoding];
  const found = await findFile({
    async resolve() {
      // SECURITY: a sibling is judged like any other file: by where it ends.
      const target = await findVisible(root, path, rules);
      if (target.kind === "directory") {
        return { kind: "not-found", reason: "not-regular" };
      }
      return target.kind === "file"
        ? { ...target, kind: "file", asked: path, name: file.name }
        : target;
    },
    open: place.openFile,
  });
  if (found.kind !== "open") return undefined;
  const sibling = found.file;
  if (isUsable(sibling, file, about.encoding)) return sibling;
  closeFile(sibling);
  return undefined;
}

function isUsable(
  sibling: OpenFile,
  file: OpenFile,
  encoding: Encoding,
): boolean {
  const { modified } = sibling.facts;
  // Unknown times tell nothing: it may be of an older version of the file.
  if (modified === null || file.facts.modified === null) return false;
  return sibling.facts.size > 0 && modified >= file.facts.modified &&
    FIRST_BYTES[encoding].every((byte, i) => sibling.head[i] === byte);
}
