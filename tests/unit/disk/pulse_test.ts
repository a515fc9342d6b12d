import { assertEquals } from "@std/assert";

import { createPulse } from "../../../lib/disk/pulse.ts";

const DEVICE = 7;

/** A disk that answers when it is told to, and a clock that is set by hand. */
function setUp() {
  let time = 0;
  const looks: { path: string; answer: PromiseWithResolvers<void> }[] = [];
  const pulse = createPulse({
    now: () => time,
    look(path) {
      const answer = Promise.withResolvers<void>();
      looks.push({ path, answer });
      return answer.promise;
    },
  });
  return {
    pulse,
    looks,
    pass: (ms: number) => void (time += ms),
    isQuick: () => pulse.isQuick(DEVICE, "/srv"),
  };
}

Deno.test("isQuick() asks the disk first, once for all who wait", async () => {
  const { looks, isQuick, pass } = setUp();

  const answers = [isQuick(), isQuick()];
  pass(50);
  looks[0]?.answer.resolve();

  assertEquals(await Promise.all(answers), [true, true]);
  assertEquals(looks.map(({ path }) => path), ["/srv"]);
});

Deno.test("isQuick() trusts an answer for 250 ms", async () => {
  const { looks, isQuick, pass } = setUp();
  const first = isQuick();
  looks[0]?.answer.resolve();
  await first;

  pass(250);
  assertEquals(isQuick(), true);
  pass(1);
  const later = isQuick();
  looks[1]?.answer.resolve();

  assertEquals(await later, true);
  assertEquals(looks.length, 2);
});

Deno.test("isQuick() takes a disk that reports an error in time as quick", async () => {
  const { looks, isQuick } = setUp();

  const first = isQuick();
  looks[0]?.answer.reject(new Deno.errors.NotFound());

  assertEquals(await first, true);
});

Deno.test("isQuick() waits 50 ms for a disk that hangs, and then for nothing", async () => {
  const { looks, isQuick, pass } = setUp();

  assertEquals(await isQuick(), false);
  pass(51);
  assertEquals(isQuick(), false);
  pass(5_000);
  assertEquals(isQuick(), false);

  looks[0]?.answer.resolve();
  await looks[0]?.answer.promise;
  const again = isQuick();
  looks[1]?.answer.resolve();
  assertEquals(await again, true);
});

Deno.test("isQuick() is not taken in by an answer that came late", async () => {
  const { looks, isQuick, pass } = setUp();

  const first = isQuick();
  pass(51);
  looks[0]?.answer.resolve();

  assertEquals(await first, false);
  assertEquals(isQuick() instanceof Promise, true);
  looks[1]?.answer.resolve();
});

Deno.test.each<{ took: number; restsFor: number }>([
  { took: 11, restsFor: 220 },
  { took: 5_000, restsFor: 60_000 },
])(
  "isQuick() is false for $restsFor ms after a look of $took ms",
  async (row) => {
    const { pulse, looks, isQuick, pass } = setUp();
    const first = isQuick();
    looks[0]?.answer.resolve();
    await first;

    pulse.took(DEVICE, 10);
    assertEquals(isQuick(), true);
    pulse.took(DEVICE, row.took);
    assertEquals(isQuick(), false);
    pass(row.restsFor - 1);
    assertEquals(isQuick(), false);
    pass(1);
    const again = isQuick();
    looks[1]?.answer.resolve();
    assertEquals(await again, true);
  },
);

Deno.test("isQuick() knows each device by itself", async () => {
  const { pulse, looks, isQuick } = setUp();
  const first = isQuick();
  looks[0]?.answer.resolve();
  await first;

  const other = pulse.isQuick(8, "/mnt/share/a.txt");
  assertEquals(isQuick(), true);

  assertEquals(looks[1]?.path, "/mnt/share/a.txt");
  looks[1]?.answer.resolve();
  assertEquals(await other, true);
  pulse.took(8, 5_000);
  assertEquals(isQuick(), true);
  assertEquals(pulse.isQuick(8, "/mnt/share/a.txt"), false);
});

Deno.test("isQuick() goes on with more devices than it remembers", async () => {
  const pulse = createPulse({ now: () => 0, look: () => Promise.resolve() });
  for (let device = 0; device < 250; device++) {
    assertEquals(await pulse.isQuick(device, "/srv"), true);
  }
});
