import { assertEquals, assertRejects } from "@std/assert";

import { lazily } from "../../lib/lazily.ts";

const yes = () => Promise.resolve(true);
const no = () => Promise.resolve(false);

Deno.test("lazily() loads nothing before it is needed, and then once", async () => {
  let loads = 0;
  const load = lazily(() => Promise.resolve(++loads));

  assertEquals(loads, 0);
  assertEquals(await Promise.all([load(yes), load(yes)]), [1, 1]);
});

Deno.test("lazily() tries again after a failure", async () => {
  let loads = 0;
  const load = lazily(() =>
    ++loads === 1 ? Promise.reject(new Error("none")) : Promise.resolve()
  );

  await assertRejects(() => load(yes), Error, "none");
  await load(yes);

  assertEquals(loads, 2);
});

Deno.test("lazily() loads nothing where it may not, and gives what it has", async () => {
  const load = lazily(() => Promise.resolve("part"));

  assertEquals(await load(no), null);
  assertEquals(await load(yes), "part");
  assertEquals(await load(no), "part");
});
