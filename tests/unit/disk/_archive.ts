/**
 * The archive of a tree, read by hand.
 *
 * @module
 */

import { crc32 } from "../../../lib/archive/crc32.ts";
import type { ArchiveLayout } from "../../../lib/archive/layout.ts";
import { tarLayout } from "../../../lib/archive/tar_layout.ts";
import { zipLayout } from "../../../lib/archive/zip_layout.ts";
import { archiveSource } from "../../../lib/disk/archive_source.ts";
import type { ArchiveSourceOptions } from "../../../lib/disk/archive_source.ts";
import {
  type Checksums,
  createChecksums,
} from "../../../lib/disk/checksums.ts";
import type { EntryTable } from "../../../lib/disk/entry_table.ts";
import type { ByteSource } from "../../../lib/reply.ts";
import { noPause } from "../../_support/archive.ts";
import { concat } from "../../_support/raw.ts";
import type { Tree } from "../../_support/tree.ts";
import { placeOf, walkAll } from "./_walk.ts";

/** A time at which everything in a tree is old. */
export const LATER = (): number => Date.now() + 60_000;

/** An archive of a tree. */
export interface TestArchive {
  readonly entries: EntryTable;
  readonly layout: ArchiveLayout;
  readonly checksums: Checksums;
  /** Makes the source of a part. */
  open(options?: Partial<ArchiveSourceOptions>): ByteSource;
}

/** Makes an archive of all that is in a tree. */
export async function archiveOf(
  tree: Tree,
  format: "zip" | "tar" = "zip",
): Promise<TestArchive> {
  const entries = await walkAll(tree.path);
  const place = await placeOf(tree.path);
  const isZip = format === "zip";
  const layout = await (isZip ? zipLayout : tarLayout)(entries, noPause);
  const checksums = createChecksums(1_024);
  return {
    entries,
    layout,
    checksums,
    open: (options = {}) =>
      archiveSource({
        ...place,
        entries,
        layout,
        checksums,
        crc32: isZip ? crc32 : null,
        now: LATER,
        onProgress: () => {},
        start: 0,
        end: layout.length,
        blocks: "kept",
        onClose: () => {},
        ...options,
      }),
  };
}

/** Reads a source to its end. */
export async function readAll(
  source: ByteSource,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const chunk = await source.next();
    if (chunk === null) break;
    chunks.push(chunk);
  }
  source.close();
  return new Uint8Array(concat(chunks));
}
