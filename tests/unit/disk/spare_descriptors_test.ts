import { assertEquals } from "@std/assert";

import { hasSpareDescriptors } from "../../../lib/disk/spare_descriptors.ts";
import { makeTree } from "../../_support/tree.ts";
import { libUrl, runModule } from "./_child.ts";

Deno.test("hasSpareDescriptors() is true of what cannot be opened at all", async () => {
  await using tree = await makeTree({ "a.txt": "a" });

  assertEquals(await hasSpareDescriptors(tree.path), true);
  assertEquals(await hasSpareDescriptors(`${tree.path}/a.txt`), true);
  assertEquals(await hasSpareDescriptors(`${tree.path}/none`), true);
});

Deno.test({
  name: "hasSpareDescriptors() is false with two left",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const code = `
      import { hasSpareDescriptors } from "${
      libUrl("disk/spare_descriptors.ts")
    }";
      const held = [];
      try {
        for (;;) held.push(Deno.openSync("."));
      } catch { /* none left */ }
      const results = [];
      for (let spare = 0; spare < 5; spare++) {
        results.push(await hasSpareDescriptors("."));
        held.pop().close();
      }
      console.log(JSON.stringify(results));`;

    const results = await runModule(code, {
      prefix: ["prlimit", "--nofile=64:64"],
    });

    assertEquals(results, [false, false, false, true, true]);
  },
});
