/**
 * A large tree of which no two files are alike: 5 GB in 70,000 files, with
 * names of several languages, times of their own and empty folders.
 *
 * @module
 */

import { join } from "@std/path";

/** How large the tree is. */
export interface TreeSize {
  readonly folders: number;
  readonly filesPerFolder: number;
  /** Bytes of the one large file of each folder. */
  readonly largeBytes: number;
  /** Bytes of the others: each has another size up to this. */
  readonly smallBytesMax: number;
}

/** What the tree came to. */
export interface MadeTree {
  readonly files: number;
  readonly bytes: number;
}

/** 70,000 files and a little more than 5 GB. */
export const LARGE_TREE: TreeSize = {
  folders: 700,
  filesPerFolder: 100,
  largeBytes: 4_000_000,
  smallBytesMax: 66_000,
};

// Random bytes that each file takes a piece of, from a place of its own.
const POOL_BYTES = 8_388_608;
const FIRST_TIME = Date.UTC(2020, 0, 1);
const AT_ONCE = 8;

/**
 * Makes the tree.
 *
 * @param path Folder that it is made in.
 * @param size How large.
 */
export async function makeLargeTree(
  path: string,
  size: TreeSize,
): Promise<MadeTree> {
  const pool = new Uint8Array(POOL_BYTES);
  for (let at = 0; at < POOL_BYTES; at += 65_536) {
    crypto.getRandomValues(pool.subarray(at, at + 65_536));
  }
  let bytes = 0;
  for (let folder = 0; folder < size.folders; folder++) {
    const parent = `part ${folder % 10}`;
    const at = join(path, parent, `folder ${folder} größe`);
    await Deno.mkdir(at, { recursive: true });
    if (folder % 14 === 0) {
      const empty = join(at, "empty – 空");
      await Deno.mkdir(empty);
      await setTime(empty, folder);
    }
    for (let file = 0; file < size.filesPerFolder; file += AT_ONCE) {
      const numbers = Array.from(
        { length: Math.min(AT_ONCE, size.filesPerFolder - file) },
        (_, i) => file + i,
      );
      const written = await Promise.all(numbers.map((number) => {
        const id = folder * size.filesPerFolder + number;
        const length = lengthOf(id, number, size);
        return writeOne(join(at, nameOf(number)), { id, length, pool });
      }));
      bytes += written.reduce((sum, length) => sum + length, 0);
    }
    await setTime(at, folder);
  }
  for (let part = 0; part < Math.min(10, size.folders); part++) {
    await setTime(join(path, `part ${part}`), part);
  }
  return { files: size.folders * size.filesPerFolder, bytes };
}

function nameOf(number: number): string {
  return number % 7 === 0 ? `файл ${number} 🗻.bin` : `file-${number}.bin`;
}

/** The first is large; every fiftieth is empty. */
function lengthOf(id: number, number: number, size: TreeSize): number {
  if (number === 0) return size.largeBytes + id;
  return number % 50 === 1 ? 0 : (id * 7_919) % size.smallBytesMax;
}

async function writeOne(
  path: string,
  { id, length, pool }: {
    readonly id: number;
    readonly length: number;
    readonly pool: Uint8Array<ArrayBuffer>;
  },
): Promise<number> {
  const start = (id * 104_729) % (pool.length - length);
  const content = pool.slice(start, start + length);
  // Where the pieces of two files should ever be the same, this is not.
  new TextEncoder().encodeInto(String(id), content);
  await Deno.writeFile(path, content);
  await setTime(path, id);
  return length;
}

/** Even seconds: a zip may know no others. */
async function setTime(path: string, id: number): Promise<void> {
  const time = new Date(FIRST_TIME + (id % 50_000) * 2_000);
  await Deno.utime(path, time, time);
}
