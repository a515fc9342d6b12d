import { assertEquals } from "@std/assert";

import { WAY_PART } from "../../../lib/pages/script_way.ts";
import { runPart } from "./_script_part.ts";

Deno.test("the script works where nothing can be remembered", () => {
  const types: string[] = [];

  runPart(WAY_PART, [], {
    document: { addEventListener: (type: string) => types.push(type) },
    sessionStorage: {
      getItem() {
        throw new Error("no storage in a sandboxed frame");
      },
    },
  });

  assertEquals(types, ["click"]);
});
