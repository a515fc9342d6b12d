import { assertEquals } from "@std/assert";

import { FILTER_PART } from "../../../lib/pages/script_filter.ts";
import { runPart } from "./_script_part.ts";

Deno.test.each([
  ["Übersicht", "ubersicht"],
  ["U\u0308BER", "uber"],
  ["Ｆｕｌｌ", "full"],
  ["ﬁle", "file"],
  ["naïve CAFÉ", "naive cafe"],
  ["日本語", "日本語"],
])("the script compares %s as %s", (name, folded) => {
  const { fold } = runPart(FILTER_PART, ["fold"], {
    $: () => null,
    look: { remove: () => {} },
  });

  assertEquals(fold(name), folded);
});
