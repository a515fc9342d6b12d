import { assertEquals } from "@std/assert";

import { barEnd, barTop } from "../../../lib/pages/listing_bar.ts";
import { BAR_PART } from "../../../lib/pages/script_bar.ts";

Deno.test("the script looks for nothing that the bar has not", () => {
  const view = { archive: true, folders: 0, files: 1 };
  const markup = `${barTop(view)}${barEnd(view)}`;

  const sought = [...BAR_PART.matchAll(/\$\("[^"]*?[.#]([\w-]+)/g)]
    .map(([, name]) => name ?? "");
  const missing = sought.filter((name) =>
    !new RegExp(`(?:class="[^"]*\\b|id=")${name}\\b`).test(markup)
  );
  assertEquals(sought.length > 5, true);
  assertEquals(missing, []);
});
