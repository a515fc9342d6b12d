import { assert, assertEquals } from "@std/assert";

import {
  type ArchiveLimits,
  createArchivePlaces,
} from "../../lib/archive_places.ts";

const LIMITS: ArchiveLimits = {
  whole: 3,
  perAddress: 2,
  stalledMs: 30_000,
  waitMs: 60_000,
};

/** Places in a time that the test lets pass. */
function setUp() {
  let time = 0;
  const places = createArchivePlaces(LIMITS, () => time);
  return {
    enter(remote: string) {
      const place = places.enter(remote);
      assert(place !== null, `no place for ${remote}`);
      return place;
    },
    isFull: (remote: string) => places.enter(remote) === null,
    pass: (ms: number) => void (time += ms),
  };
}

Deno.test("enter() refuses an address that has its share, until one leaves", () => {
  const { enter, isFull } = setUp();
  const first = enter("192.0.2.1");
  enter("192.0.2.1");

  assert(isFull("192.0.2.1"));
  first.leave();
  first.leave();

  enter("192.0.2.1");
  assert(isFull("192.0.2.1"));
});

Deno.test("enter() refuses everybody when all places are taken", () => {
  const { enter, isFull } = setUp();
  for (const remote of ["192.0.2.1", "192.0.2.2", "192.0.2.3"]) enter(remote);

  assert(isFull("192.0.2.4"));
});

Deno.test("enter() counts an IPv6 network as one address", () => {
  const { enter, isFull } = setUp();
  enter("2001:db8::1");
  enter("2001:db8::2");

  assert(isFull("2001:db8::3"));
});

Deno.test("enter() ends what has stalled where a place is needed, and nothing that moves", () => {
  const { enter, pass } = setUp();
  const ended: string[] = [];
  const stalled = enter("192.0.2.1");
  stalled.onStalled(() => void ended.push("stalled"));
  const moving = enter("192.0.2.2");
  moving.onStalled(() => void ended.push("moving"));
  pass(20_000);
  moving.progress();
  enter("192.0.2.3").onStalled(() => void ended.push("new"));
  pass(10_000);
  const before = [...ended];

  enter("192.0.2.4");

  assertEquals(before, []);
  assertEquals(ended, ["stalled"]);
});

Deno.test("enter() ends nothing that waits to begin for as long as it may", () => {
  const { enter, isFull, pass } = setUp();
  const waiting = enter("192.0.2.1");
  enter("192.0.2.1");
  pass(59_999);

  const before = [isFull("192.0.2.1"), waiting.isHeld()];
  pass(1);
  const after = [isFull("192.0.2.1"), waiting.isHeld()];

  assertEquals(before, [true, true]);
  assertEquals(after, [false, false]);
});

Deno.test("isHeld() is false after a place was left, or given to another", () => {
  const { enter, pass } = setUp();
  const left = enter("192.0.2.1");
  const stalled = enter("192.0.2.2");
  const before = [left.isHeld(), stalled.isHeld()];

  left.leave();
  pass(60_000);
  for (let i = 3; i < 6; i++) enter(`192.0.2.${i}`);

  assertEquals(before, [true, true]);
  assertEquals([left.isHeld(), stalled.isHeld()], [false, false]);
});
