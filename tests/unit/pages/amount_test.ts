import { assertEquals } from "@std/assert";

import { amount } from "../../../lib/pages/amount.ts";

Deno.test.each([
  [0, "0 files"],
  [1, "1 file"],
  [2, "2 files"],
  [10, "10 files"],
  [999, "999 files"],
  [1_000, "1,000 files"],
  [12_345, "12,345 files"],
  [123_456, "123,456 files"],
  [1_234_567, "1,234,567 files"],
  [Number.MAX_SAFE_INTEGER, "9,007,199,254,740,991 files"],
])("amount() of %i is %s", (count, expected) => {
  assertEquals(amount(count, "file"), expected);
});

Deno.test("amount() groups digits as Intl does", () => {
  const number = new Intl.NumberFormat("en-US");
  const counts = Array.from({ length: 54 }, (_, i) => [2 ** i, 2 ** i - 1])
    .flat().concat(2 ** 62, 2 ** 63);

  assertEquals(
    counts.map((count) => amount(count, "x").replace(/ xs?$/, "")),
    counts.map((count) => number.format(count)),
  );
});
