import { assertEquals } from "@std/assert";

import type { Pulse } from "../../../lib/disk/pulse.ts";
import { createSeenCheck } from "../../../lib/disk/seen_check.ts";
import type { Seen } from "../../../lib/target.ts";

function seenAt(path: string, device: number): Seen {
  const facts = { size: 1, modified: 0, changed: 0, device, inode: 2 };
  return { path, real: null, facts };
}

const HERE = seenAt("/srv/here", 1);
const THERE = seenAt("/srv/there", 2);

/** A disk on which `changed` is not as it was, and of which `quick` says what. */
function setUp(
  quick: (device: number) => boolean | Promise<boolean>,
  changed: readonly Seen[] = [],
) {
  const looks: string[] = [];
  const took: [device: number, ms: number][] = [];
  let time = 0;
  const pulse: Pulse = {
    isQuick: (device) => quick(device),
    took: (device, ms) => void took.push([device, ms]),
  };
  const check = createSeenCheck({
    now: () => time,
    look: () => Promise.reject(new Error("not called here")),
    isAsSeenNow(seen) {
      looks.push(`now ${seen.path}`);
      time += 3;
      return !changed.includes(seen);
    },
    isAsSeen(seen) {
      looks.push(`later ${seen.path}`);
      return Promise.resolve(!changed.includes(seen));
    },
  }, pulse);
  return { check, looks, took };
}

Deno.test("check() looks at once at a quick disk, and tells how long it took", () => {
  const { check, looks, took } = setUp(() => true);

  assertEquals(check([HERE, THERE]), true);
  assertEquals(looks, ["now /srv/here", "now /srv/there"]);
  assertEquals(took, [[1, 3], [2, 3]]);
});

Deno.test("check() looks no further than the first change", () => {
  const { check, looks } = setUp(() => true, [HERE]);

  assertEquals(check([HERE, THERE]), false);
  assertEquals(looks, ["now /srv/here"]);
});

Deno.test.each<{ changed: Seen[]; result: boolean }>([
  { changed: [], result: true },
  { changed: [THERE], result: false },
])("check() waits for a disk that is not quick: $result", async (row) => {
  const { check, looks } = setUp((device) => device === 1, row.changed);

  assertEquals(await check([HERE, THERE]), row.result);
  assertEquals(looks, ["now /srv/here", "later /srv/here", "later /srv/there"]);
});

Deno.test("check() looks at once when the disk has turned out to be quick", async () => {
  let isKnown = false;
  const { check, looks } = setUp(() => {
    if (isKnown) return true;
    isKnown = true;
    return Promise.resolve(true);
  });

  const result = check([HERE]);

  assertEquals(result instanceof Promise, true);
  assertEquals(await result, true);
  assertEquals(looks, ["now /srv/here"]);
});

Deno.test("check() waits for what is behind a link, which may be on any disk", async () => {
  const { check, looks } = setUp(() => true);

  const result = check([{ ...HERE, real: "/srv/there" }]);

  assertEquals(result instanceof Promise, true);
  assertEquals(await result, true);
  assertEquals(looks, ["later /srv/here"]);
  assertEquals(check([{ ...HERE, real: "/srv/here" }]), true);
});
