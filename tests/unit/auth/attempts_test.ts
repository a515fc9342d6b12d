import { assertEquals } from "@std/assert";

import { createAttempts } from "../../../lib/auth/attempts.ts";

const CLIENT = "192.0.2.1";

function failTimes(count: number, options: { now: () => number }) {
  const attempts = createAttempts({ ...options, clientsMax: 10 });
  for (let i = 0; i < count; i++) attempts.fail(CLIENT);
  return attempts;
}

Deno.test.each<{ failures: number; delay: number }>([
  { failures: 0, delay: 0 },
  { failures: 1, delay: 0 },
  { failures: 3, delay: 0 },
  { failures: 4, delay: 100 },
  { failures: 5, delay: 200 },
  { failures: 6, delay: 400 },
  { failures: 8, delay: 1_600 },
  { failures: 9, delay: 2_000 },
  { failures: 10_000, delay: 2_000 },
])("delayOf() is $delay ms after $failures failures", (row) => {
  const attempts = failTimes(row.failures, { now: () => 0 });

  assertEquals(attempts.delayOf(CLIENT), row.delay);
});

Deno.test("delayOf() counts from the last failure", () => {
  let time = 0;
  const attempts = failTimes(9, { now: () => time });

  time = 1_500;
  assertEquals(attempts.delayOf(CLIENT), 500);
  time = 2_001;
  assertEquals(attempts.delayOf(CLIENT), 0);
});

Deno.test("delayOf() of another client is 0", () => {
  assertEquals(failTimes(9, { now: () => 0 }).delayOf("192.0.2.2"), 0);
});

Deno.test("fail() goes on counting after a pause", () => {
  let time = 0;
  const attempts = failTimes(9, { now: () => time });

  time = 60_000;
  attempts.fail(CLIENT);

  assertEquals(attempts.delayOf(CLIENT), 2_000);
});

Deno.test("a client is forgiven after 15 minutes", () => {
  let time = 0;
  const attempts = failTimes(9, { now: () => time });

  time = 15 * 60_000;
  attempts.fail(CLIENT);

  assertEquals(attempts.delayOf(CLIENT), 0);
});

Deno.test.each([-3_600_000, -1_000, 3_600_000])(
  "a clock that jumps by %d ms makes nobody wait longer than 2 s",
  (jump) => {
    let time = 0;
    const attempts = failTimes(9, { now: () => time });

    time = jump;

    assertEquals(attempts.delayOf(CLIENT) <= 2_000, true);
  },
);

Deno.test("the client that failed longest ago goes when the table is full", () => {
  const attempts = createAttempts({ now: () => 0, clientsMax: 2 });
  for (let i = 0; i < 4; i++) {
    attempts.fail("a");
    attempts.fail("b");
  }
  attempts.fail("a");

  attempts.fail("c");

  assertEquals(["a", "b", "c"].map(attempts.delayOf), [200, 0, 0]);
});
