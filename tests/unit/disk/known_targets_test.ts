import { assert, assertEquals } from "@std/assert";

import { createKnownTargets } from "../../../lib/disk/known_targets.ts";
import { createQuickDisks } from "../../../lib/disk/quick_disks.ts";
import type { Seen } from "../../../lib/target.ts";
import { makeTree } from "../../_support/tree.ts";
import { resolveFile } from "./_open.ts";

/** A file that was resolved, and what was seen of it. */
async function setUp(isSame: boolean | Promise<boolean> = true) {
  await using tree = await makeTree({ "a.bin": "hello" });
  const target = await resolveFile(tree, "a.bin");
  const seen: Seen = { path: target.path, real: null, facts: target.facts };
  const asked: (readonly Seen[])[] = [];
  const known = createKnownTargets((all) => {
    asked.push(all);
    return isSame;
  }, createQuickDisks({ isQuick: () => true, took: () => {} }));
  return { known, target, seen, asked };
}

Deno.test("find() knows nothing of a path that was not kept", async () => {
  const { known, target, seen, asked } = await setUp();
  known.keep("a.bin", target, seen);

  assertEquals(known.find("a.bin/"), undefined);
  assertEquals(asked, []);
});

Deno.test.each<{ isSame: boolean }>([{ isSame: true }, { isSame: false }])(
  "find() gives a target again where it is as it was: $isSame",
  async ({ isSame }) => {
    for (const answer of [isSame, Promise.resolve(isSame)]) {
      const { known, target, seen, asked } = await setUp(answer);
      known.keep("a.bin", target, seen);

      const found = await known.find("a.bin");

      assertEquals(found?.target, isSame ? target : undefined);
      assertEquals(asked, [[seen]]);
    }
  },
);

Deno.test("all targets of a disk share what its reading may cost", async () => {
  const { known, target, seen } = await setUp();
  known.keep("a.bin", target, seen);
  known.keep("b.bin", target, seen);

  const a = await known.find("a.bin");
  const b = await known.find("b.bin");

  assert(a !== undefined && a.disk === b?.disk);
});
