/**
 * The folder that the rows of the wire tables are about. Every file is made
 * here, byte for byte, so that any server can be pointed at it.
 *
 * @module
 */

import { dirname, join } from "@std/path";

/** Stands in every file outside the shared folder: an answer with it leaks. */
export const MARKER = "OUTSIDE-THE-FOLDER-7f3a9c";

/** A whole, old modification time. */
export const OLD = new Date("2024-05-06T07:08:09Z");

/** Bytes whose value tells their place: no two neighbourhoods are alike. */
export function pattern(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = 1;
  for (let i = 0; i < size; i++) {
    state = (state * 48_271) % 2_147_483_647;
    bytes[i] = state >>> 7;
  }
  return bytes;
}

/** The same as text: numbered lines of ten bytes. */
export function textPattern(size: number): string {
  let text = "";
  for (let i = 0; text.length < size; i++) {
    text += `${String(i).padStart(9, "0")}\n`;
  }
  return text.slice(0, size);
}

const HTML = "<!doctype html><title>page</title><p>page\n";

/** Content of every file inside the folder, by its path. */
export const FILES: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> =
  {
    "hello.txt": "hello, world\n",
    "page.html": HTML,
    "note.txt": "A note of a hundred bytes, for conditions.\n".padEnd(100, "."),
    "empty.txt": "",
    "one.bin": new Uint8Array([7]),
    "pattern.bin": pattern(10_000),
    "pattern.txt": textPattern(10_000),
    "large.bin": pattern(3_000_000),
    "script.ts": "export const answer = 42;\n",
    "words.qqq": "plain words under an unknown ending\n",
    "bytes.qqq": new Uint8Array([0, 1, 2, 255, 254, 0, 128]),
    "README": "no ending at all\n",
    "sub/inner.txt": "inner\n",
    "sub/deep/er/file.txt": "deeper\n",
    "docs/index.html": "<!doctype html><title>docs</title>docs index\n",
    "docs/other.html": "<!doctype html><title>other</title>other\n",
    "old/index.htm": "<!doctype html><title>old</title>old index\n",
    "folder with space/file.txt": "in a folder with a space\n",
    "with space.txt": "space\n",
    "100%.txt": "percent\n",
    "a%20b.txt": "an escape as a name\n",
    "a%2fb.txt": "an escaped slash as a name\n",
    "plus+sign.txt": "plus\n",
    "semi;colon.txt": "semicolon\n",
    "hash#tag.txt": "hash\n",
    "ask?why.txt": "question\n",
    'quote"double.txt': "double quote\n",
    "it's.txt": "apostrophe\n",
    "and&equals=.txt": "ampersand\n",
    "at@colon:.txt": "at and colon\n",
    "(round)[square].txt": "brackets\n",
    "<b>.txt": "angle brackets\n",
    "back\\slash.txt": "backslash\n",
    "new\nline.txt": "newline\n",
    "escape\u001b.txt": "ESC\n",
    "\u00fcn\u00efcode.txt": "NFC\n",
    "cafe\u0301.txt": "NFD\n",
    "\u{1f995}.txt": "emoji\n",
    "-dash.txt": "dash\n",
    "trailing.": "trailing dot\n",
    "trailing ": "trailing space\n",
    "~tilde!$*,.txt": "other marks\n",
    "8000": "a number\n",
    ["l".repeat(251) + ".txt"]: "255 bytes\n",
    ".hidden": "hidden\n",
    ".folder/file.txt": "in a hidden folder\n",
    "sub/.hidden": "hidden below\n",
    ".well-known/thing.txt": "well known\n",
    "epoch.txt": "modified at the epoch\n",
    "second.txt": "modified a second after the epoch\n",
    "npm.txt": "modified when npm says\n",
    "epoch.bin": pattern(1_100_000),
    "future.txt": "modified in the future\n",
  };

const TIMES: Readonly<Record<string, Date>> = {
  "epoch.txt": new Date(0),
  "epoch.bin": new Date(0),
  "second.txt": new Date(1000),
  "npm.txt": new Date("1985-10-26T08:15:00Z"),
  "future.txt": new Date("2100-01-01T00:00:00Z"),
};

/** Links inside the folder, and where they lead. */
export const LINKS: Readonly<Record<string, string>> = {
  "link-in.txt": "hello.txt",
  "link-to-folder": "sub",
  "link-to-hidden": ".hidden",
  "link-loop": "link-loop",
  "link-nowhere": "missing-target",
  "link-out.txt": "../secret.txt",
  "link-out-folder": "../site-private",
  "sub/link-up.txt": "../hello.txt",
};

/** Files beside the folder: nobody may get them. */
const OUTSIDE: readonly string[] = [
  "secret.txt",
  "site-private/secret.txt",
  "site-private/index.html",
];

/** Size of a fixture file in bytes. */
export function sizeOf(file: string): number {
  return contentOf(file).length;
}

const encoded = new Map<string, Uint8Array<ArrayBuffer>>();

/** Content of a fixture file. */
export function contentOf(file: string): Uint8Array<ArrayBuffer> {
  let bytes = encoded.get(file);
  if (bytes === undefined) {
    const content = FILES[file];
    if (content === undefined) throw new RangeError(`No file "${file}"`);
    bytes = typeof content === "string"
      ? new TextEncoder().encode(content)
      : content;
    encoded.set(file, bytes);
  }
  return bytes;
}

/**
 * Writes the fixture.
 *
 * @param parent Folder to write to; it may hold an earlier fixture.
 * @returns The folder to serve, `site` in `parent`.
 */
export async function writeFixture(parent: string): Promise<string> {
  const site = join(parent, "site");
  for (const name of Object.keys(FILES)) {
    const path = join(site, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, contentOf(name));
    const time = TIMES[name] ?? OLD;
    await Deno.utime(path, time, time);
  }
  await Deno.mkdir(join(site, "hollow"), { recursive: true });
  for (const name of OUTSIDE) {
    const path = join(parent, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, `${MARKER}\n`);
    await Deno.utime(path, OLD, OLD);
  }
  for (const [name, target] of Object.entries(LINKS)) {
    const path = join(site, name);
    await Deno.remove(path).catch(ignoreMissing);
    await Deno.symlink(target, path);
  }
  return site;
}

/** A fixture in a temporary folder that is removed when its block ends. */
export async function makeFixture(): Promise<
  { readonly parent: string; readonly site: string } & AsyncDisposable
> {
  const parent = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "serve_fixture_" }),
  );
  return {
    parent,
    site: await writeFixture(parent),
    async [Symbol.asyncDispose]() {
      await Deno.remove(parent, { recursive: true });
    },
  };
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
