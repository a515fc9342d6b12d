/**
 * Temporary folders with given content.
 *
 * @module
 */

import { dirname, join } from "@std/path";

/** A symbolic link in a tree, see {@linkcode link}. */
export interface Link {
  readonly link: string;
}

/** What a tree is made of: text or bytes, a link, or `null` for a folder. */
export type Entries = Record<string, string | Uint8Array | Link | null>;

/** A folder that is removed when its block ends. */
export interface Tree extends AsyncDisposable {
  /** Canonical path of the folder. */
  readonly path: string;
  /** Path of an entry. */
  at(name: string): string;
}

/** An old, whole modification time: such files have validators. */
export const OLD = new Date("2024-05-06T07:08:09Z");

/** Makes a link for {@linkcode makeTree}. */
export function link(target: string): Link {
  return { link: target };
}

/** Makes a folder; every file in it has the modification time {@linkcode OLD}. */
export async function makeTree(entries: Entries): Promise<Tree> {
  const path = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "serve_" }),
  );
  for (const [name, content] of Object.entries(entries)) {
    const full = join(path, name);
    await Deno.mkdir(content === null ? full : dirname(full), {
      recursive: true,
    });
    if (content === null) continue;
    if (typeof content === "string") await Deno.writeTextFile(full, content);
    else if (content instanceof Uint8Array) await Deno.writeFile(full, content);
    else await Deno.symlink(content.link, full);
    if (typeof content === "string" || content instanceof Uint8Array) {
      await Deno.utime(full, OLD, OLD);
    }
  }
  return {
    path,
    at: (name) => join(path, name),
    async [Symbol.asyncDispose]() {
      await Deno.remove(path, { recursive: true });
    },
  };
}
