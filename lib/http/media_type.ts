/**
 * `Content-Type` of a file (RFC 9110 section 8.3), from its name and its first
 * bytes. Source and configuration text is to be looked at, so it is
 * `text/plain`; everything else is what the registry of media types says.
 *
 * @module
 */

import { registeredType } from "./registered_type.ts";

/** How many bytes of the beginning of a file are looked at. */
export const HEAD_BYTES = 1_024;

// How far a name without a known extension is looked at.
const SNIFF_BYTES = 512;

const OCTET_STREAM = "application/octet-stream";
const PLAIN_TEXT = "text/plain";

/**
 * Extensions of text that the registry gives a type which browsers download or
 * even play (`.ts` is MPEG transport stream there). Each counts as text only
 * while its first bytes look like text.
 */
const SHOWN_AS_TEXT: ReadonlySet<string> = new Set(
  ("asc asm bash bat c cc cfg conf cpp cs crt csh cts cxx dart desktop diff " +
    "dockerfile ex exs f for f90 fish go gradle groovy h hh hpp hs in ini java " +
    "jl json5 jsonc jsonl jsx kdl key kt less list lock log lua m4 mak markdown " +
    "md mdx mk ml mts nix p pas patch pem php pl pm po pot properties " +
    "ps1 pub py r rb rs rst s sass scala scss service sh sql srt styl sub swift " +
    "sv t tcl tex tf texinfo texi toml ts tsx v vb vhd vim vue yaml yml " +
    "zig zsh").split(" "),
);

// Ours where the registry names no script that a browser would run, or an
// obsolete spelling.
const OVERRIDES: ReadonlyMap<string, string> = new Map([
  ["mjs", "text/javascript"],
  ["cjs", "text/javascript"],
  ["br", "application/x-brotli"],
  ["zst", "application/zstd"],
  ["tgz", "application/gzip"],
]);

// RFC 6839 and 9512: what is JSON, XML or YAML underneath says so at its end.
const COMPRESSIBLE_FAMILY = /^text\/|\+(?:json|xml|yaml)$/;

/**
 * Text of other families, and data that no format of its own makes smaller:
 * fonts but WOFF, bitmaps, models, WebAssembly.
 */
const COMPRESSIBLE: ReadonlySet<string> = new Set([
  ..."json javascript xml xml-dtd wasm rtf postscript vnd.apple.mpegurl sql toml"
    .split(" ").map((name) => `application/${name}`),
  ..."x-httpd-php x-latex x-perl x-sh x-tcl x-tex vnd.ms-fontobject"
    .split(" ").map((name) => `application/${name}`),
  ..."collection otf sfnt ttf".split(" ").map((name) => `font/${name}`),
  ..."bmp vnd.microsoft.icon x-icon".split(" ").map((name) => `image/${name}`),
  ..."gltf-binary obj stl".split(" ").map((name) => `model/${name}`),
]);

/**
 * Gives the media type of a file.
 *
 * @param name Name of the file.
 * @param head Its first {@linkcode HEAD_BYTES} bytes, or all of a shorter file.
 * @param options Whether `head` is all of the file.
 * @returns Value of `Content-Type`. Text carries `charset=utf-8` where its
 * first bytes are valid UTF-8 and HTML declares no other; else it has no
 * charset and the browser decides.
 *
 * @example Usage
 * ```ts
 * import { mediaTypeOf } from "./media_type.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const head = new TextEncoder().encode("let a: string;");
 * const whole = { isWhole: true };
 *
 * assertEquals(await mediaTypeOf("a.png", head, whole), "image/png");
 * assertEquals(
 *   await mediaTypeOf("a.ts", head, whole),
 *   "text/plain; charset=utf-8",
 * );
 * assertEquals(
 *   await mediaTypeOf("README", head, whole),
 *   "text/plain; charset=utf-8",
 * );
 * ```
 */
export async function mediaTypeOf(
  name: string,
  head: Uint8Array,
  options: { readonly isWhole: boolean },
): Promise<string> {
  const isUtf8 = isUtf8Text(head, options.isWhole);
  const type = await baseTypeOf(name, head, options);
  if (!type.startsWith("text/") || !isUtf8) return type;
  if (type === "text/html" && declaresOtherCharset(head)) return type;
  return `${type}; charset=utf-8`;
}

async function baseTypeOf(
  name: string,
  head: Uint8Array,
  options: { readonly isWhole: boolean },
): Promise<string> {
  const dot = name.lastIndexOf(".");
  const extension = dot < 1 ? "" : name.slice(dot + 1).toLowerCase();
  const override = OVERRIDES.get(extension);
  if (override !== undefined) return override;
  if (SHOWN_AS_TEXT.has(extension) && looksLikeText(head)) return PLAIN_TEXT;
  const registered = extension === ""
    ? undefined
    : await registeredType(extension);
  if (registered !== undefined) return registered;
  const start = head.subarray(0, SNIFF_BYTES);
  const isWhole = options.isWhole && head.length <= SNIFF_BYTES;
  return looksLikeText(start) && isUtf8Text(start, isWhole)
    ? PLAIN_TEXT
    : OCTET_STREAM;
}

/**
 * Tells whether files of a type are worth compressing: text, and the formats
 * that do not compress what they hold by themselves.
 *
 * @param type Value of `Content-Type`.
 * @returns Whether they become smaller as a rule.
 *
 * @example Usage
 * ```ts
 * import { isCompressible } from "./media_type.ts";
 * import { assert } from "@std/assert";
 *
 * assert(isCompressible("text/html; charset=utf-8"));
 * assert(!isCompressible("image/png"));
 * ```
 */
export function isCompressible(type: string): boolean {
  const [name = ""] = type.split(";", 1);
  return COMPRESSIBLE_FAMILY.test(name) || COMPRESSIBLE.has(name);
}

/** Text has no control characters but those that move a printer's head. */
function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.every((byte) =>
    byte >= 0x20 ? byte !== 0x7f : byte >= 0x08 && byte <= 0x0d || byte === 0x1b
  );
}

function isUtf8Text(bytes: Uint8Array, isWhole: boolean): boolean {
  try {
    // A character that the end of the head cuts in two is no error.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, {
      stream: !isWhole,
    });
    return true;
  } catch {
    // Only invalid UTF-8 makes a fatal decoder throw.
    return false;
  }
}

/** The encoding declaration of HTML has to stand in the first 1,024 bytes. */
function declaresOtherCharset(head: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(head);
  const declared = /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(text)
    ?.[1];
  return declared !== undefined && !/^utf-?8$/i.test(declared);
}
