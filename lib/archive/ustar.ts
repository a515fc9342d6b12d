/**
 * The header of a tar entry (POSIX.1-2024 `pax`, "ustar Interchange Format"):
 * one block of text fields.
 *
 * @module
 */

/** Everything in a tar is a multiple of this. */
export const BLOCK_BYTES = 512;

/** What eleven octal digits can say: 8 GiB less one byte, or the year 2242. */
export const OCTAL_MAX = 0o77_777_777_777;

/** A file, a folder, or the extended header of the entry behind it. */
export type UstarType = "0" | "5" | "x";

/** What the header says. */
export interface UstarFields {
  /** Path; where it does not fit, the first bytes of it are written. */
  readonly name: string;
  /** What the header is of. */
  readonly type: UstarType;
  /** From 0 to {@linkcode OCTAL_MAX}. */
  readonly size: number;
  /** Seconds since 1970, from 0 to {@linkcode OCTAL_MAX}. */
  readonly seconds: number;
}

/** A path in the two fields that there are for it. */
export interface UstarPath {
  /** What stands before the slash between them; may be empty. */
  readonly prefix: string;
  /** The rest. */
  readonly name: string;
}

const NAME_BYTES = 100;
const PREFIX_BYTES = 155;

/** Positions of the fields. */
const AT = {
  mode: 100,
  owner: 108,
  group: 116,
  size: 124,
  seconds: 136,
  checksum: 148,
  type: 156,
  magic: 257,
  deviceMajor: 329,
  deviceMinor: 337,
  prefix: 345,
} as const;

const encoder = new TextEncoder();

/**
 * Writes a header: owned by number 0, readable by all.
 *
 * @param fields What it says.
 * @returns One block.
 *
 * @example Usage
 * ```ts
 * import { ustarHeader } from "./ustar.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const fields = { name: "a.txt", type: "0", size: 5, seconds: 0 } as const;
 * const text = new TextDecoder().decode(ustarHeader(fields));
 *
 * assertEquals(text.slice(0, 6), "a.txt\0");
 * assertEquals(text.slice(124, 136), "00000000005\0");
 * assertEquals(text.slice(257, 265), "ustar\x0000");
 * ```
 */
export function ustarHeader(fields: UstarFields): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(BLOCK_BYTES);
  const put = (text: string, at: number) =>
    void encoder.encodeInto(text, block.subarray(at));
  const path = splitPath(fields.name);

  // Of a path that does not fit: what fits of it, in whole characters.
  const name = block.subarray(0, NAME_BYTES);
  encoder.encodeInto(path === null ? fields.name : path.name, name);
  put(octal(fields.type === "5" ? 0o755 : 0o644, 7), AT.mode);
  put(octal(0, 7), AT.owner);
  put(octal(0, 7), AT.group);
  put(octal(fields.size, 11), AT.size);
  put(octal(fields.seconds, 11), AT.seconds);
  put(fields.type, AT.type);
  put("ustar\x0000", AT.magic);
  put(octal(0, 7), AT.deviceMajor);
  put(octal(0, 7), AT.deviceMinor);
  put(path?.prefix ?? "", AT.prefix);
  put(`${octal(checksumOf(block), 6)}\0 `, AT.checksum);
  return block;
}

/**
 * Divides a path between the two fields that there are for it.
 *
 * @param path The path.
 * @returns The fields, or `null` where it does not fit or is not ASCII.
 *
 * @example Usage
 * ```ts
 * import { splitPath } from "./ustar.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const name = "n".repeat(90);
 *
 * assertEquals(splitPath(name), { prefix: "", name });
 * assertEquals(splitPath(`some/folder/${name}`), {
 *   prefix: "some",
 *   name: `folder/${name}`,
 * });
 * assertEquals(splitPath("é"), null);
 * ```
 */
export function splitPath(path: string): UstarPath | null {
  if (path.length > PREFIX_BYTES + 1 + NAME_BYTES) return null;
  for (let at = 0; at < path.length; at++) {
    if (path.charCodeAt(at) >= 0x80) return null;
  }
  if (path.length <= NAME_BYTES) return { prefix: "", name: path };
  const slash = path.indexOf("/", path.length - NAME_BYTES - 1);
  // Not the slash at the end of a folder: nothing would be left as its name.
  const isPlace = slash > 0 && slash <= PREFIX_BYTES &&
    slash < path.length - 1;
  if (!isPlace) return null;
  return { prefix: path.slice(0, slash), name: path.slice(slash + 1) };
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}

/** The sum of all bytes, with spaces where the sum itself goes. */
function checksumOf(block: Uint8Array<ArrayBuffer>): number {
  let sum = 8 * " ".charCodeAt(0);
  for (let at = 0; at < block.length; at++) sum += block[at] ?? 0;
  return sum;
}
