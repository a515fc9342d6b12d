/**
 * The forms that a file can be sent in, besides as it is: a compressed sibling,
 * its bytes compressed and remembered, or compressed while they are sent.
 *
 * @module
 */

import { type Encoding, encodingGroups } from "../http/encoding.ts";
import { NO_VALIDATORS, type Validators } from "../http/etag.ts";
import type { Body } from "../reply.ts";
import type { Seen } from "../target.ts";
import { loadCompressors } from "./compress.ts";
import { compressSource } from "./compress_source.ts";
import { createWholeCompressor } from "./compress_whole.ts";
import { type BlockUse, fileBody } from "./file_source.ts";
import { closeFile, type OpenFile } from "./open_file.ts";
import { openSibling, SIBLING_SUFFIX, type SiblingPlace } from "./sibling.ts";
import type { ValidatorFinder } from "./validators.ts";

/** A compressed form of a file. */
export interface FileVariant {
  readonly encoding: Encoding;
  readonly validators: Validators;
  /** The whole of it. */
  readonly body: Body;
  /** What it depends on besides the file; `null` where no look can tell. */
  readonly seen: readonly Seen[] | null;
}

/** What forms are made from. */
export interface VariantDeps extends SiblingPlace {
  readonly validatorsOf: ValidatorFinder;
  /** What becomes of the blocks of a large file that were handed over. */
  readonly blocks: BlockUse;
}

/** Which form is asked for. */
export interface WantedVariant {
  /** Path of the file below the root, with links not resolved. */
  readonly path: string;
  /** What the client accepts, as `encodingKey` spells it. */
  readonly key: string;
  /** Validators of the file as it is. */
  readonly validators: Validators;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/**
 * Finds the form of a file that a client is to be given.
 *
 * @returns The form, by which the file is freed; `null` for the file as it is;
 * `"busy"` for that too, but only now.
 */
export type VariantFinder = (
  file: OpenFile,
  wanted: WantedVariant,
) => Promise<FileVariant | null | "busy">;

/**
 * Smaller files are not compressed: with its headers, such an answer fits into
 * one packet of a network as it is.
 */
export const COMPRESSED_BYTES_MIN = 1_024;

/**
 * Larger files are not compressed on the way, which takes the length, the
 * progress and the resuming from a download: that matters more then. They would
 * also hold a processor for minutes. A compressed sibling of any size is sent.
 */
export const COMPRESSED_BYTES_MAX = 134_217_728;

/**
 * So many are compressed while they are sent, with up to 6 MB of memory each;
 * more are sent as they are. All share one processor, which compresses some 100
 * MB a second, and a client that reads nothing keeps its place.
 */
export const STREAMS_MAX = 8;

/**
 * Makes a finder.
 *
 * @param deps What forms are made from.
 * @returns The finder, with a memory of what it compressed.
 *
 * @example Usage
 * ```ts ignore
 * import { createVariantFinder } from "./variant.ts";
 *
 * const findVariant = createVariantFinder(deps);
 * const variant = await findVariant(file, { path, key, validators, time });
 * ```
 */
export function createVariantFinder(deps: VariantDeps): VariantFinder {
  const { root, blocks } = deps;
  const compressWhole = createWholeCompressor(loadCompressors);
  let streams = 0;

  async function findSibling(
    file: OpenFile,
    encoding: Encoding,
    { path, time }: WantedVariant,
  ): Promise<FileVariant | null> {
    // Of a single shared file, nothing else is shared.
    if (root.kind === "file") return null;
    const sibling = await openSibling(deps, file, { path, encoding });
    if (sibling === undefined) return null;
    try {
      const validators = await deps.validatorsOf(sibling, time);
      const whole = { start: 0, length: sibling.facts.size };
      return {
        encoding,
        validators: withSuffix(validators, SIBLING_SUFFIX[encoding]),
        body: fileBody(sibling, [whole], { blocks }),
        seen: sibling.seen === null ? null : [sibling.seen],
      };
    } catch (error) {
      closeFile(sibling);
      throw error;
    }
  }

  async function compress(
    file: OpenFile,
    encoding: Encoding,
    wanted: WantedVariant,
  ): Promise<FileVariant | null | "busy"> {
    const { content, seen } = file;
    const validators = withSuffix(wanted.validators, `-${encoding}`);
    if (content.kind === "handle") {
      const body = await toStream(file, encoding);
      return body === null ? null : { encoding, validators, body, seen: null };
    }
    const bytes = await compressWhole({ bytes: content.bytes, seen }, encoding);
    return bytes === null || bytes === "busy"
      ? bytes
      : { encoding, validators, body: { kind: "bytes", bytes }, seen: [] };
  }

  async function toStream(
    file: OpenFile,
    encoding: Encoding,
  ): Promise<Body | null> {
    const { size } = file.facts;
    const { create } = await loadCompressors();
    if (streams >= STREAMS_MAX) return null;
    const plain = fileBody(file, [{ start: 0, length: size }], { blocks });
    if (plain.kind !== "source") return null;
    streams++;
    const source = compressSource(plain.source, {
      create: () => create(encoding, size),
      onClose: () => void streams--,
      blocks,
    });
    return { kind: "source", source, length: null };
  }

  return async (file, wanted) => {
    const { size } = file.facts;
    if (size === 0) return null;
    const isWorth = size >= COMPRESSED_BYTES_MIN &&
      size <= COMPRESSED_BYTES_MAX;
    for (const group of encodingGroups(wanted.key)) {
      for (const encoding of group) {
        const sibling = await findSibling(file, encoding, wanted);
        if (sibling === null) continue;
        closeFile(file);
        return sibling;
      }
      if (!isWorth) continue;
      const { available } = await loadCompressors();
      const encoding = group.find((name) => available.includes(name));
      if (encoding !== undefined) return await compress(file, encoding, wanted);
    }
    return null;
  };
}

/** RFC 9110 section 8.8.3.3: each form has an entity tag of its own. */
function withSuffix({ etag, lastModified }: Validators, suffix: string) {
  return etag === null
    ? NO_VALIDATORS
    : { etag: `${etag.slice(0, -1)}${suffix}"`, lastModified };
}
