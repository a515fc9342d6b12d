import { assertEquals, assertRejects } from "@std/assert";

import { createTurns } from "../../lib/turns.ts";

Deno.test("inTurn() does so many works at once, and the rest in order", async () => {
  const inTurn = createTurns(2);
  const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const begun: number[] = [];
  const works = gates.map(({ promise }, i) =>
    inTurn(async () => {
      begun.push(i);
      await promise;
      return i;
    })
  );
  await Promise.resolve();
  const first = [...begun];

  gates[1]?.resolve();
  await works[1];
  while (begun.length < 3) await Promise.resolve();
  const second = [...begun];
  for (const { resolve } of gates) resolve();

  assertEquals(first, [0, 1]);
  assertEquals(second, [0, 1, 2]);
  assertEquals(await Promise.all(works), [0, 1, 2, 3]);
});

Deno.test("inTurn() goes on after a work that failed", async () => {
  const inTurn = createTurns(1);
  const failing = inTurn(() => Promise.reject(new Error("no")));
  const next = inTurn(() => Promise.resolve("yes"));

  await assertRejects(() => failing, Error, "no");
  assertEquals(await next, "yes");
});
