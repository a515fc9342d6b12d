import { assertEquals } from "@std/assert";

import {
  HEAD_BYTES,
  isCompressible,
  mediaTypeOf,
} from "../../../lib/http/media_type.ts";

const WHOLE = { isWhole: true };
const PART = { isWhole: false };

const TEXT = "text/plain; charset=utf-8";
const BINARY = "application/octet-stream";

const ASCII = encode("let a: string;\n");
/** Beginning of an MPEG transport stream: packets of 188 bytes. */
const MPEG_TS = Uint8Array.from(
  { length: 376 },
  (_, i) => i % 188 === 0 ? 0x47 : i % 7,
);
const LATIN_1 = new Uint8Array([0x67, 0x72, 0xfc, 0xdf]);
const UTF_16 = new Uint8Array([0xff, 0xfe, 0x61, 0, 0x62, 0]);

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

Deno.test.each<{ name: string; type: string }>([
  // SPEC section 4: source and configuration is shown.
  ...("a.ts a.mts a.cts a.tsx a.jsx a.rs a.sh a.toml a.sql a.yaml a.yml a.ini " +
    "a.lock a.py a.go a.c a.h a.java a.rb a.md a.markdown a.log a.conf a.cfg " +
    "a.env.conf a.vue a.scss a.tex a.diff a.patch a.json5 a.jsonc a.txt")
    .split(" ").map((name) => ({ name, type: TEXT })),
  // The registry's, with a charset where it is text.
  { name: "a.html", type: "text/html; charset=utf-8" },
  { name: "a.htm", type: "text/html; charset=utf-8" },
  { name: "a.css", type: "text/css; charset=utf-8" },
  { name: "a.csv", type: "text/csv; charset=utf-8" },
  // RFC 9239 section 6: text/javascript, of a module too.
  { name: "a.js", type: "text/javascript; charset=utf-8" },
  { name: "a.mjs", type: "text/javascript; charset=utf-8" },
  { name: "a.cjs", type: "text/javascript; charset=utf-8" },
  { name: "a.json", type: "application/json" },
  { name: "a.svg", type: "image/svg+xml" },
  { name: "a.png", type: "image/png" },
  { name: "a.webp", type: "image/webp" },
  { name: "a.avif", type: "image/avif" },
  { name: "a.mp4", type: "video/mp4" },
  { name: "a.woff2", type: "font/woff2" },
  { name: "a.pdf", type: "application/pdf" },
  { name: "a.wasm", type: "application/wasm" },
  { name: "a.webmanifest", type: "application/manifest+json" },
  // SPEC section 9: a file that is compressed is just that.
  { name: "a.tar.gz", type: "application/gzip" },
  { name: "a.tgz", type: "application/gzip" },
  { name: "a.css.br", type: "application/x-brotli" },
  { name: "a.css.zst", type: "application/zstd" },
  // The last extension, whatever its case.
  { name: "A.TS", type: TEXT },
  { name: "A.PnG", type: "image/png" },
  { name: "a.png.ts", type: TEXT },
  { name: "a.ts.png", type: "image/png" },
  // No extension, or none that is known: the bytes decide.
  { name: "README", type: TEXT },
  { name: "png", type: TEXT },
  { name: "a.", type: TEXT },
  { name: "a.png ", type: TEXT },
  { name: "a.unknown", type: TEXT },
  { name: "a.constructor", type: TEXT },
  { name: "a.__proto__", type: TEXT },
  // A dot at the beginning hides and begins no extension.
  { name: ".gitignore", type: TEXT },
  { name: ".png", type: TEXT },
  { name: ".a.png", type: "image/png" },
])("mediaTypeOf() $name with text is $type", async ({ name, type }) => {
  assertEquals(await mediaTypeOf(name, ASCII, WHOLE), type);
});

Deno.test.each<{ name: string; head: Uint8Array; type: string }>([
  // SPEC section 4: text only while the first bytes look like it.
  { name: "a.ts", head: MPEG_TS, type: "video/mp2t" },
  { name: "a.mts", head: MPEG_TS, type: "video/mp2t" },
  { name: "a.key", head: MPEG_TS, type: "application/vnd.apple.keynote" },
  { name: "a.zig", head: MPEG_TS, type: BINARY },
  { name: "README", head: MPEG_TS, type: BINARY },
  { name: ".DS_Store", head: MPEG_TS, type: BINARY },
  { name: "a", head: encode("a\x7fb"), type: BINARY },
  { name: "a", head: encode("a\0b"), type: BINARY },
  // What terminals and printers are told is text.
  { name: "a", head: encode("\t\r\n\f\v\b\x1b[31m"), type: TEXT },
  // A byte order mark.
  { name: "a", head: encode("\ufeffa"), type: TEXT },
  { name: "a.css", head: encode("\ufeffa{}"), type: "text/css; charset=utf-8" },
  // Nothing is text.
  { name: "a", head: encode(""), type: TEXT },
  { name: "a.ts", head: encode(""), type: TEXT },
  { name: "a.png", head: encode(""), type: "image/png" },
  // Not UTF-8: no charset, the browser decides.
  { name: "a.txt", head: LATIN_1, type: "text/plain" },
  { name: "a.py", head: LATIN_1, type: "text/plain" },
  { name: "a.html", head: LATIN_1, type: "text/html" },
  { name: "a.txt", head: UTF_16, type: "text/plain" },
  { name: "a", head: LATIN_1, type: BINARY },
  { name: "a", head: UTF_16, type: BINARY },
  // RFC 3629 section 3: overlong forms and surrogates are no UTF-8.
  { name: "a.txt", head: new Uint8Array([0xc0, 0xae]), type: "text/plain" },
  {
    name: "a.txt",
    head: new Uint8Array([0xed, 0xa0, 0x80]),
    type: "text/plain",
  },
])(
  "mediaTypeOf() $name with other bytes is $type",
  async ({ name, head, type }) => {
    assertEquals(await mediaTypeOf(name, head, WHOLE), type);
  },
);

Deno.test.each<{ html: string; type: string }>([
  { html: "<!doctype html><p>a", type: "text/html; charset=utf-8" },
  { html: '<meta charset="utf-8">', type: "text/html; charset=utf-8" },
  { html: "<META CHARSET=UTF8>", type: "text/html; charset=utf-8" },
  { html: "<meta charset='iso-8859-1'>", type: "text/html" },
  { html: "<meta charset = windows-1252 >", type: "text/html" },
  { html: "<Meta\nCharset=Shift_JIS>", type: "text/html" },
  {
    html:
      '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">',
    type: "text/html",
  },
  {
    html: '<meta content="text/html; charset=utf-8" http-equiv=content-type>',
    type: "text/html; charset=utf-8",
  },
  {
    html: '<meta name="viewport" content="width=device-width">' +
      '<meta charset="big5">',
    type: "text/html",
  },
  // No declaration.
  {
    html: "<p>charset=iso-8859-1</p>",
    type: "text/html; charset=utf-8",
  },
  { html: "<meta charset=>", type: "text/html; charset=utf-8" },
  { html: "<meta charset", type: "text/html; charset=utf-8" },
])("mediaTypeOf() HTML with $html is $type", async ({ html, type }) => {
  assertEquals(await mediaTypeOf("a.html", encode(html), WHOLE), type);
});

Deno.test("mediaTypeOf() asks only HTML for its charset", async () => {
  const head = encode('<meta charset="iso-8859-1">');

  assertEquals(await mediaTypeOf("a.txt", head, WHOLE), TEXT);
});

Deno.test.each([1, 2, 3])(
  "mediaTypeOf() is text when the head ends with %i bytes of a character",
  async (kept) => {
    const filler = encode("a".repeat(HEAD_BYTES - kept));
    const head = new Uint8Array(HEAD_BYTES);
    head.set(filler);
    head.set(encode("\u{1f389}").subarray(0, kept), filler.length);

    // Cut by us where the file goes on, an error where it ends.
    assertEquals(await mediaTypeOf("a.txt", head, PART), TEXT);
    assertEquals(await mediaTypeOf("a.txt", head, WHOLE), "text/plain");
  },
);

Deno.test("mediaTypeOf() sniffs 512 bytes and no more", async () => {
  const head = encode(`${"a".repeat(511)}\u00fc${"b".repeat(100)}`);
  const early = head.with(511, 0);
  const late = head.with(513, 0);

  // The 512th byte is half of a character.
  assertEquals(await mediaTypeOf("a", head, WHOLE), TEXT);
  assertEquals(await mediaTypeOf("a", early, WHOLE), BINARY);
  assertEquals(await mediaTypeOf("a", late, WHOLE), TEXT);
});

Deno.test("mediaTypeOf() has no charset when the head is not UTF-8 behind 512 bytes", async () => {
  const head = encode("a".repeat(1_000)).with(999, 0xff);

  assertEquals(await mediaTypeOf("a", head, WHOLE), "text/plain");
  assertEquals(await mediaTypeOf("a.txt", head, PART), "text/plain");
});

Deno.test.each<{ type: string; isIt: boolean }>([
  { type: "text/html; charset=utf-8", isIt: true },
  { type: "text/plain", isIt: true },
  { type: "text/javascript; charset=utf-8", isIt: true },
  { type: "application/json", isIt: true },
  { type: "application/manifest+json", isIt: true },
  { type: "application/ld+json", isIt: true },
  { type: "application/xml", isIt: true },
  { type: "application/atom+xml", isIt: true },
  { type: "image/svg+xml", isIt: true },
  { type: "application/wasm", isIt: true },
  { type: "font/ttf", isIt: true },
  { type: "font/otf", isIt: true },
  { type: "image/bmp", isIt: true },
  { type: "image/vnd.microsoft.icon", isIt: true },
  // Compressed by themselves, or nobody knows.
  { type: "font/woff", isIt: false },
  { type: "font/woff2", isIt: false },
  { type: "image/png", isIt: false },
  { type: "image/jpeg", isIt: false },
  { type: "image/webp", isIt: false },
  { type: "video/mp4", isIt: false },
  { type: "audio/mpeg", isIt: false },
  { type: "application/zip", isIt: false },
  { type: "application/epub+zip", isIt: false },
  { type: "application/gzip", isIt: false },
  { type: "application/x-brotli", isIt: false },
  { type: "application/zstd", isIt: false },
  { type: "application/pdf", isIt: false },
  { type: "application/octet-stream", isIt: false },
  { type: "application/x-tar", isIt: false },
])("isCompressible() of $type is $isIt", ({ type, isIt }) => {
  assertEquals(isCompressible(type), isIt);
});
