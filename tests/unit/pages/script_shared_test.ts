import { assertEquals } from "@std/assert";
import { format } from "@std/fmt/bytes";

import { HEAD_PART, SHARED_PART } from "../../../lib/pages/script_shared.ts";
import { NO_PAGE, runPart } from "./_script_part.ts";

Deno.test.each([
  0,
  1,
  12,
  999,
  1_000,
  1_234,
  12_345,
  999_999,
  4_812_331,
  2 ** 40,
  Number.MAX_SAFE_INTEGER,
])(
  "the script writes %d bytes as the server does",
  (bytes) => {
    const { human } = runPart(SHARED_PART, ["human"], NO_PAGE);

    assertEquals(human(bytes), format(bytes));
  },
);

Deno.test.each<[string, string | null, string[]]>([
  ["", null, ["js"]],
  ["?view=grid", null, ["js", "grid"]],
  ["", "grid", ["js", "grid"]],
  ["?view=list", "grid", ["js"]],
  ["?filter=a", null, ["js", "wait"]],
])("the head of %j, with %j remembered, is %j", (search, kept, expected) => {
  const look = new Set();
  runPart(HEAD_PART, [], {
    document: { documentElement: { classList: look } },
    location: { search },
    sessionStorage: { getItem: () => kept },
  });

  assertEquals([...look], expected);
});

Deno.test("the head works where there is no storage", () => {
  const look = new Set();
  runPart(HEAD_PART, [], {
    document: { documentElement: { classList: look } },
    location: { search: "" },
    sessionStorage: {
      getItem() {
        throw new Error("SecurityError");
      },
    },
  });

  assertEquals([...look], ["js"]);
});
