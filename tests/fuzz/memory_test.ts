import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import fc from "fast-check";

import { get } from "../_support/call.ts";
import { ageFiles, createWatched } from "../_support/memory.ts";
import { makeTree, type Tree } from "../_support/tree.ts";

const NAMES = ["a.txt", "b.js", "index.html", "404.html", "d", "l"] as const;
const PATHS = [...NAMES, ...NAMES.map((name) => `d/${name}`)];

const name = fc.constantFrom(...PATHS);

/** Something that happens to the tree. */
const change = fc.oneof(
  fc.record({ kind: fc.constantFrom("write", "remove", "folder"), name }),
  fc.record({
    kind: fc.constantFrom("rename", "link"),
    name,
    to: fc.constantFrom(...PATHS, "../outside.txt", ".", "..", "none"),
  }),
);

const request = fc.record({
  path: fc.constantFrom("", "d/", "d/d/", "none", ...PATHS),
  query: fc.constantFrom("", "", "", "?v=1", "?download", "?listing", "?x%"),
  method: fc.constantFrom("GET", "GET", "HEAD"),
  headers: fc.constantFrom<Record<string, string>>(
    {},
    {},
    { "accept-encoding": "gzip" },
    { "accept-encoding": "br, zstd;q=0.5" },
    { "range": "bytes=1-3" },
    { "if-none-match": "*" },
    { "if-modified-since": "Mon, 06 May 2024 07:08:09 GMT" },
    { "accept": "application/json" },
  ),
});

/** So that no two versions of a file have the same size. */
let written = 0;

/** So that no two versions of a folder have the same time. */
let time = Date.UTC(2025, 0);

/** Kernels write times in steps: two changes in one step look the same. */
async function stamp(tree: Tree): Promise<void> {
  for (const folder of [".", "d", "d/d"]) {
    const path = tree.at(folder);
    const info = await Deno.lstat(path).catch(() => null);
    if (info?.isDirectory) {
      await Deno.utime(path, new Date(time), new Date(time += 1_000));
    }
  }
}

async function apply(
  tree: Tree,
  { kind, name, ...rest }: { kind: string; name: string; to?: string },
): Promise<void> {
  const path = tree.at(name);
  try {
    switch (kind) {
      case "write":
        await Deno.writeTextFile(path, "x".repeat(++written));
        return;
      case "remove":
        await Deno.remove(path, { recursive: true });
        return;
      case "folder":
        await Deno.mkdir(path);
        return;
      case "rename":
        await Deno.rename(path, tree.at(rest.to ?? "none"));
        return;
      case "link":
        await Deno.remove(path, { recursive: true }).catch(() => {});
        await Deno.symlink(rest.to ?? "none", path);
        return;
    }
  } catch {
    // What cannot be done has not happened: the tree stays as it is.
  }
}

/**
 * All of an answer that a client sees. Of a folder page its names: sizes and
 * times there may be a second old.
 */
async function all(response: Response): Promise<unknown> {
  const { status } = response;
  const headers = Object.fromEntries(response.headers);
  if (headers["vary"] === "accept") {
    const names = (await response.text()).match(/"\.\/[^"]*"/g);
    return { status, names };
  }
  const digest = await crypto.subtle.digest("SHA-256", await response.bytes());
  return { status, headers, body: new Uint8Array(digest).join() };
}

Deno.test("what is answered from memory is what is answered afresh, whatever happens to the tree", async () => {
  using _ = ageFiles();
  let kept = 0;
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof({ arbitrary: change, weight: 1 }, {
          arbitrary: request,
          weight: 3,
        }),
        { minLength: 10, maxLength: 60 },
      ),
      async (steps) => {
        await using tree = await makeTree({
          "share/a.txt": "a".repeat(2_000),
          "share/b.js": "let b;".repeat(400),
          "share/d/a.txt": "of d",
          "outside.txt": "secret",
        });
        const share: Tree = {
          ...tree,
          at: (at) => join(tree.path, "share", at),
        };
        const long = await createWatched(share.at("."));
        for (const step of steps) {
          if ("kind" in step) {
            await apply(share, step);
            await stamp(share);
            continue;
          }
          const { path, query, ...init } = step;
          const url = `/${path}${query}`;
          const fresh = await createWatched(share.at("."));
          await (await get(long.handler, url)).body?.cancel();
          const given = await all(await get(long.handler, url, init));
          assertEquals(
            given,
            await all(await get(fresh.handler, url, init)),
            url,
          );
          asked += 2;
        }
        const requests = steps.filter((step) => !("kind" in step)).length;
        kept += 2 * requests - long.resolved();
      },
    ),
    { numRuns: 60 },
  );
  // Else it would show nothing.
  assert(kept > asked / 10, `${kept} of ${asked} from memory`);
});
