import { assert, assertEquals, assertRejects } from "@std/assert";

import { openHandle, withStat } from "../../../lib/disk/open_handle.ts";
import { makeTree } from "../../_support/tree.ts";

const NO_STAT = () => {
  throw new Deno.errors.NotSupported("The operation is not supported");
};

/** A file that the runtime cannot look at while it is open. */
async function openBlind(path: string): Promise<Deno.FsFile> {
  const file = await Deno.open(path);
  return Object.assign(file, {
    stat: () => Promise.try(NO_STAT),
    statSync: NO_STAT,
  });
}

/** A disk that tells of a path what the runtime does of an embedded one. */
function diskWith(identity: { dev: number; ino: number | null }) {
  return {
    lstat: async (path: string | URL) => ({
      ...await Deno.lstat(path),
      ...identity,
    }),
    lstatSync: (path: string | URL) => ({
      ...Deno.lstatSync(path),
      ...identity,
    }),
  };
}

Deno.test("openHandle() opens a file that tells what it is", async () => {
  await using tree = await makeTree({ "a.txt": "abc" });

  for (const isStandalone of [false, true]) {
    using file = await openHandle(tree.at("a.txt"), isStandalone);

    const { size, ino } = await file.stat();
    assertEquals(size, 3);
    assertEquals(file.statSync().ino, ino);
    assert(ino !== 0);
  }
});

Deno.test("openHandle() rejects where there is nothing", async () => {
  await using tree = await makeTree({});

  await assertRejects(
    () => openHandle(tree.at("a.txt"), true),
    Deno.errors.NotFound,
  );
});

Deno.test("withStat() takes the word of the path for an embedded file", async () => {
  await using tree = await makeTree({ "a.txt": "abc" });
  const path = tree.at("a.txt");
  const blind = await openBlind(path);
  using file = withStat(blind, path, diskWith({ dev: 0, ino: 0 }));

  assertEquals((await file.stat()).size, 3);
  assertEquals(file.statSync().size, 3);
  assertEquals(await file.read(new Uint8Array(8)), 3);
});

Deno.test.each<{ identity: { dev: number; ino: number | null } }>([
  { identity: { dev: 5, ino: 7 } },
  { identity: { dev: 0, ino: 7 } },
  { identity: { dev: 5, ino: 0 } },
])("withStat() takes no path's word where it is $identity", async ({
  identity,
}) => {
  await using tree = await makeTree({ "a.txt": "abc" });
  const path = tree.at("a.txt");
  const blind = await openBlind(path);
  using file = withStat(blind, path, diskWith(identity));

  await assertRejects(() => file.stat(), Deno.errors.NotSupported);
  const error = await Promise.try(() => file.statSync()).catch((e) => e);
  assert(error instanceof Deno.errors.NotSupported);
});

Deno.test("withStat() hands on what else goes wrong", async () => {
  await using tree = await makeTree({ "a.txt": "abc" });
  const path = tree.at("a.txt");
  const file = withStat(
    await Deno.open(path),
    path,
    diskWith({
      dev: 0,
      ino: 0,
    }),
  );
  file.close();

  await assertRejects(() => file.stat(), Deno.errors.BadResource);
});
