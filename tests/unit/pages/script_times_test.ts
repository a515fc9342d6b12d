import { assertEquals } from "@std/assert";

import { TIMES_PART } from "../../../lib/pages/script_times.ts";
import { runPart } from "./_script_part.ts";

Deno.test("the script writes a time once, and keeps the server's as a hint", () => {
  const { localize } = runPart(TIMES_PART, ["localize"], { table: null });
  const time = {
    dateTime: "2026-10-05T14:03:22Z",
    textContent: "2026-10-05 14:03",
    title: "",
    lang: "",
  };
  const group = { getElementsByTagName: () => [time] };

  localize(group);
  const once = { ...time };
  localize(group);

  assertEquals(time, once);
  assertEquals(time.title, "2026-10-05 14:03 UTC");
  assertEquals(time.textContent.includes("2026"), true);
  assertEquals(time.textContent === "2026-10-05 14:03", false);
});
