import { assert, assertEquals } from "@std/assert";

import { createPace } from "../../../lib/disk/pace.ts";
import { replace } from "./_replace.ts";

/** A clock that is set by hand, in the place of the runtime's. */
function setUp() {
  let now = 1_000;
  const clock = replace(performance, "now", () => now);
  return {
    pace: createPace(),
    pass: (ms: number) => void (now += ms),
    [Symbol.dispose]: () => clock[Symbol.dispose](),
  };
}

Deno.test("pace() lets short work go on at once", () => {
  using time = setUp();

  assertEquals(time.pace(), undefined);
  time.pass(4.9);
  assertEquals(time.pace(), undefined);
});

Deno.test("pace() makes long work wait until others had their turn", async () => {
  using time = setUp();
  let hadTurn = false;
  setTimeout(() => hadTurn = true);
  time.pass(5);

  const wait = time.pace();
  assert(wait instanceof Promise);
  await wait;

  assert(hadTurn);
});

Deno.test("pace() counts from the end of its last wait", async () => {
  using time = setUp();
  time.pass(5);
  const wait = time.pace();
  time.pass(50);
  await wait;

  assertEquals(time.pace(), undefined);
  time.pass(5);
  const second = time.pace();
  assert(second instanceof Promise);
  await second;
});

Deno.test("pace() is its own for each piece of work", async () => {
  using time = setUp();
  time.pass(5);
  const other = createPace();

  assertEquals(other(), undefined);
  await time.pace();
});
