import { assert, assertEquals } from "@std/assert";

import {
  createInFlight,
  type InFlight,
  type InFlightLimits,
  type Place,
} from "../../lib/in_flight.ts";

const LIMITS: InFlightLimits = { whole: 16, perAddress: 4, fullMs: 30_000 };

/** A counter in a time that the test lets pass. */
function setUp(limits: Partial<InFlightLimits> = {}) {
  let time = 0;
  let stuck = 0;
  const inFlight = createInFlight({ ...LIMITS, ...limits }, {
    now: () => time,
    onStuck: () => void stuck++,
  });
  return {
    inFlight,
    pass: (ms: number) => void (time += ms),
    stuck: () => stuck,
  };
}

function enter(inFlight: InFlight, remote: string): Place {
  const entry = inFlight.enter(remote);
  assert(entry.kind === "entered", entry.kind);
  return entry.place;
}

/** Takes places until none is left. */
function fill(inFlight: InFlight): Place[] {
  const places: Place[] = [];
  for (let i = 0;; i++) {
    const entry = inFlight.enter(`192.0.2.${i}`);
    if (entry.kind !== "entered") return places;
    places.push(entry.place);
  }
}

Deno.test("enter() refuses an address that has its share, and nobody else", () => {
  const { inFlight } = setUp();

  const places = [1, 2, 3, 4].map(() => enter(inFlight, "192.0.2.1"));
  const refused = inFlight.enter("192.0.2.1");
  const other = inFlight.enter("192.0.2.2");
  places[0]?.leave();
  const again = inFlight.enter("192.0.2.1");

  assertEquals(
    [refused.kind, other.kind, again.kind],
    ["address-full", "entered", "entered"],
  );
});

Deno.test("enter() counts an IPv6 network as one address", () => {
  const { inFlight } = setUp({ perAddress: 1 });

  enter(inFlight, "2001:db8::1");

  assertEquals(inFlight.enter("2001:db8::2").kind, "address-full");
  assertEquals(inFlight.enter("2001:db8:0:1::1").kind, "entered");
});

Deno.test("enter() counts an address the same in both of its forms", () => {
  const { inFlight } = setUp({ perAddress: 1 });

  enter(inFlight, "192.0.2.1");

  assertEquals(inFlight.enter("::ffff:192.0.2.1").kind, "address-full");
});

Deno.test("enter() refuses everybody when all places are taken", () => {
  const { inFlight } = setUp();
  const places = fill(inFlight);

  const kinds = ["198.51.100.1", "192.0.2.1"]
    .map((remote) => inFlight.enter(remote).kind);
  places[0]?.leave();

  assertEquals(kinds, ["whole-full", "whole-full"]);
  assertEquals(inFlight.underWay, LIMITS.whole - 1);
  assertEquals(inFlight.enter("198.51.100.1").kind, "entered");
});

Deno.test("leave() gives a place back once", () => {
  const { inFlight } = setUp();
  const first = enter(inFlight, "192.0.2.1");
  enter(inFlight, "192.0.2.1");

  first.leave();
  first.leave();

  assertEquals(inFlight.underWay, 1);
});

Deno.test("movedSince() counts what began or took something since", () => {
  const { inFlight, pass } = setUp();
  const first = enter(inFlight, "192.0.2.1");
  enter(inFlight, "192.0.2.1");
  pass(10);
  enter(inFlight, "192.0.2.1");

  const before = inFlight.movedSince(10);
  first.progress();

  assertEquals([before, inFlight.movedSince(10)], [1, 2]);
  assertEquals(inFlight.movedSince(0), 3);
  assertEquals(inFlight.movedSince(11), 0);
});

Deno.test("enter() tells that places are stuck after the time, not before", () => {
  const { inFlight, pass, stuck } = setUp();
  fill(inFlight);
  const counts: number[] = [];

  for (const ms of [0, 29_999, 2]) {
    pass(ms);
    inFlight.enter("198.51.100.1");
    counts.push(stuck());
  }

  assertEquals(counts, [0, 0, 1]);
});

Deno.test.each<{ readers: number; told: number }>([
  { readers: 0, told: 1 },
  { readers: 1, told: 1 },
  { readers: 7, told: 1 },
  { readers: 8, told: 0 },
  { readers: 16, told: 0 },
])(
  "enter() tells of stuck places $told times when $readers of 16 clients read",
  ({ readers, told }) => {
    const { inFlight, pass, stuck } = setUp();
    const places = fill(inFlight);

    pass(20_000);
    for (const place of places.slice(0, readers)) place.progress();
    pass(20_000);
    inFlight.enter("198.51.100.1");

    assertEquals(stuck(), told);
  },
);

Deno.test("enter() tells of places that stay stuck though one goes from hand to hand", () => {
  const { inFlight, pass, stuck } = setUp();
  let last = fill(inFlight).at(-1);

  for (let i = 0; i < 40; i++) {
    pass(1_000);
    last?.leave();
    last = enter(inFlight, "198.51.100.1");
    inFlight.enter("198.51.100.2");
  }

  assert(stuck() > 0);
});

Deno.test("enter() begins to wait anew when an eighth of the places was free", () => {
  const { inFlight, pass, stuck } = setUp();
  const places = fill(inFlight);

  pass(20_000);
  for (const place of places.slice(0, 3)) place.leave();
  fill(inFlight);
  pass(20_000);
  inFlight.enter("198.51.100.1");

  assertEquals(stuck(), 0);
});

Deno.test("enter() looks at all places once a second at most", () => {
  const { inFlight, pass, stuck } = setUp();
  fill(inFlight);
  pass(30_001);

  for (let i = 0; i < 100; i++) inFlight.enter("198.51.100.1");
  const first = stuck();
  pass(1_000);
  inFlight.enter("198.51.100.1");

  assertEquals([first, stuck()], [1, 2]);
});

Deno.test("enter() holds nothing for clients that have left", () => {
  const { inFlight } = setUp();

  for (let i = 0; i < 1_000; i++) enter(inFlight, `client ${i}`).leave();

  assertEquals(inFlight.underWay, 0);
  assertEquals(fill(inFlight).length, LIMITS.whole);
});
