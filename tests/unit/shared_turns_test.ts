import { assert, assertEquals, assertRejects } from "@std/assert";

import { createSharedTurns } from "../../lib/shared_turns.ts";

/** A queue whose works end when the test says so. */
function setUp(max: number) {
  const freed: string[] = [];
  const inTurn = createSharedTurns<string>(
    max,
    (result) => void freed.push(result),
  );
  const begun: string[] = [];
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const gateOf = (key: string) => {
    const gate = gates.get(key) ?? Promise.withResolvers<void>();
    gates.set(key, gate);
    return gate;
  };
  return {
    begun,
    freed,
    ask: (key: string, goesOn = () => true) =>
      inTurn({
        key,
        goesOn,
        async start() {
          begun.push(key);
          const result = `${key}${begun.length}`;
          await gateOf(key).promise;
          return result;
        },
      }),
    end: (key: string) => gateOf(key).resolve(),
  };
}

/** Lets all that is ready run. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

Deno.test("inTurn() does so many works at once, and the rest in order", async () => {
  const { ask, begun, end } = setUp(2);
  const works = ["a", "b", "c", "d"].map((key) => ask(key));
  await settle();
  const first = [...begun];

  end("b");
  await works[1];
  await settle();
  const second = [...begun];
  for (const key of ["a", "c", "d"]) end(key);
  const results = (await Promise.all(works)).map((share) => share?.result);

  assertEquals(first, ["a", "b"]);
  assertEquals(second, ["a", "b", "c"]);
  assertEquals(results, ["a1", "b2", "c3", "d4"]);
});

Deno.test("inTurn() shares a work among those who wait, and none that has begun", async () => {
  const { ask, begun, end } = setUp(2);
  const first = ask("a");
  await settle();
  const later = [ask("a"), ask("a"), ask("a")];
  await settle();
  // There is room for another work, not for the same.
  const before = [...begun];
  end("a");

  const results = await Promise.all([first, ...later]);

  assertEquals(before, ["a"]);
  assertEquals(begun, ["a", "a"]);
  assertEquals(
    results.map((share) => share?.result),
    ["a1", "a2", "a2", "a2"],
  );
});

Deno.test("inTurn() frees a result when the last of all has given it back", async () => {
  const { ask, freed, end } = setUp(1);
  const other = ask("b");
  const asked = [ask("a"), ask("a")];
  end("b");
  (await other)?.release();
  end("a");
  const [one, two] = await Promise.all(asked);

  one?.release();
  one?.release();
  const before = [...freed];
  two?.release();

  assertEquals(before, ["b1"]);
  assertEquals(freed, ["b1", "a2"]);
});

Deno.test("inTurn() begins nothing for those who have left, and lets the next begin", async () => {
  const { ask, begun, end } = setUp(1);
  let isThere = true;
  const running = ask("a");
  const left = ask("b", () => isThere);
  const next = ask("c");
  await settle();

  isThere = false;
  end("a");
  end("c");

  assertEquals(await left, null);
  assertEquals((await next)?.result, "c2");
  assertEquals(begun, ["a", "c"]);
  await running;
});

Deno.test("inTurn() goes on for as long as one of those who share waits, and frees what nobody waits for", async () => {
  const freed: number[] = [];
  const inTurn = createSharedTurns<number>(1, (it) => void freed.push(it));
  const gone = new Set<string>();
  const gate = Promise.withResolvers<void>();
  const answers: boolean[] = [];
  const ask = (who: string) =>
    inTurn({
      key: "a",
      goesOn: () => !gone.has(who),
      async start(goesOn) {
        await gate.promise;
        for (const leaver of ["one", "two"]) {
          gone.add(leaver);
          answers.push(goesOn());
        }
        return 7;
      },
    });
  const blocking = Promise.withResolvers<number>();
  const first = inTurn({
    key: "first",
    goesOn: () => true,
    start: () => blocking.promise,
  });
  const both = [ask("one"), ask("two")];

  blocking.resolve(0);
  gate.resolve();

  assertEquals(await Promise.all(both), [null, null]);
  assertEquals(answers, [true, false]);
  assertEquals(freed, [7]);
  (await first)?.release();
});

Deno.test("inTurn() goes on after a work that failed, and tells all who waited", async () => {
  const inTurn = createSharedTurns<string>(1, () => {});
  const gate = Promise.withResolvers<string>();
  const goesOn = () => true;
  const first = inTurn({ key: "a", goesOn, start: () => gate.promise });
  const start = () => Promise.reject(new Error("no"));
  const failing = [1, 2].map(() => inTurn({ key: "b", goesOn, start }));
  const next = inTurn({
    key: "c",
    goesOn,
    start: () => Promise.resolve("yes"),
  });

  gate.resolve("");

  for (const share of failing) await assertRejects(() => share, Error, "no");
  assertEquals((await next)?.result, "yes");
  assert(await first !== null);
});
