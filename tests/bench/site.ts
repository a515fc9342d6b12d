/**
 * The folder that all servers share in the benchmark.
 *
 * @module
 */

import { join } from "@std/path";
// deno-lint-ignore no-external-import -- a part of the runtime
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";

import { OLD } from "../_support/tree.ts";
import { createRandom, scriptText } from "./script_text.ts";

/** Files of {@linkcode Site} at random. */
export const MANY = 10_000;
/** Entries of the folder whose page is asked for. */
export const ENTRIES = 1000;
/** A size that is a range of the largest file. */
export const MEBIBYTE = 2 ** 20;

const SCRIPT_BYTES = 200 * 1024;

/** A folder that is removed when its block ends. */
export interface Site extends AsyncDisposable {
  readonly path: string;
}

/** Writes the folder; every file of it is old. */
export async function makeSite(): Promise<Site> {
  const path = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "serve_bench_site_" }),
  );
  const random = createRandom(7);
  const write = async (name: string, bytes: Uint8Array) => {
    await Deno.writeFile(join(path, name), bytes);
    await Deno.utime(join(path, name), OLD, OLD);
  };
  for (const [name, bytes] of Object.entries(SIZES)) {
    await write(`${name}.bin`, noise(bytes, random));
  }
  await Deno.mkdir(join(path, "many"));
  for (let i = 0; i < MANY; i++) {
    await write(`many/${manyName(i)}`, noise(4096, random));
  }
  await Deno.mkdir(join(path, "folder"));
  for (const name of entryNames()) {
    await write(`folder/${name}`, noise(Math.floor(random() * 300), random));
  }
  const script = new TextEncoder().encode(scriptText(SCRIPT_BYTES));
  await write("script.js", script);
  await Deno.mkdir(join(path, "sibling"));
  await write("sibling/script.js", script);
  // As a build tool would make them: once, and as small as it goes.
  await write("sibling/script.js.gz", gzipSync(script, { level: 9 }));
  await write("sibling/script.js.br", brotliCompressSync(script));
  await write("sibling/script.js.zst", zstdCompressSync(script));
  return {
    path,
    async [Symbol.asyncDispose]() {
      await Deno.remove(path, { recursive: true });
    },
  };
}

/** Sizes of the files that are named after them. */
export const SIZES: Readonly<Record<string, number>> = {
  "1KB": 1024,
  "10KB": 10 * 1024,
  "100KB": 100 * 1024,
  "1MB": MEBIBYTE,
  "100MB": 100 * MEBIBYTE,
};

/** Name of one of the many files. */
export function manyName(index: number): string {
  return `${String(index).padStart(4, "0")}.txt`;
}

/** Names in the folder whose page is asked for. */
export function entryNames(): string[] {
  return Array.from(
    { length: ENTRIES },
    (_, i) => `entry-${String(i).padStart(4, "0")}.txt`,
  );
}

/** Letters without a pattern, which no server can take for another file's. */
function noise(bytes: number, random: () => number): Uint8Array {
  const block = new Uint8Array(Math.min(bytes, MEBIBYTE));
  for (let i = 0; i < block.length; i++) block[i] = 97 + random() * 26;
  const all = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += block.length) {
    all.set(block.subarray(0, bytes - at), at);
    // Each mebibyte of a large file begins with its number.
    if (bytes > MEBIBYTE) new DataView(all.buffer).setUint32(at, at);
  }
  return all;
}
