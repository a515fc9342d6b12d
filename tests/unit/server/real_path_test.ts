import { assertEquals, assertRejects } from "@std/assert";

import { realPathOf, withTargets } from "../../../lib/server/real_path.ts";
import { link, makeTree } from "../../_support/tree.ts";

Deno.test("realPathOf() follows links", async () => {
  await using tree = await makeTree({ "a/b.txt": "", "l": link("a") });

  assertEquals(await realPathOf(tree.at("l/b.txt")), tree.at("a/b.txt"));
});

Deno.test("realPathOf() throws where there is nothing", async () => {
  await using tree = await makeTree({ "l": link("missing") });

  await assertRejects(() => realPathOf(tree.at("l")), Deno.errors.NotFound);
});

Deno.test("withTargets() adds where a link leads, and nothing twice", async () => {
  await using tree = await makeTree({ "a.pem": "", "l.pem": link("a.pem") });

  assertEquals(await withTargets([tree.at("l.pem")]), [
    tree.at("l.pem"),
    tree.at("a.pem"),
  ]);
  assertEquals(await withTargets([tree.at("a.pem")]), [tree.at("a.pem")]);
});
