import { assertEquals, assertRejects } from "@std/assert";

import { lazily } from "../../lib/lazily.ts";

Deno.test("lazily() loads nothing before it is needed, and then once", async () => {
  let loads = 0;
  const load = lazily(() => Promise.resolve(++loads));

  assertEquals(loads, 0);
  assertEquals(await Promise.all([load(), load()]), [1, 1]);
});

Deno.test("lazily() tries again after a failure", async () => {
  let loads = 0;
  const load = lazily(() =>
    ++loads === 1 ? Promise.reject(new Error("none left")) : Promise.resolve(1)
  );

  await assertRejects(load, Error, "none left");
  assertEquals(await load(), 1);
});
