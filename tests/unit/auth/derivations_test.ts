import { assertEquals, assertRejects } from "@std/assert";

import {
  createClientTurns,
  createTurns,
} from "../../../lib/auth/derivations.ts";

/** Work that ends when it is told to. */
function createWork() {
  const started: number[] = [];
  const ends = new Map<number, PromiseWithResolvers<number>>();
  return {
    started,
    of: (id: number) => () => {
      started.push(id);
      const end = Promise.withResolvers<number>();
      ends.set(id, end);
      return end.promise;
    },
    end: (id: number) => ends.get(id)?.resolve(id),
    fail: (id: number) => ends.get(id)?.reject(new Error("broken")),
  };
}

Deno.test("run() works on as many at once as it may, in the order of asking", async () => {
  const turns = createTurns({ atOnce: 2, waiting: 2 });
  const work = createWork();
  const results = [1, 2, 3, 4].map((id) => turns.run(work.of(id)));
  assertEquals(work.started, [1, 2]);

  work.end(2);
  await results[1];
  await Promise.resolve();

  assertEquals(work.started, [1, 2, 3]);
  work.end(1);
  work.end(3);
  await results[2];
  await results[0];
  work.end(4);
  assertEquals(await Promise.all(results), [1, 2, 3, 4]);
  assertEquals(turns.isIdle(), true);
});

Deno.test("run() sends away at once who finds all places taken", async () => {
  const turns = createTurns({ atOnce: 1, waiting: 1 });
  const work = createWork();
  const first = turns.run(work.of(1));
  const second = turns.run(work.of(2));

  assertEquals(turns.run(work.of(3)), undefined);

  work.end(1);
  await first;
  const third = turns.run(work.of(3));
  work.end(2);
  await second;
  work.end(3);
  assertEquals(await third, 3);
  assertEquals(work.started, [1, 2, 3]);
});

Deno.test("run() goes on after work that failed", async () => {
  const turns = createTurns({ atOnce: 1, waiting: 1 });
  const work = createWork();
  const first = turns.run(work.of(1));
  const second = turns.run(work.of(2));

  work.fail(1);

  await assertRejects(async () => await first, Error, "broken");
  work.end(2);
  assertEquals(await second, 2);
  assertEquals(turns.isIdle(), true);
});

Deno.test("run() goes on after work that throws at once", async () => {
  const turns = createTurns({ atOnce: 1, waiting: 0 });

  await assertRejects(
    async () =>
      await turns.run(() => {
        throw new Error("broken");
      }),
    Error,
    "broken",
  );

  assertEquals(turns.isIdle(), true);
});

Deno.test("the turns of one client are not those of another", async () => {
  const turns = createClientTurns({ atOnce: 1, waiting: 0 });
  const work = createWork();
  const first = turns.run("a", work.of(1));

  assertEquals(turns.run("a", work.of(2)), undefined);
  const other = turns.run("b", work.of(3));

  assertEquals(turns.size, 2);
  work.end(1);
  work.end(3);
  assertEquals(await Promise.all([first, other]), [1, 3]);
});

Deno.test("nothing is kept of clients that are done", async () => {
  const turns = createClientTurns({ atOnce: 1, waiting: 8 });
  const done = Array.from(
    { length: 100 },
    (_, id) => turns.run(`client ${id % 50}`, () => Promise.resolve(id)),
  );

  await Promise.all(done);

  assertEquals(turns.size, 0);
});
