import { assertEquals } from "@std/assert";
import * as fc from "fast-check";

import { sortKeyOf } from "../../../lib/disk/sort.ts";
import { SORT_PART } from "../../../lib/pages/script_sort.ts";
import { runPart } from "./_script_part.ts";

const { keyOf } = runPart(SORT_PART, ["keyOf"], { table: null });

Deno.test.each([
  "file 10",
  "file 2",
  "École",
  "007",
  "a0",
  "\u0660",
  "İ",
  "ß",
  "x".repeat(255),
  "1".repeat(255),
])(
  "the script sorts %s by the server's key",
  (name) => {
    assertEquals(keyOf(name), sortKeyOf(name));
  },
);

Deno.test("the script sorts any name by the server's key", () => {
  const name = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({
      unit: fc.constantFrom("0", "1", "9", "a", "É", "e\u0301", " "),
    }),
  );

  fc.assert(fc.property(name, (text) => {
    return keyOf(text) === sortKeyOf(text);
  }));
});
