import { assertEquals } from "@std/assert";

import {
  DRAINING_MAX,
  DRAINING_MOVING_MAX,
  EXHAUSTED_MS,
  FULL_MS,
} from "../../../lib/http/limits.ts";
import { Generation } from "../../../lib/server/generation.ts";
import { Retired } from "../../../lib/server/retired_servers.ts";
import { PEER } from "../../_support/call.ts";
import { replace } from "../disk/_replace.ts";

/** What became of a server. */
type Fate = "kept" | "drained" | "cut";

interface Old {
  readonly generation: Generation;
  fate(): Fate;
  /** Ends one request. */
  finishOne(): Promise<void>;
}

function setUp() {
  let now = 0;
  const replaced = replace(performance, "now", () => now);
  const traffic = { underWay: 100, moved: 0 };
  const retired = new Retired({
    get underWay() {
      return traffic.underWay;
    },
    movedSince: () => traffic.moved,
  });

  /** A server with so many requests under way. */
  function makeOld(underWay: number): Old {
    const generation = new Generation(
      () => Promise.resolve(new Response()),
      () => retired.drainIdle(),
    );
    const stays = Promise.withResolvers<void>();
    let fate: Fate = "kept";
    generation.signal.addEventListener("abort", () => fate = "cut");
    generation.watch({
      addr: { transport: "tcp", hostname: "127.0.0.1", port: 8000 },
      finished: stays.promise,
      shutdown() {
        fate = "drained";
        return stays.promise;
      },
      ref() {},
      unref() {},
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
    const ends = Array.from(
      { length: underWay },
      () => Promise.withResolvers<void>(),
    );
    for (const { promise } of ends) {
      generation.handler(new Request("http://localhost/"), {
        remoteAddr: PEER,
        completed: promise,
      });
    }
    return {
      generation,
      fate: () => fate,
      async finishOne() {
        const end = ends.pop();
        end?.resolve();
        await end?.promise;
      },
    };
  }

  return {
    retired,
    traffic,
    makeOld,
    /** Lets failures come every second for a time; gives what was cut. */
    failFor(ms: number, current: Generation | null = null): number {
      let cut = 0;
      for (const end = now + ms; now < end; now += 1_000) {
        cut += retired.relieve(now, current);
      }
      return cut + retired.relieve(now, current);
    },
    pass: (ms: number) => void (now += ms),
    now: () => now,
    [Symbol.dispose]: () => replaced[Symbol.dispose](),
  };
}

Deno.test.each<{ underWay: number; fate: Fate }>([
  { underWay: 0, fate: "drained" },
  { underWay: DRAINING_MAX, fate: "drained" },
  { underWay: DRAINING_MAX + 1, fate: "kept" },
])("add() of a server with $underWay requests: $fate", ({ underWay, fate }) => {
  using test = setUp();
  const old = test.makeOld(underWay);

  test.retired.add(old.generation);

  assertEquals(old.fate(), fate);
  assertEquals(test.retired.underWay, underWay);
});

Deno.test("add() counts what others still send: all of it is held for good", () => {
  using test = setUp();
  const olds = [DRAINING_MAX - 4, 4, 1].map(test.makeOld);

  for (const { generation } of olds) test.retired.add(generation);

  assertEquals(olds.map((old) => old.fate()), ["drained", "drained", "kept"]);
});

Deno.test("a server is shut down once few requests are left on it", async () => {
  using test = setUp();
  const old = test.makeOld(DRAINING_MAX + 2);
  const fates: Fate[] = [];

  test.retired.add(old.generation);
  for (let i = 0; i < 2; i++) {
    await old.finishOne();
    fates.push(old.fate());
  }

  assertEquals(fates, ["kept", "drained"]);
});

Deno.test("relieve() cuts downloads that nobody reads after the time, not before", () => {
  using test = setUp();
  const old = test.makeOld(100);
  test.retired.add(old.generation);

  const before = test.failFor(EXHAUSTED_MS - 1_000);
  const fate = old.fate();
  test.pass(1_000);
  const after = test.retired.relieve(test.now(), null);

  assertEquals([before, fate], [0, "kept"]);
  assertEquals([after, old.fate()], [100, "cut"]);
});

Deno.test("relieve() waits for the third failure, however far apart they are", () => {
  using test = setUp();
  const old = test.makeOld(100);
  const cut: number[] = [];

  test.retired.add(old.generation);
  for (let i = 0; i < 3; i++) {
    cut.push(test.retired.relieve(test.now(), null));
    test.pass(60_000);
  }

  assertEquals(cut, [0, 0, 100]);
});

Deno.test("relieve() cuts nothing that was shut down", () => {
  using test = setUp();
  const drained = test.makeOld(100);
  const kept = test.makeOld(100);
  test.retired.drain(drained.generation);
  test.retired.add(kept.generation);

  const cut = test.failFor(EXHAUSTED_MS);

  assertEquals(cut, 100);
  assertEquals([drained.fate(), kept.fate()], ["drained", "cut"]);
});

Deno.test.each<{ underWay: number; moved: number; ms: number; fate: Fate }>([
  // Most of 100 clients read.
  { underWay: 60, moved: 50, ms: EXHAUSTED_MS - 1_000, fate: "kept" },
  { underWay: 60, moved: 50, ms: EXHAUSTED_MS, fate: "drained" },
  { underWay: DRAINING_MOVING_MAX, moved: 50, ms: FULL_MS, fate: "drained" },
  // More of them than may be held for good.
  { underWay: 65, moved: 100, ms: FULL_MS - 1_000, fate: "kept" },
  { underWay: 65, moved: 100, ms: FULL_MS, fate: "cut" },
  // Too few.
  { underWay: 60, moved: 49, ms: EXHAUSTED_MS, fate: "cut" },
  { underWay: 60, moved: 1, ms: EXHAUSTED_MS, fate: "cut" },
])(
  "relieve() for $ms ms, $underWay requests, $moved of 100 clients reading: $fate",
  ({ underWay, moved, ms, fate }) => {
    using test = setUp();
    const old = test.makeOld(underWay);
    test.traffic.moved = moved;
    test.retired.add(old.generation);

    test.failFor(ms);

    assertEquals(old.fate(), fate);
  },
);

Deno.test("relieve() does not cut honest downloads for failures long ago", () => {
  using test = setUp();
  const old = test.makeOld(100);
  test.traffic.moved = 100;
  test.retired.add(old.generation);

  for (let i = 0; i < 10; i++) {
    test.retired.relieve(test.now(), null);
    test.pass(FULL_MS);
  }

  assertEquals(old.fate(), "kept");
});

Deno.test.each<{ underWay: number; ms: number; fate: Fate }>([
  { underWay: DRAINING_MAX, ms: 0, fate: "drained" },
  { underWay: 100, ms: EXHAUSTED_MS - 1_000, fate: "kept" },
  { underWay: 100, ms: EXHAUSTED_MS, fate: "cut" },
])(
  "relieve() for $ms ms of a server that listens with $underWay requests: $fate",
  ({ underWay, ms, fate }) => {
    using test = setUp();
    const current = test.makeOld(underWay);

    test.failFor(ms, current.generation);

    assertEquals(current.fate(), fate);
  },
);

Deno.test("relieve() forgets failures that are over", () => {
  using test = setUp();
  const current = test.makeOld(100);

  for (let i = 0; i < 10; i++) {
    test.retired.relieve(test.now(), current.generation);
    test.pass(EXHAUSTED_MS + 1);
  }

  assertEquals(current.fate(), "kept");
});

Deno.test("cut() ends those that are kept and those given, and no other", () => {
  using test = setUp();
  const drained = test.makeOld(1);
  const kept = test.makeOld(20);
  const given = test.makeOld(30);
  test.retired.drain(drained.generation);
  test.retired.add(kept.generation);

  const count = test.retired.cut([given.generation]);

  assertEquals(count, 50);
  assertEquals(
    [drained, kept, given].map((old) => old.fate()),
    ["drained", "cut", "cut"],
  );
});

Deno.test("drainAll() shuts down those that are kept", () => {
  using test = setUp();
  const olds = [20, 30].map(test.makeOld);
  for (const { generation } of olds) test.retired.add(generation);

  test.retired.drainAll();

  assertEquals(olds.map((old) => old.fate()), ["drained", "drained"]);
});
