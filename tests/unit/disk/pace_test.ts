import { assert, assertEquals } from "@std/assert";

import { pace } from "../../../lib/disk/pace.ts";
import { replace } from "./_replace.ts";

// The turns are those of the whole process: each test goes on where the last
// one left the clock.
let now = 1_000;

/** A clock and timers that wait to be told. */
function setUp() {
  const timers: (() => void)[] = [];
  const replaced = [
    replace(performance, "now", () => now),
    replace(globalThis, "setTimeout", (fn: () => void) => timers.push(fn)),
  ];
  now += 1_000;
  return {
    timers,
    pass: (ms: number) => void (now += ms),
    /** Lets one timer fire, and what follows from it happen. */
    async fire(): Promise<void> {
      timers.shift()?.();
      for (let i = 0; i < 10; i++) await Promise.resolve();
    },
    [Symbol.dispose]: () => replaced.forEach((r) => r[Symbol.dispose]()),
  };
}

Deno.test("pace() lets others have their turn before long work begins", async () => {
  using loop = setUp();
  let isResumed = false;

  const wait = pace();
  assert(wait instanceof Promise);
  wait.then(() => isResumed = true);
  await Promise.resolve();
  const before = isResumed;
  await loop.fire();

  assertEquals([before, isResumed], [false, true]);
  assertEquals(loop.timers.length, 0);
});

Deno.test("pace() lets work go on until its turn is over", async () => {
  using loop = setUp();
  const wait = pace();
  await loop.fire();
  await wait;

  assertEquals(pace(), undefined);
  loop.pass(4.9);
  assertEquals(pace(), undefined);
  loop.pass(0.1);
  const next = pace();
  assert(next instanceof Promise);
  await loop.fire();
  await next;
});

Deno.test("pace() gives twenty works one turn after the other, in their order", async () => {
  using loop = setUp();
  const resumed: number[] = [];
  const counts: number[] = [];

  for (let i = 0; i < 20; i++) pace()?.then(() => void resumed.push(i));
  while (loop.timers.length > 0) {
    await loop.fire();
    loop.pass(5);
    counts.push(resumed.length);
  }

  // One at each turn of the event loop.
  assertEquals(counts, Array.from({ length: 20 }, (_, i) => i + 1));
  assertEquals(resumed, Array.from({ length: 20 }, (_, i) => i));
});

Deno.test("pace() puts work that goes on behind the others that wait", async () => {
  using loop = setUp();
  const order: string[] = [];

  async function work(name: string): Promise<void> {
    for (let i = 0; i < 3; i++) {
      await pace();
      order.push(name);
      loop.pass(5);
    }
  }
  const works = [work("a"), work("b")];
  while (loop.timers.length > 0) await loop.fire();
  await Promise.all(works);

  assertEquals(order.join(""), "ababab");
});
